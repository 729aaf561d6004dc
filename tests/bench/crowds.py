"""Many channels on a platform's stand-in, people who look things up beside them, and what came of both.

Moments are seconds since 1970.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from slack_sdk.oauth.installation_store import Installation
from slack_sdk.oauth.token_rotation.async_rotator import AsyncTokenRotator

from adapters.slack.manifest import manifest_of
from adapters.slack.oauth_store import Installed
from adapters.slack.scopes import EVERYTHING, PATH
from bot.app import Store
from bot.model.places import Place
from tests.exactly_once.grounds import named
from tests.stand_ins import discord as discord_stand_in
from tests.stand_ins import slack as slack_stand_in
from tests.stand_ins.common.journal import Journal

IN_A_SERVER: Final = 100
"""Channels of a Discord server, or a Slack workspace, that want digests."""
_POSTS: Final = "/channels/*/messages"


class Crowd(Protocol):
    """What the measurement asks of a platform."""

    @property
    def name(self) -> str: ...

    @property
    def wheres(self) -> Sequence[Place]:
        """The channels."""

    @property
    def bound(self) -> float:
        """Seconds that the limits take for one message to each of the channels."""

    @property
    def environment(self) -> Mapping[str, str]: ...

    @property
    def count(self) -> int:
        """How many messages stand in the channels."""

    async def reaches(self, count: int, within: float) -> None:
        """Return when so many stand there."""

    def standing(self) -> list[str]:
        """The names of the deliveries that stand in the channels."""

    def posts(self) -> dict[str, list[float]]:
        """When requests that post a message came, by whom their limit is counted."""

    def counted(self) -> dict[str, list[float]]:
        """When all requests came that count towards that limit."""

    @property
    def refused(self) -> int:
        """How many requests were one too many."""

    @property
    def asked(self) -> Sequence[object]:
        """The questions."""

    async def ask(self, words: str) -> None:
        """Somebody looks something up; does not wait for the answer."""

    def waits(self) -> list[float | None]:
        """Seconds from each question to its answer's arrival; None where there is no answer."""

    def settled(self, until: float) -> list[float | None]:
        """As `waits`, of the questions asked until then; they and what was requested until then are forgotten."""

    @property
    def talk(self) -> Place:
        """Where questions are asked."""

    async def say(self, text: str) -> None:
        """Somebody writes that there, and asks nothing."""

    def drop(self) -> None:
        """Cut the bot's connections, if it has any."""


