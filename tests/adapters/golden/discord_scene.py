"""The bot on a Discord over real HTTP, as `anbot run` serves it, and the bodies that reach it."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from adapters import discord
from bot.model.places import Place
from bot.runtime.clock import Clock
from bot.search import Searcher
from store import Store, open_store
from tests.adapters.golden.cases import Case
from tests.adapters.golden.library import NOW, Trouble
from tests.adapters.golden.readable import readable
from tests.stand_ins.discord import (
    Application,
    Channel,
    Guild,
    Interaction,
    ManualClock,
    Message,
    Person,
    Record,
    StandIn,
)
from tests.stand_ins.discord.discord_py import pointed_at
from tests.support.services import services_over
from tests.support.three_issues import lookup_over

LOOPS = 4
"""How many of the loop's tasks wait for time to pass when it has nothing to do."""
_OPTIONS = {"an": "issue", "paper": "words", "open": "words", "topic": "section", "help": "command"}
"""What follows a command is the value of this option."""


@dataclass(kw_only=True)
class DiscordScene:
    """Alice and Bob are members, Ada manages the server; the bot runs."""

    discord: StandIn
    clock: ManualClock
    app: Application
    guild: Guild
    channel: Channel
    alice: Person
    bob: Person
    ada: Person
    store: Store
    finder: Trouble
    names: dict[str, str] = field(default_factory=dict)
    _from: int = 0

    async def slash(
        self,
        command: str,
        values: dict[str, Any] | None = None,
        *,
        by: Person | None = None,
        channel: Channel | None = None,
    ) -> Message:
        """What answers a command."""
        self._from = len(self.discord.journal)
        used = await (by or self.alice).slash(command, values or {}, channel=channel or self.channel)
        return await _answer(used)

    async def form(self, values: dict[str, Any]) -> Any:
        """The form that `/digest here` opens for Ada."""
        self._from = len(self.discord.journal)
        used = await self.ada.slash("digest here", values, channel=self.channel)
        await used.form()
        return self.sent()

    async def ask(self, line: str) -> Message:
        """What answers the line, as it is typed elsewhere."""
        name, _, rest = line.removeprefix("/").partition(" ")
        values = {_OPTIONS[name]: rest} if rest else {}
        return await self.slash("paper" if name == "open" else name, values)

    async def press(self, message: Message, label: str, by: Person | None = None) -> Message:
        """What answers a press of the button whose label begins so."""
        self._from = len(self.discord.journal)
        return await _answer(await (by or self.alice).click(message, _button(message, label)))

    async def press_only(self, message: Message, label: str, by: Person | None = None) -> None:
        """As `press`, where the message goes or stays as it is."""
        self._from = len(self.discord.journal)
        used = await (by or self.alice).click(message, _button(message, label))
        await used.acknowledgement()
        await self.discord.until(lambda: not used.loading)

    async def share(self, message: Message, by: Person) -> None:
        self._from = len(self.discord.journal)
        used = await by.click(message, _button(message, "Share"))
        await used.follow_up()

    async def pick(self, message: Message, number: int, by: Person | None = None) -> Message:
        """What answers a choice from the message's menu."""
        self._from = len(self.discord.journal)
        menu = next(each for each in _elements(message) if "options" in each)
        value = menu["options"][number]["value"]
        return await _answer(await (by or self.alice).select(message, menu["custom_id"], value))

    async def case(self, case: Case) -> Any:
        """What the last step of the case sends."""
        message = await self.ask(case.asked)
        for label in case.presses:
            message = await self.press(message, label)
        return self.sent()

    def begin(self) -> None:
        """What is sent from now on counts."""
        self._from = len(self.discord.journal)

    def sent(self, holds: Callable[[Record], bool] = lambda _: True) -> Any:
        """What the bot sent since the last step began."""
        records = [each for each in self.discord.journal.records[self._from :] if _says(each) and holds(each)]
        bodies = [{"request": f"{each.method} {each.route}", "body": each.json} for each in records]
        return readable(bodies, self.names)

    def sent_to(self, channel: Channel) -> Any:
        """What the bot sent to the channel and its thread."""
        places = {f"/channels/{each.id}/" for each in (channel, *self._threads(channel))}
        return self.sent(lambda record: any(record.path.startswith(place) for place in places))

    def delivered(self, channel: Channel) -> bool:
        """Whether all parts of a digest stand there."""
        posted = [
            each for place in (channel, *self._threads(channel)) for each in self.discord.messages(place)
        ]
        footers = [each.embeds[0].get("footer", {}).get("text", "") for each in posted]
        parts = re.match(r"Part 1 of (\d+)", footers[0]) if footers else None
        return bool(posted) and len(posted) == int(parts[1] if parts else 1)

    def _threads(self, channel: Channel) -> list[Channel]:
        return [each.thread for each in self.discord.messages(channel) if each.thread]

    async def passing(self, holds: Callable[[], object]) -> None:
        """Let time pass, a second whenever the bot waits for it, until something holds."""
        await self.clock.until(holds, idle=LOOPS)

    async def settled(self, channels: Iterable[Channel]) -> None:
        """Return when the bot knows that all it posted there has arrived."""
        place, names = Place(platform="discord", server=self.guild.id), {each.id for each in channels}
        while {e.state for e in await self.store.outbox.log(place, 100) if e.place.channel in names} != {
            "sent"
        }:
            await self.passing(lambda: True)

    async def name_digests(self) -> None:
        """Let the digests of the server be told by their channels."""
        for each in await self.store.subscriptions.of(Place(platform="discord", server=self.guild.id)):
            self.names[each.id] = f"{each.options.kind}-OF-{self.names[each.place.channel]}".upper()

    def new_channel(self, name: str) -> Channel:
        channel = self.discord.build.channel(self.guild, name)
        self.names[channel.id] = name.upper()
        return channel

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.clock.now(), UTC)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        environment = {"DISCORD_TOKEN": self.app.token, "DISCORD_MESSAGE_CONTENT": "1"}
        services = services_over(self.store, lookup_over(self.store.library, self.finder), self.now)
        services = replace(services, clock=Clock(read=self.now, sleep=self.clock.wait))
        stop = asyncio.Event()
        with pointed_at(self.discord):
            serving = asyncio.ensure_future(discord.platform(environment).serve(services, stop))
            try:
                await self.discord.gateway.ready(self.app)
                yield
            finally:
                stop.set()
                await self.clock.done(serving)


