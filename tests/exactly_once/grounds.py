"""The two platforms, each as a channel that digests are posted to, and channels beside it."""

import re
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any, Final, Protocol

from bot.model.places import Place
from tests.exactly_once.bots import Clock
from tests.exactly_once.scenarios import TAKEN, Scenario, Trouble
from tests.stand_ins import discord as discord_stand_in
from tests.stand_ins import slack as slack_stand_in
from tests.stand_ins.common.faults import Cut, Slow
from tests.stand_ins.discord import entities as discord_entities
from tests.stand_ins.slack import entities as slack_entities

Strikes = Callable[[], bool]
"""Whether a trouble strikes now."""
BESIDE: Final = 8
"""Channels beside the one that troubles strike."""
_NAME: Final = re.compile(r"[0-9a-z]{8}-\d+-\d\d")


class Ground(Protocol):
    """What a scenario asks of a platform."""

    @property
    def environment(self) -> dict[str, str]: ...

    @property
    def place(self) -> Place:
        """The channel that troubles strike."""

    @property
    def beside(self) -> Sequence[Place]:
        """Channels that they do not strike."""

    def count(self, counted: Callable[[], None]) -> None:
        """Call it at every request for a digest, before any trouble strikes."""

    def trouble(self, trouble: Trouble, strikes: Strikes, never: Any) -> None:
        """Let it strike the request at which `strikes` says so; `never` is an event that is never set."""

    def posted(self, place: Place) -> list[str]:
        """The names of the deliveries that stand there, in the order they were posted."""

    def text(self, place: Place) -> str:
        """All that stands there."""

    def crowd(self, messages: int) -> None:
        """So many messages of other people come at once."""


class Discord:
    """A server with a channel or a forum, and other channels beside it."""

    def __init__(
        self, stand_in: discord_stand_in.StandIn, speed: float, *, forgets: bool, forum: bool
    ) -> None:
        self._discord = stand_in
        stand_in.limits.window_scale = 1 / speed
        if forgets:
            stand_in.nonces_last(0)
        self._app = stand_in.build.application("an")
        guild = stand_in.build.guild("readers", apps=[self._app])
        kind = discord_entities.ChannelType.FORUM if forum else discord_entities.ChannelType.TEXT
        self._channel = stand_in.build.channel(guild, "papers", type=kind)
        others = [stand_in.build.channel(guild, f"beside-{n}") for n in range(BESIDE)]
        self.place, *self.beside = (
            Place(platform="discord", server=str(guild.id), channel=str(each.id))
            for each in (self._channel, *others)
        )

    @property
    def environment(self) -> dict[str, str]:
        return {"DISCORD_TOKEN": self._app.token, "DISCORD_API_URL": self._discord.api_url}

    def count(self, counted: Callable[[], None]) -> None:
        def never(record: discord_stand_in.Record) -> bool:
            if self._is_counted(record):
                counted()
            return False

        self._discord.faults.add(Cut(taken=False), when=never, times=None)

    def trouble(self, trouble: Trouble, strikes: Strikes, never: Any) -> None:
        failure = _failure(trouble, never, discord_stand_in, wait=0.2)  # which discord.py does in real time
        self._discord.faults.add(failure, when=lambda record: self._is_counted(record) and strikes())

    def posted(self, place: Place) -> list[str]:
        return [name for message in self._messages(place) for name in named(message.components)]

    def text(self, place: Place) -> str:
        return "\n".join(str(message.embeds) for message in self._messages(place))

    def crowd(self, messages: int) -> None:
        world = self._discord.world
        for _ in range(messages):
            message = discord_entities.Message(
                id=world.ids.make(),
                channel_id=self._channel.id,
                guild_id=self._channel.guild_id,
                author=self._app.owner,
                created_at=world.clock.now(),
                content="Hello.",
            )
            self._channel.messages[message.id] = message

    def _is_counted(self, record: discord_stand_in.Record) -> bool:
        """Whether it posts a part, makes a thread or a forum's post, or looks for one."""
        match = re.fullmatch(r"/channels/(\d+)/(messages(/\d+(/threads)?)?|threads)", record.path)
        return match is not None and all(match[1] != each.channel for each in self.beside)

    def _messages(self, place: Place) -> list[Any]:
        """Those of the channel and of its threads, the oldest first."""
        channels = [
            channel
            for channel in self._discord.world.channels.values()
            if place.channel in {str(channel.id), str(channel.parent_id)}
        ]
        return sorted(
            (message for channel in channels for message in channel.messages.values()),
            key=lambda message: int(message.id),
        )