@dataclass
class Discord:
    """Servers of a hundred channels."""

    stand_in: discord_stand_in.StandIn
    channels: int
    name: str = "Discord"
    asked: list[discord_stand_in.Interaction] = field(default_factory=list)

    def __post_init__(self) -> None:
        build = self.stand_in.build
        self._app = build.application("an", privileged=("message_content",))
        guilds = [build.guild(f"readers {n}", apps=[self._app]) for n in _servers(self.channels)]
        self._alice = self.stand_in.person("alice", guilds[0])
        self._talk = build.channel(guilds[0], "talk")
        self._wanting = [build.channel(guilds[n // IN_A_SERVER], f"papers-{n}") for n in range(self.channels)]

    @property
    def wheres(self) -> list[Place]:
        return [
            Place(platform="discord", server=str(each.guild_id), channel=each.id) for each in self._wanting
        ]

    @property
    def bound(self) -> float:
        limit = self.stand_in.limits.all_routes
        return self.channels / limit.count * limit.seconds

    @property
    def environment(self) -> dict[str, str]:
        return {"DISCORD_TOKEN": self._app.token, "DISCORD_API_URL": self.stand_in.api_url}

    @property
    def count(self) -> int:
        return sum(len(channel.messages) for channel in self._wanting)

    async def reaches(self, count: int, within: float) -> None:
        await self.stand_in.until(lambda: self.count >= count, within=within, what="digests")

    def standing(self) -> list[str]:
        return [
            name
            for channel in self._wanting
            for message in channel.messages.values()
            for name in named(message.components)
        ]

    def posts(self) -> dict[str, list[float]]:
        return {self._app.id: [each.at for each in self.stand_in.journal.of("POST", _POSTS)]}

    def counted(self) -> dict[str, list[float]]:
        return {self._app.id: self.stand_in.limits.taken("all", self._app.token)}

    @property
    def refused(self) -> int:
        return self.stand_in.limits.refused.total()

    async def ask(self, words: str) -> None:
        self.asked.append(await self._alice.slash("paper", {"words": words}, channel=self._talk))

    def waits(self) -> list[float | None]:
        answers = self.stand_in.journal.of("POST", "/interactions/*")
        arrived = {
            answer.path.split("/")[2]: answer.at
            for answer in answers
            if answer.json["type"] == discord_stand_in.Callback.MESSAGE
        }
        late = {edit.path.split("/")[3]: edit.at for edit in self.stand_in.journal.of("PATCH", "/webhooks/*")}
        ends = [arrived.get(each.id, late.get(each.token)) for each in self.asked]
        return [None if end is None else end - each.at for end, each in zip(ends, self.asked, strict=True)]

    def settled(self, until: float) -> list[float | None]:
        waits = [wait for wait, each in zip(self.waits(), self.asked, strict=True) if each.at <= until]
        self.asked = [each for each in self.asked if each.at > until]
        _forget(self.stand_in.journal, until)
        return waits

    @property
    def talk(self) -> Place:
        return Place(platform="discord", server=str(self._talk.guild_id), channel=self._talk.id)

    async def say(self, text: str) -> None:
        await self._alice.send(self._talk, text)

    def drop(self) -> None:
        self.stand_in.gateway.drop()


@dataclass
class Slack:
    """Workspaces of a hundred channels, met over HTTP as an app is that many install."""

    stand_in: slack_stand_in.StandIn
    channels: int
    port: int
    name: str = "Slack"
    asked: list[slack_stand_in.Delivery] = field(default_factory=list)

    def __post_init__(self) -> None:
        build = self.stand_in.build
        address = f"http://127.0.0.1:{self.port}"
        self._app = build.app_of(manifest_of(address, EVERYTHING), request_url=address + PATH)
        teams = [build.team(f"readers {n}") for n in _servers(self.channels)]
        self._installed = [build.install(self._app, team) for team in teams]
        self._talk = self.stand_in.general(teams[0])
        self._alice = self.stand_in.person("alice", teams[0], self._talk)
        self._wanting = []
        for n in range(self.channels):
            installed = self._installed[n // IN_A_SERVER]
            self._wanting.append(build.channel(installed.team, f"papers-{n}", installed.bot))

    async def install(self, store: Store) -> None:
        """Keep the tokens of all workspaces, as after each installed the bot."""
        for each in self._installed:
            installation = Installation(
                app_id=self._app.id,
                team_id=each.team.id,
                user_id=each.bot.id,
                bot_token=each.token,
                bot_id=each.bot_id,
                bot_user_id=each.bot.id,
                bot_scopes=sorted(each.scopes),
            )
            rotator = AsyncTokenRotator(client_id="", client_secret="")
            await Installed(store.installations, store.forgetting, rotator).async_save(installation)

    @property
    def wheres(self) -> list[Place]:
        return [Place(platform="slack", server=each.team_id, channel=each.id) for each in self._wanting]

    @property
    def bound(self) -> float:
        limit = self.stand_in.limits.messages_of_all
        return min(self.channels, IN_A_SERVER) / limit.count * limit.seconds

    @property
    def environment(self) -> dict[str, str]:
        return {
            "SLACK_CLIENT_ID": self._app.client_id,
            "SLACK_CLIENT_SECRET": self._app.client_secret,
            "SLACK_SIGNING_SECRET": self._app.signing_secret,
            "SLACK_API_URL": self.stand_in.api_url.rstrip("/"),
            "SLACK_LINKING": "text",
            "SLACK_SETTLING": "1",
            "PORT": str(self.port),
        }

    @property
    def count(self) -> int:
        return sum(len(channel.messages) for channel in self._wanting)

    async def reaches(self, count: int, within: float) -> None:
        await self.stand_in.until(lambda: self.count >= count, within=within, what="digests")

    def standing(self) -> list[str]:
        return [
            name
            for channel in self._wanting
            for message in self.stand_in.messages(channel)
            for name in named(message.metadata)
        ]

    def posts(self) -> dict[str, list[float]]:
        records = defaultdict(list)
        for record in self.stand_in.journal.of("chat.postMessage"):
            records[str(record.team_id)].append(record.at)
        return records

    counted = posts

    @property
    def refused(self) -> int:
        return self.stand_in.limits.refused.total()

    async def ask(self, words: str) -> None:
        self.asked.append(await self._alice.command(f"/paper {words}", self._talk))

    def waits(self) -> list[float | None]:
        arrived = {each.path: each.at for each in self.stand_in.journal.of("response_url")}
        paths = [each.payload["response_url"].removeprefix(self.stand_in.url) for each in self.asked]
        return [_wait(each, arrived.get(path)) for path, each in zip(paths, self.asked, strict=True)]

    def settled(self, until: float) -> list[float | None]:
        asked = [each.attempts[0].at for each in self.asked]
        waits = [wait for wait, at in zip(self.waits(), asked, strict=True) if at <= until]
        self.asked = [each for each, at in zip(self.asked, asked, strict=True) if at > until]
        _forget(self.stand_in.journal, until)
        return waits

    @property
    def talk(self) -> Place:
        return Place(platform="slack", server=self._talk.team_id, channel=self._talk.id)

    async def say(self, text: str) -> None:
        await self._alice.send(self._talk, text)

    def drop(self) -> None:
        """Over HTTP each request brings its own."""


def _wait(used: slack_stand_in.Delivery, arrived: float | None) -> float | None:
    """How long an answer took that came with the acknowledgement, or by the address at that time."""
    first = used.attempts[0]
    at = first.ended if used.answer else arrived
    return None if at is None else at - first.at


def _forget(journal: Journal[Any], until: float) -> None:
    journal.records = [record for record in journal if record.at > until]


def _servers(channels: int) -> range:
    return range(-(-channels // IN_A_SERVER))
