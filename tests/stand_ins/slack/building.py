"""Makes what there is: workspaces, people, channels, applications and their installations."""

from collections.abc import Iterable, Mapping
from typing import Any

from tests.stand_ins.common.planted import plant
from tests.stand_ins.slack.entities import App, Channel, Installation, Kind, Team, User
from tests.stand_ins.slack.errors import NotPossible
from tests.stand_ins.slack.world import World

MOST_DOMAINS = 5
SCOPES = (
    "app_mentions:read",
    "channels:history",
    "channels:join",
    "channels:read",
    "chat:write",
    "commands",
    "groups:history",
    "groups:read",
    "im:history",
    "im:read",
    "im:write",
    "links:read",
    "links:write",
    "users:read",
)


class Builder:
    """Each method adds one thing to the world and returns it."""

    def __init__(self, world: World) -> None:
        self._world = world

    def team(self, name: str = "readers") -> Team:
        """A workspace, with a public channel "general"."""
        team = Team(id=self._world.id("T"), name=name)
        self._world.teams[team.id] = team
        self.channel(team, "general")
        return team

    def user(self, team: Team, name: str, *, is_bot: bool = False) -> User:
        user = User(id=self._world.id("U"), team_id=team.id, name=name, is_bot=is_bot)
        team.users[user.id] = user
        return user

    def channel(
        self, team: Team, name: str, *members: User, kind: Kind = Kind.PUBLIC, archived: bool = False
    ) -> Channel:
        channel = Channel(id=self._world.id("C"), team_id=team.id, name=name, kind=kind, archived=archived)
        channel.members |= {member.id for member in members}
        team.channels[channel.id] = channel
        return channel

    def group(self, team: Team, *members: User) -> str:
        """A user group; its id."""
        group_id = self._world.id("S")
        team.groups[group_id] = {member.id for member in members}
        return group_id

    def app(  # noqa: PLR0913 - what a manifest may say, each part by name
        self,
        name: str = "an",
        *,
        scopes: Iterable[str] = SCOPES,
        commands: Iterable[str] = (),
        shortcuts: Iterable[str] = (),
        events: Iterable[str] = (),
        domains: Iterable[str] = (),
        request_url: str | None = None,
    ) -> App:
        secret = self._world.id("secret")
        domains = tuple(domains)
        if len(domains) > MOST_DOMAINS or not all("." in domain for domain in domains):
            raise NotPossible("an application has at most five domains, none of them a top-level one")
        app = App(
            id=self._world.id("A"),
            name=name,
            client_id=self._world.id("1."),
            client_secret=f"client-{secret}",
            signing_secret=f"signing-{secret}",
            app_token=self._world.id("xapp-1-"),
            scopes=frozenset(scopes),
            commands=frozenset(commands),
            shortcuts=frozenset(shortcuts),
            events=frozenset(events),
            domains=domains,
            request_url=request_url,
        )
        plant(app.client_secret, app.signing_secret, app.app_token)
        self._world.apps[app.id] = app
        return app

    def app_of(self, manifest: Mapping[str, Any], *, request_url: str | None = None) -> App:
        """An application as an app manifest describes it."""
        features, settings = manifest.get("features", {}), manifest.get("settings", {})
        return self.app(
            manifest["display_information"]["name"],
            scopes=manifest["oauth_config"]["scopes"]["bot"],
            commands=[each["command"] for each in features.get("slash_commands", ())],
            shortcuts=[each["callback_id"] for each in features.get("shortcuts", ())],
            events=settings.get("event_subscriptions", {}).get("bot_events", ()),
            domains=features.get("unfurl_domains", ()),
            request_url=None if settings.get("socket_mode_enabled") else request_url,
        )

    def share(self, channel: Channel, team: Team) -> None:
        """Shares a channel with another organisation's workspace, by Slack Connect."""
        channel.shared_with.add(team.id)

    def organisation(self, *teams: Team) -> str:
        """An Enterprise organisation of these workspaces; its id."""
        organisation = self._world.id("E")
        for team in teams:
            team.organisation = organisation
        return organisation

    def install_for(
        self, app: App, organisation: str, *, scopes: Iterable[str] | None = None
    ) -> Installation:
        """Installs an application for all workspaces of an organisation, under one token."""
        teams = [each for each in self._world.teams.values() if each.organisation == organisation]
        first, *others = [self.install(app, team, scopes=scopes) for team in teams]
        for each in (first, *others):
            each.organisation = organisation
        for each in others:
            del self._world.installations[each.token]
            each.token = first.token
            self._world.installations[f"{first.token} {each.team.id}"] = each
        return first

    def renew(self, installation: Installation) -> Installation:
        """Gives a bot another token that lasts for 12 hours; the former one ends."""
        del self._world.installations[installation.token]
        installation.token = self._world.id("xoxe.xoxb-")
        installation.refresh_token = self._world.id("xoxe-")
        plant(installation.token)
        self._world.installations[installation.token] = installation
        return installation

    def install(self, app: App, team: Team, *, scopes: Iterable[str] | None = None) -> Installation:
        """Installs an application in a workspace; again, it keeps its bot and gets a new token."""
        former = [each for each in self._world.installations.values() if (each.app, each.team) == (app, team)]
        bot = former[0].bot if former else self.user(team, app.name, is_bot=True)
        installation = Installation(
            app=app,
            team=team,
            bot=bot,
            bot_id=former[0].bot_id if former else self._world.id("B"),
            token=self._world.id("xoxb-"),
            scopes=app.scopes if scopes is None else frozenset(scopes),
        )
        self._world.installations[installation.token] = installation
        return installation