class Slack:
    """A workspace with a channel, and others beside it."""

    def __init__(self, stand_in: slack_stand_in.StandIn) -> None:
        from adapters.slack.manifest import manifest_of  # noqa: PLC0415
        from adapters.slack.scopes import EVERYTHING  # noqa: PLC0415

        self._slack = stand_in
        stand_in.limits.window_scale = 0
        self._app = stand_in.build.app_of(manifest_of("", EVERYTHING), request_url="")
        team = stand_in.build.team("readers")
        installed = stand_in.build.install(self._app, team)
        self._token = installed.token
        self._channel = stand_in.general(team)
        self._channel.members.add(installed.bot.id)
        self._member = stand_in.build.user(team, "ada").id
        self._channels = {self._channel.id: self._channel}
        for n in range(BESIDE):
            other = stand_in.build.channel(team, f"beside-{n}", installed.bot)
            self._channels[other.id] = other
        self.place, *self.beside = (
            Place(platform="slack", server=team.id, channel=each) for each in self._channels
        )

    @property
    def environment(self) -> dict[str, str]:
        return {
            "SLACK_BOT_TOKEN": self._token,
            "SLACK_APP_TOKEN": self._app.app_token,
            "SLACK_API_URL": self._slack.api_url.rstrip("/"),
        }

    def count(self, counted: Callable[[], None]) -> None:
        def never(record: slack_stand_in.Record) -> bool:
            if self._is_counted(record):
                counted()
            return False

        self._slack.faults.add(Cut(taken=False), when=never, times=None)

    def trouble(self, trouble: Trouble, strikes: Strikes, never: Any) -> None:
        failure = _failure(trouble, never, slack_stand_in, wait=1)
        self._slack.faults.add(failure, when=lambda record: self._is_counted(record) and strikes())

    def posted(self, place: Place) -> list[str]:
        messages = self._slack.messages(self._channels[place.channel])
        return [name for message in messages for name in named(message.metadata)]

    def text(self, place: Place) -> str:
        return "\n".join(
            str(message.blocks) for message in self._slack.messages(self._channels[place.channel])
        )

    def crowd(self, messages: int) -> None:
        world = self._slack.world
        for _ in range(messages):
            message = slack_entities.Message(
                ts=world.ts(), channel=self._channel, user=self._member, text="Hello."
            )
            self._channel.messages[message.ts] = message

    def _is_counted(self, record: slack_stand_in.Record) -> bool:
        """Whether it posts a part, or looks for one."""
        methods = {"chat.postMessage", "conversations.history", "conversations.replies"}
        return record.method in methods and record.args.get("channel") == self._channel.id


@asynccontextmanager
async def ground(scenario: Scenario, clock: Clock) -> AsyncIterator[Ground]:
    """A stand-in of the scenario's platform, which keeps the bots' time."""
    if scenario.platform == "discord":
        async with discord_stand_in.StandIn(clock=clock) as discord:
            yield Discord(discord, clock.speed, forgets=scenario.forgets, forum=scenario.forum)
    else:
        async with slack_stand_in.StandIn(clock=clock) as slack:
            yield Slack(slack)


def _failure(trouble: Trouble, never: Any, stand_in: Any, wait: float) -> Any:
    """What the stand-in, a module, lets happen to a request; asked for patience, it is for so many seconds."""
    taken = trouble in TAKEN
    match trouble:
        case Trouble.CUT | Trouble.CUT_TAKEN:
            return Cut(taken=taken)
        case Trouble.ERROR | Trouble.ERROR_TAKEN:
            return stand_in.Answer(status=503, taken=taken)
        case Trouble.TOO_MANY:
            return stand_in.TooMany(retry_after=wait)
        case Trouble.STOP:
            return stand_in.Answer(status=503, taken=True)
        case _:
            return Slow(until=never, taken=taken)


def named(value: Any) -> list[str]:
    """The name of the delivery that a message tells in what nobody reads."""
    return list(dict.fromkeys(_NAME.findall(str(value))))
