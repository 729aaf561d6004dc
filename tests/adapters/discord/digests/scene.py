"""Digests in a Discord over real HTTP, at a time that is the test's own."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any, TypeVar

import discord

from adapters.discord.client import Client
from adapters.discord.poster import DiscordPoster
from bot.cards.card import Card
from bot.digests.runner import DigestRunner
from bot.digests.subscriptions import Person, Subscriptions
from bot.model.digests import Delivery, DigestOptions, Subscription
from bot.model.newsletter import Issue
from bot.model.places import Place
from bot.ports import DigestStore
from bot.runtime.clock import Clock
from tests.adapters.discord.world import Bench
from tests.stand_ins import discord as discord_stand_in
from tests.stand_ins.common.patience import HANG
from tests.stand_ins.discord import Application, Channel, Guild, ManualClock, Message, Record, StandIn
from tests.stand_ins.discord.discord_py import pointed_at
from tests.support.fakes import MemoryLibrary, summary
from tests.support.three_issues import MESA

T = TypeVar("T")
TEXT = " ".join(f"Sentence {n} of what there is to say about it." for n in range(60))


def issue(number: int, entries: int = 3, *, text: str = "A few words.", title: str = "Entry") -> Issue:
    """A made-up issue, its first entry a highlight."""
    return Issue(
        number=number,
        title=f"Issue {number}",
        published=date(2026, 1, 10),
        url=f"https://mail.example/{number}",
        summaries=tuple(
            summary(
                f"{title} {number}.{n}",
                number,
                n,
                section=MESA if n % 2 else ("News",),
                highlight=n == 1,
                authors="Ada Writer, Bob Author",
                links=(f"https://papers.example/{number}/{n}",),
                text=text,
            )
            for n in range(1, entries + 1)
        ),
    )


LONG = issue(100, 12, text=TEXT)
"""In full it takes several parts."""


@dataclass
class DigestScene:
    """A server with a channel, who subscribes it, and the poster under test."""

    stand_in: StandIn
    clock: ManualClock
    app: Application
    guild: Guild
    channel: Channel
    ada: discord_stand_in.Person
    bench: Bench
    library: MemoryLibrary
    bot: Client | None = None
    loop: DigestRunner | None = None

    @property
    def digest_store(self) -> DigestStore:
        return self.bench.store

    @property
    def place(self) -> Place:
        return Place(platform="discord", server=self.guild.id, channel=self.channel.id)

    @property
    def bot_clock(self) -> Clock:
        return Clock(read=lambda: self.bench.now, sleep=_at_once)

    @property
    def lookup(self) -> Subscriptions:
        """Where the subscriptions are changed."""
        return Subscriptions(self.library, self.digest_store, self.bot_clock)

    @property
    def allowed(self) -> discord.Permissions:
        """What the bot knows that it may do in the channel."""
        assert self.bot
        channel = self.bot.get_channel(int(self.channel.id))
        assert isinstance(channel, discord.TextChannel)
        return channel.permissions_for(channel.guild.me)

    async def deny(self, permission: str) -> None:
        """Take a permission from the bot in the channel, and see to it that it knows."""
        await self.heard(
            "guild_channel_update", partial(self.stand_in.build.deny, self.channel, self.app.bot, permission)
        )
        assert not getattr(self.allowed, permission)

    async def announce(self, channel: Channel) -> None:
        """Tell the bot of a channel or a thread that was changed, and see to it that it knows."""
        event = "thread_update" if channel.is_thread else "guild_channel_update"
        await self.heard(event, partial(self.stand_in.build.announce, channel))

    async def heard(self, event: str, change: Callable[[], T]) -> T:
        """What the change returns, once the bot has heard of it by that event of discord.py."""
        assert self.bot
        hearing = asyncio.create_task(self.bot.wait_for(event, timeout=HANG))
        await asyncio.sleep(0)
        changed = change()
        await hearing
        return changed

    @asynccontextmanager
    async def running(self) -> AsyncIterator[Client]:
        """The bot, connected, until the block ends."""
        with pointed_at(self.stand_in):
            client = self.bench.client(guild_ready_timeout=0.01)
            task = asyncio.create_task(client.start(self.app.token))
            try:
                await self.stand_in.gateway.ready(self.app)
                await client.wait_until_ready()
                self.bot = client
                self.loop = DigestRunner(
                    self.library,
                    self.digest_store,
                    DiscordPoster(client, self.bot_clock),
                    self.bot_clock,
                    quiet=timedelta(0),
                )
                yield client
            finally:
                await client.close()
                await task

    async def subscribe(self, **wished: Any) -> Subscription:
        """The options that Ada chooses for the channel."""
        card = await self.lookup.subscribe(
            self.place, DigestOptions(**wished), Person(id=self.ada.id, name="ada")
        )
        assert isinstance(card, Card), card
        assert not card.missed, card
        return await self.subscription()

    async def subscription(self) -> Subscription:
        (subscription,) = await self.digest_store.subscriptions.of(self.place)
        return subscription

    def appear(self, *issues: Issue) -> None:
        """The newsletter wakes."""
        self.library.issues = [*self.library.issues, *issues]

    async def deliver(self) -> None:
        """All that is due now."""
        assert self.loop
        await self.loop.hold()
        await self.loop.plan()
        await self.loop.once()

    async def later(self, seconds: float) -> None:
        """Deliver what is due after so many seconds."""
        self.bench.now += timedelta(seconds=seconds)
        self.clock.advance(seconds)
        await self.deliver()

    async def log(self) -> Sequence[Delivery]:
        """Every part, the first one first."""
        return list(reversed(await self.digest_store.outbox.log(self.place, 100)))

    def posted(self, channel: Channel | None = None) -> list[Message]:
        return self.stand_in.messages(channel or self.channel)

    def thread(self) -> Channel:
        """The thread of the first part."""
        thread = self.posted()[0].thread
        assert thread
        return thread

    def sent(self) -> list[Record]:
        """Every request to post something, whatever came of it."""
        return self.stand_in.journal.of("POST", "/channels/*/messages")


async def _at_once(_: float) -> None:
    await asyncio.sleep(0)


def posts(scene: DigestScene) -> list[Channel]:
    """The posts of the channel, a forum, the oldest first."""
    channels = scene.stand_in.world.channels.values()
    return [each for each in channels if each.parent_id == scene.channel.id]


def texts(messages: Sequence[Message]) -> list[str]:
    return [message.embeds[0]["description"] for message in messages]


def names(messages: Sequence[Message]) -> list[str]:
    """The names of the deliveries, as the menus have them."""
    return [menu_of(message)["custom_id"].rpartition(":")[2] for message in messages]


def menu_of(message: Message) -> dict[str, Any]:
    """The menu of the message."""
    (menu,) = (item for row in message.components for item in row["components"] if "options" in item)
    return dict(menu)


def is_of(name: str) -> Callable[[Record], bool]:
    """Whether a request posts the delivery of that name."""
    return lambda record: bool(record.json and record.json.get("nonce") == name)


def delete(scene: DigestScene, message: str) -> None:
    """Somebody deletes a message."""
    del scene.channel.messages[message]
