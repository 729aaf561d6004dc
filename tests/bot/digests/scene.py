"""A library that grows, a place that wants digests, and time that stands still."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bot.cards.card import Card
from bot.digests.reports import Names, Reports
from bot.digests.runner import DigestRunner
from bot.digests.subscriptions import Person, Subscriptions
from bot.model.digests import DigestOptions, Subscription, WeeklySlot
from bot.model.newsletter import Issue
from bot.model.places import Place
from bot.runtime.clock import Clock
from bot.text.rich_text import Span
from store import Store, open_store
from tests.bot.digests.platform import FakePlatform
from tests.support.fakes import MemoryLibrary, summary

START = datetime(2026, 11, 20, 12, tzinfo=UTC)
HERE = Place(platform="fake", server="1", channel="10")
ADA = Person(id="7", name="Ada")
MONDAY = WeeklySlot(weekday=0, hour=9, timezone="Europe/London")


def issue(number: int, entries: int = 3, **facts: object) -> Issue:
    """An issue with one highlight and otherwise plain entries in two sections."""
    summaries = tuple(
        summary(
            f"Paper {position} of {number}",
            number,
            position,
            section=("Technical AI alignment", "Mesa optimization" if position % 2 else "Robustness"),
            highlight=position == 1,
            text=f"What paper {position} says. And more of it.",
            links=(f"https://papers.example/{number}/{position}",),
            authors="Ada Writer",
        )
        for position in range(1, entries + 1)
    )
    known: dict[str, object] = {"title": f"Title {number}", "published": date(2026, 11, 1), **facts}
    return Issue(number=number, summaries=summaries, **known)  # type: ignore[arg-type] # facts are free


@dataclass
class Scene:
    """Its clock moves by hand."""

    store: Store
    issues: list[Issue]
    platform: FakePlatform
    now: datetime = START
    quiet: timedelta = timedelta(0)

    @property
    def library(self) -> MemoryLibrary:
        return MemoryLibrary(issues=self.issues)

    @property
    def clock(self) -> Clock:
        return Clock(read=lambda: self.now, sleep=asyncio.sleep)

    @property
    def lookup(self) -> Subscriptions:
        return Subscriptions(self.library, self.store, lambda: self.now)

    @property
    def reports(self) -> Reports:
        return Reports(
            self.store,
            lambda: self.now,
            Names(
                label=lambda place: Span(text=place.channel),
                link=lambda delivery: f"https://fake.example/{delivery.message}",
            ),
            self.store.sources,
        )

    async def subscribe(self, options: DigestOptions | None = None, place: Place = HERE) -> Subscription:
        card = await self.lookup.subscribe(place, options or DigestOptions(), ADA)
        assert isinstance(card, Card)
        assert card.title == "Subscribed", card
        (subscription,) = await self.store.subscriptions.of(place)
        return subscription

    def loop(self) -> DigestRunner:
        """That of a process that has just been started."""
        return DigestRunner(self.library, self.store, self.platform, self.clock, quiet=self.quiet)

    async def fence(self) -> int:
        """That of the process that delivers."""
        ((fence,),) = await self.store.connection.execute_fetchall("SELECT fence FROM lease")
        return int(fence)

    async def look(self) -> None:
        """A process is started, does what is due, and ends."""
        await self.loop().once()

    def later(self, **span: float) -> None:
        self.now += timedelta(**span)

    async def settled(self) -> None:
        """Looks again and again until nothing more comes of it."""
        for _ in range(30):
            await self.look()
            self.later(minutes=10)


@asynccontextmanager
async def scene(path: Path | str = ":memory:") -> AsyncIterator[Scene]:
    async with open_store(path, clock=lambda: START) as store:
        yield Scene(store=store, issues=[issue(1), issue(2), issue(3)], platform=FakePlatform())