async def _answer(used: Interaction) -> Message:
    await used.acknowledgement()
    return await used.answer()


def _says(record: Record) -> bool:
    return record.method != "GET" and not record.route.endswith("/commands")


def _elements(message: Message) -> list[dict[str, Any]]:
    return [each for row in message.components for each in row["components"]]


def _button(message: Message, label: str) -> str:
    buttons = [each for each in _elements(message) if (each.get("label") or "").startswith(label)]
    assert buttons, f"no {label!r} among {[each.get('label') for each in _elements(message)]}"
    return str(buttons[0]["custom_id"])


@asynccontextmanager
async def discord_scene(database: Path) -> AsyncIterator[DiscordScene]:
    clock = ManualClock(NOW.timestamp())
    async with StandIn(clock=clock) as stand_in, open_store(database, clock=lambda: NOW) as store:
        stand_in.limits.window_scale = 0
        app = stand_in.build.application("an", privileged=("message_content",))
        app.shown_to_all |= {"digest", "linking"}
        guild = stand_in.build.guild("readers", apps=[app])
        channel = stand_in.build.channel(guild, "papers")
        alice, bob, ada = (stand_in.person(name, guild) for name in ("alice", "bob", "ada"))
        stand_in.build.grant(
            guild, ada.user, stand_in.build.role(guild, "Admins", "manage_guild", "manage_channels")
        )
        scene = DiscordScene(
            discord=stand_in,
            clock=clock,
            app=app,
            guild=guild,
            channel=channel,
            alice=alice,
            bob=bob,
            ada=ada,
            store=store,
            finder=Trouble(Searcher(store.search)),
        )
        scene.names |= {app.id: "BOT", guild.id: "GUILD", channel.id: "PAPERS"}
        scene.names |= {each.id: each.user.name.upper() for each in (alice, bob, ada)}
        async with scene.running():
            yield scene
