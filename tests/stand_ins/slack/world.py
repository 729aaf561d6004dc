"""All there is, and how it is found; errors are those Slack answers with."""

import itertools
from typing import TypeVar

from tests.stand_ins.common.clock import Clock
from tests.stand_ins.common.transit import Transit
from tests.stand_ins.slack.entities import (
    App,
    Channel,
    Code,
    File,
    Hook,
    Installation,
    Kind,
    Message,
    Team,
    Trigger,
    User,
    View,
)
from tests.stand_ins.slack.errors import SlackError

TRIGGER_SECONDS = 3.0
HOOK_SECONDS = 30 * 60.0
CODE_SECONDS = 10 * 60.0
LOOKED_THROUGH = 2.0  # seconds until a file can be used in blocks: undocumented, about what Slack takes
Value = TypeVar("Value")


class World:
    """Holds workspaces and applications, and what was handed out: tokens, triggers, addresses."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.changes = clock.changes
        self.transit = Transit()
        self.url = ""
        self.teams: dict[str, Team] = {}
        self.apps: dict[str, App] = {}
        self.installations: dict[str, Installation] = {}  # by token, the dead too
        self.triggers: dict[str, Trigger] = {}
        self.hooks: dict[str, Hook] = {}
        self.codes: dict[str, Code] = {}
        self.tickets: dict[str, App] = {}  # for one websocket each
        self.views: dict[str, View] = {}
        self.homes: dict[tuple[str, str], View] = {}  # by application and user
        self.files: dict[str, File] = {}
        self.composed: dict[str, list[str]] = {}  # addresses in messages not yet sent, by unfurl_id
        self._count = itertools.count(1)

    def id(self, prefix: str) -> str:
        """A name not given before: "C0000000C"."""
        return f"{prefix}{next(self._count):08X}"

    def ts(self) -> str:
        """A time not given before, later than all others while the clock does not run back."""
        return f"{int(self.clock.now())}.{next(self._count):06d}"

    def installed(self, app: App, team: Team) -> Installation | None:
        """The living installation of an application in a workspace."""
        installations = self.installations.values()
        return next(
            (each for each in installations if (each.app, each.team, each.dead) == (app, team, None)), None
        )

    def user(self, user_id: str) -> User | None:
        return next((team.users[user_id] for team in self.teams.values() if user_id in team.users), None)

    def direct(self, team: Team, *user_ids: str) -> Channel:
        """The direct channel of just these people, made where there is none."""
        for channel in team.channels.values():
            if channel.kind is Kind.DIRECT and channel.members == set(user_ids):
                return channel
        channel = Channel(
            id=self.id("D"), team_id=team.id, name="direct", kind=Kind.DIRECT, members=set(user_ids)
        )
        team.channels[channel.id] = channel
        return channel

    def trigger(self, app: App, user: User, view: View | None = None) -> str:
        trigger_id = self.id("trigger.")
        expires = self.clock.now() + TRIGGER_SECONDS
        self.triggers[trigger_id] = Trigger(app=app, user=user, expires=expires, view=view)
        return trigger_id

    def hook(
        self,
        installation: Installation,
        channel: Channel,
        user: User,
        original: Message | None = None,
        unfurl: str | None = None,
    ) -> str:
        """A new response_url."""
        key = self.id(f"{installation.team.id}/")
        self.hooks[key] = Hook(
            installation=installation,
            channel=channel,
            user=user,
            expires=self.clock.now() + HOOK_SECONDS,
            original=original,
            unfurl=unfurl,
        )
        return f"{self.url}/hooks/{key}"

    def exchange(self, trigger_id: object, app: App) -> Trigger:
        """Uses a trigger_id; an old, foreign or used one is refused in Slack's words."""
        trigger = self.triggers.get(str(trigger_id))
        if trigger is None or trigger.app is not app:
            raise SlackError("invalid_trigger_id")
        if trigger.used:
            raise SlackError("exchanged_trigger_id")
        if self.clock.now() > trigger.expires:
            raise SlackError("expired_trigger_id")
        trigger.used = True
        return trigger


def channel_of(team: Team, channel_id: object, seen_by: str) -> Channel:
    """A channel someone may know of: a private one is not found by those outside."""
    channel = team.channels.get(str(channel_id))
    if channel is None or (channel.kind is not Kind.PUBLIC and seen_by not in channel.members):
        raise SlackError("channel_not_found")
    return channel


def present(value: Value | None, error: str) -> Value:
    if value is None:
        raise SlackError(error)
    return value
