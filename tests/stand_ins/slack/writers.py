"""What a person writes, joins and allows, and what Slack's client would refuse them."""

import re
from typing import Literal
from urllib.parse import parse_qs, urlencode, urlsplit

from tests.stand_ins.common.planted import plant
from tests.stand_ins.slack import events, payloads, posting
from tests.stand_ins.slack.call import Site
from tests.stand_ins.slack.entities import (
    App,
    Channel,
    Code,
    Installation,
    Json,
    Kind,
    Message,
    Team,
    User,
    View,
)
from tests.stand_ins.slack.errors import NotPossible
from tests.stand_ins.slack.world import CODE_SECONDS

CONTROL = re.compile(r"(<[@!#][^<>]+>)")
ADDRESS = re.compile(r"https?://[^\s<>]+")
MOST = 12_000  # characters a person can send


class Writer:
    """A user who writes messages. Whatever Slack's client would not offer raises NotPossible."""

    def __init__(self, site: Site, team: Team, user: User) -> None:
        self._site, self._world = site, site.world
        self.team, self.user = team, user

    @property
    def id(self) -> str:
        return self.user.id

    @property
    def mention(self) -> str:
        return f"<@{self.user.id}>"

    def join(self, channel: Channel) -> None:
        channel.members.add(self.user.id)

    def invite(self, app: App, channel: Channel) -> None:
        """As "/invite @an" does."""
        self._in(channel)
        channel.members.add(self._installed(app).bot.id)

    def sees(self, channel: Channel) -> list[Message]:
        """The channel's messages, oldest first, with those only this person sees."""
        if channel.kind is not Kind.PUBLIC:
            self._in(channel)
        return [each for each in channel.messages.values() if each.seen_only_by in (None, self.user.id)]

    async def send(self, channel: Channel, typed: str, *, thread: Message | None = None) -> Message:
        """Writes a message; mentions are given as Slack has them ("<@U1>"), all else as it is typed."""
        plant(typed)
        self._in(channel)
        if channel.archived or not 0 < len(typed) <= MOST:
            raise NotPossible("archived, empty or too long")
        thread_ts = (thread.thread_ts or thread.ts) if thread else None
        return posting.by_person(self._site, self.user, channel, as_sent(typed), thread_ts)

    async def edit(self, message: Message, typed: str) -> None:
        self._owns(message)
        former, message.text = payloads.message(message), as_sent(typed)
        message.unfurls = {
            url: unfurl for url, unfurl in message.unfurls.items() if f"<{url}" in message.text
        }
        message.edited = self._world.ts()
        events.changed(self._site, message, former)

    async def delete(self, message: Message) -> None:
        self._owns(message)
        posting.delete(self._site, message)

    async def compose(self, channel: Channel, typed: str) -> str:
        """Types addresses without sending them; the unfurl_id applications hear of."""
        self._in(channel)
        unfurl_id, text = self._world.id("Uxxxxxxx-"), as_sent(typed)
        for each in events.here(self._site, self.team):
            links = events.shared(each.app, text)
            if links and "links:read" in each.scopes:
                self._world.composed[unfurl_id] = [link["url"] for link in links]
                body: Json = {"type": "link_shared", "source": "composer", "unfurl_id": unfurl_id}
                body |= {"channel": "COMPOSER", "message_ts": unfurl_id, "user": self.user.id}
                events.emit(self._site, each, "link_shared", body | {"links": links})
        return unfurl_id

    def approve(self, address: str) -> str:
        """Allows what an authorisation address asks for; where Slack sends the browser then."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        apps = self._world.apps.values()
        app = next((each for each in apps if each.client_id == asked.get("client_id")), None)
        scopes = frozenset(filter(None, asked.get("scope", "").split(",")))
        if app is None or not scopes or not scopes <= app.scopes:
            raise NotPossible("no such application, or scopes its manifest does not have")
        code = self._world.id("code")
        self._world.codes[code] = Code(
            app=app,
            team=self.team,
            user=self.user,
            scopes=scopes,
            redirect_uri=asked.get("redirect_uri"),
            organisation=self.team.organisation,
            rotating=app.rotating,
            expires=self._world.clock.now() + CODE_SECONDS,
        )
        returned = urlencode({"code": code, "state": asked.get("state", "")})
        return f"{asked.get('redirect_uri', '')}?{returned}"

    def _installed(self, app: App, channel: Channel | None = None) -> Installation:
        shared = channel is not None and self.team.id in channel.shared_with
        team = self._world.teams[channel.team_id] if channel and shared else self.team
        installation = self._world.installed(app, team)
        if installation is None:
            raise NotPossible(f"{app.name} is not installed in {self.team.name}")
        return installation

    def _offering(self, kind: Literal["commands", "shortcuts"], name: str) -> Installation:
        """The installation here that offers a command or shortcut, which takes the scope "commands"."""
        offered = {
            each: each.app.commands if kind == "commands" else each.app.shortcuts
            for each in events.here(self._site, self.team)
            if "commands" in each.scopes
        }
        for installation, names in offered.items():
            if name in names:
                return installation
        raise NotPossible(f"there is no {name!r} in {self.team.name}")

    def _in(self, channel: Channel) -> None:
        if self.user.id not in channel.members:
            raise NotPossible(f"{self.user.name} is not in {channel.name}")

    def _owns(self, message: Message) -> None:
        if message.user != self.user.id:
            raise NotPossible("only the author changes a message")

    def _visible(self, message: Message) -> None:
        if message not in self.sees(message.channel):
            raise NotPossible(f"{self.user.name} does not see this message")

    def _opened(self, view: View) -> None:
        if view.user is not self.user or not view.open:
            raise NotPossible(f"{self.user.name} has no such view open")


def as_sent(typed: str) -> str:
    """What Slack makes of what a person types.

    >>> as_sent("a < b & <@U1>, see https://arxiv.org/abs/1")
    'a &lt; b &amp; <@U1>, see <https://arxiv.org/abs/1>'
    """
    parts = CONTROL.split(typed)
    return "".join(part if index % 2 else _escaped(part) for index, part in enumerate(parts))


def _escaped(part: str) -> str:
    safe = part.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return ADDRESS.sub(lambda match: f"<{match[0]}>", safe)
