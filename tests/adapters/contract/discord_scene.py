"""The bot in a Discord over real HTTP, as `anbot run` serves it."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from adapters import discord
from bot.model.digests import Delivery, Subscription
from bot.runtime.clock import Clock
from store import open_store
from tests.adapters.contract.scene import ADA, ALICE, BOB, Card, answered, noting, seen
from tests.stand_ins.common.faults import Cut, Slow
from tests.stand_ins.discord import Application, Channel, Guild, ManualClock, Message, Person, StandIn
from tests.stand_ins.discord.discord_py import pointed_at
from tests.support.fakes import MemoryFinder, MemoryLibrary
from tests.support.services import services_over
from tests.support.three_issues import lookup_over, newsletters

_LOOPS: Final = 4
"""How many of the bot's tasks wait for time to pass when it has nothing to do."""
_OPTIONS: Final = {"an": "issue", "paper": "words", "topic": "section", "help": "command"}
"""What follows a command is the value of this option."""
_FLAGS: Final[Mapping[str, Mapping[str, Any]]] = {
    "each": {"when": "each"},
    "club": {"what": "club"},
    "news": {"what": "news"},
    "full": {"full": True},
    "monday": {"day": 0},
    "9": {"hour": "9"},
    "UTC": {"timezone": "UTC"},
}
"""The options of `/digest` that the words stand for elsewhere."""


@dataclass(kw_only=True)
class DiscordScene:
    """A server with one channel."""

    discord: StandIn
    clock: ManualClock
    app: Application
    guild: Guild
    channel: Channel
    people: Mapping[str, Person]
    database: Path
    name: str = "discord"
    can_leap: bool = True
    serving: "asyncio.Future[None] | None" = None
    """The bot, once it was started."""
    library: MemoryLibrary = field(default_factory=newsletters)
    finder: MemoryFinder = field(default_factory=lambda: MemoryFinder(newsletters().summaries))

    @property
    def environment(self) -> Mapping[str, str]:
        return {
            "ANBOT_DB": str(self.database),
            "DISCORD_TOKEN": self.app.token,
            "DISCORD_API_URL": self.discord.api_url,
        }

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        environment = {"DISCORD_TOKEN": self.app.token, "DISCORD_MESSAGE_CONTENT": "1"}
        async with open_store(self.database, clock=self._now) as store:
            services = services_over(store, lookup_over(self.library, self.finder), self._now)
            services = replace(services, clock=Clock(read=self._now, sleep=self.clock.wait))
            stop = asyncio.Event()
            with pointed_at(self.discord):
                serving = asyncio.ensure_future(discord.platform(environment).serve(services, stop))
                self.serving = serving
                try:
                    await self.discord.gateway.ready(self.app)
                    yield
                finally:
                    stop.set()
                    await self.clock.done(serving)

    async def ask(self, line: str, by: str = ALICE) -> Card:
        before = seen(self, by)
        command, values = _slash(line)
        used = await self.people[by].slash(command, values, channel=self.channel)
        await used.acknowledgement()
        return await answered(self, by, before)

    async def press(self, card: Card, label: str, by: str = ALICE, *, times: int = 1) -> None:
        message, person = self._message(card.id), self.people[by]
        for used in [await person.click(message, label) for _ in range(times)]:
            await used.acknowledgement()

    async def pick(self, card: Card, label: str, by: str = ALICE) -> None:
        message = self._message(card.id)
        menu = next(each for each in _elements(message) if "options" in each)
        value = next(value for name, value in (card.entries or {}).items() if label in name)
        used = await self.people[by].select(message, menu["custom_id"], value)
        await used.acknowledgement()

    async def find_summaries(self, text: str, by: str = ALICE) -> Card:
        message = await self.people[BOB].send(self.channel, text)
        before = seen(self, by)
        await (await self.people[by].message_command("Find summaries", message)).acknowledgement()
        return await answered(self, by, before)

    async def say(self, text: str, by: str = BOB) -> str:
        return (await self.people[by].send(self.channel, text)).id

    async def say_as_a_bot(self, text: str) -> None:
        machine = self.discord.person("machine", self.guild)
        machine.user.bot = True
        await machine.send(self.channel, text)

    async def edit(self, message: str, text: str) -> None:
        await self._author(message).edit(self._message(message), text)

    async def delete(self, message: str) -> None:
        await self._author(message).delete(self._message(message))

    def seen_by_all(self) -> list[Card]:
        return [_card(each) for each in self.discord.messages(self.channel) if self._shows(each)]

    def seen_by(self, person: str) -> list[Card]:
        shown = self.discord.ephemerals(self.channel, self.people[person])
        return [_card(each) for each in shown if self._shows(each)]

    def mention(self, person: str) -> str:
        return self.people[person].mention

    async def until(self, holds: Callable[[], object], what: str = "") -> None:
        await self.discord.until(holds, what=what)

    async def settled(self) -> None:
        await self.ask("/linking status", by=ADA)

    def leap(self, seconds: float) -> None:
        self.clock.advance(seconds)

    async def passes(self, seconds: float) -> None:
        start = self.clock.now()
        await self.passing(lambda: self.clock.now() > start + seconds)

    async def passing(self, holds: Callable[[], object]) -> None:
        await self.clock.until(holds, idle=_LOOPS)

    async def subscriptions(self) -> list[Subscription]:
        async with open_store(self.database, clock=self._now) as store:
            return list(await store.subscriptions.all())

    async def deliveries(self) -> list[Delivery]:
        async with open_store(self.database, clock=self._now) as store:
            return list(await store.outbox.log(None, 1000))

    def fail_answer(self, failure: Cut | Slow) -> asyncio.Event:
        struck = asyncio.Event()
        self.discord.faults.add(failure, method="POST", path="/interactions/*", when=noting(struck))
        return struck

    def fail_post(self, failure: Cut | Slow) -> asyncio.Event:
        struck = asyncio.Event()
        path = "/channels/*/messages"
        self.discord.faults.add(failure, method="POST", path=path, when=noting(struck))
        return struck

    def close_channel(self) -> None:
        self.discord.build.deny(self.channel, self.app.bot, "send_messages")

    def open_channel(self) -> None:
        self.discord.build.allow(self.channel, self.app.bot, "send_messages")

    def _now(self) -> datetime:
        return datetime.fromtimestamp(self.clock.now(), UTC)

    def _message(self, id_: str) -> Message:
        return self.channel.messages[id_]

    def _author(self, message: str) -> Person:
        return self.people[self._message(message).author.name]

    def _shows(self, message: Message) -> bool:
        return message.author is self.app.bot and not message.loading


def _slash(line: str) -> tuple[str, dict[str, Any]]:
    """The command and its options that say what the line says."""
    name, *words = line.removeprefix("/").split()
    if name == "digest":
        values = {option: value for word in words[1:] for option, value in _FLAGS[word].items()}
        return f"digest {words[0]}", values
    if name == "linking":
        wanted = {"wanted": "off"} if words == ["answer-me"] else {}
        return ("ignore-me" if words[0] in {"ignore-me", "answer-me"} else f"linking {words[0]}"), wanted
    return name, ({_OPTIONS[name]: " ".join(words)} if words else {})


def _elements(message: Message) -> list[dict[str, Any]]:
    return [each for row in message.components for each in row["components"]]


def _card(message: Message) -> Card:
    elements = _elements(message)
    menu = next((each for each in elements if "options" in each), None)
    return Card(
        id=message.id,
        text="\n".join([message.content, *(text for embed in message.embeds for text in _texts(embed))]),
        buttons=tuple(each["label"] for each in elements if each.get("label") and not each.get("disabled")),
        entries={option["label"]: option["value"] for option in menu["options"]} if menu else None,
        pings=message.pings.users,
        replies_to=str(message.reference["message_id"]) if message.reference else "",
    )


def _texts(embed: Mapping[str, Any]) -> list[str]:
    author, footer = embed.get("author", {}), embed.get("footer", {})
    texts = (author.get("name"), embed.get("title"), embed.get("description"), footer.get("text"))
    return [text for text in texts if text]


@asynccontextmanager
async def discord_scene(database: Path) -> AsyncIterator[DiscordScene]:
    clock = ManualClock()
    async with StandIn(clock=clock) as stand_in:
        stand_in.limits.window_scale = 0
        app = stand_in.build.application("an", privileged=("message_content",))
        app.shown_to_all |= {"digest", "linking"}
        guild = stand_in.build.guild("readers", apps=[app])
        people = {name: stand_in.person(name, guild) for name in (ALICE, BOB, ADA)}
        admins = stand_in.build.role(guild, "Admins", "manage_guild", "manage_channels", "manage_messages")
        stand_in.build.grant(guild, people[ADA].user, admins)
        yield DiscordScene(
            discord=stand_in,
            clock=clock,
            app=app,
            guild=guild,
            channel=stand_in.build.channel(guild, "papers"),
            people=people,
            database=database,
        )
