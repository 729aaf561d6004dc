"""Whoever runs the bot is told once when something has failed for long, and once when it is well again."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.app import Services
from bot.digests.poster import OutcomeUnknown
from bot.errors import BotError, InputError, Unavailable
from bot.model.digests import DigestOptions, Subscription
from bot.model.places import Place
from bot.monitoring.state import Observer, State
from bot.monitoring.telling import EVERY, Teller
from bot.monitoring.troubles import of_digests, of_state
from bot.ports import SourceState
from bot.runtime.clock import Clock
from store import Store, open_store
from tests.support.drafts import NOW
from tests.support.fakes import MemoryFinder, MemoryLibrary
from tests.support.services import services_over
from tests.support.three_issues import lookup_over

FEED = "https://news.example/feed"
HERE = Place(platform="discord", server="1", channel="10")
DAY = 24 * 60


@dataclass
class Scene:
    """A bot that serves one platform and polls one source, in a time that is moved by hand."""

    database: Path
    now: datetime = NOW
    messages: list[str] = field(default_factory=list)
    failures: list[BaseException] = field(default_factory=list)
    refused: dict[str, BotError] = field(default_factory=dict)
    up: bool = True

    async def tell(self, _: Services, text: str) -> None:
        if self.failures:
            raise self.failures.pop(0)
        self.messages.append(text)

    @asynccontextmanager
    async def bot(self) -> AsyncIterator["Bot"]:
        """Entered again, it was restarted."""
        clock = Clock(read=lambda: self.now)
        async with open_store(self.database, clock=clock) as store:
            services = services_over(store, lookup_over(MemoryLibrary(), MemoryFinder()), clock)
            observer = Observer(services, self.database, ("discord",), (FEED,))
            with services.gateways.serving("discord", self._is_up):
                yield Bot(self, store, Teller("discord", self.tell, services, observer, self.refused))

    async def _is_up(self) -> bool:
        return self.up


@dataclass
class Bot:
    scene: Scene
    store: Store
    teller: Teller

    async def passes(self, minutes: float) -> None:
        for _ in range(int(minutes * 60 / EVERY)):
            self.scene.now += timedelta(seconds=EVERY)
            await self.teller.look()

    async def source(self, failures: int) -> None:
        last = await self.store.sources.state(FEED)
        state = SourceState(name=FEED, tried=NOW, due=NOW, failures=failures, problem="It answered 500.")
        succeeded = self.scene.now if not failures else (last.succeeded if last else None)
        await self.store.sources.put(replace(state, succeeded=succeeded))


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    return Scene(tmp_path / "an.db")


async def test_a_source_is_told_once_after_a_day_and_once_when_it_answers_again(scene: Scene) -> None:
    async with scene.bot() as bot:
        await bot.source(0)
        await bot.source(1)
        await bot.passes(DAY - 10)
        assert scene.messages == []
        await bot.passes(20)
        assert scene.messages == [f"Fails for 1 day: {FEED}: It answered 500."]
        await bot.passes(2 * DAY)
    async with scene.bot() as restarted:
        await restarted.passes(DAY)
        assert len(scene.messages) == 1
        await restarted.source(0)
        await restarted.passes(60)
    assert scene.messages[1:] == [f"Well again after 4 days: {FEED}: It answered 500."]


async def test_a_platform_is_told_with_the_reason_why_it_is_not_served(scene: Scene) -> None:
    scene.up = False
    async with scene.bot() as bot:
        await bot.passes(6)
        scene.refused["discord"] = InputError("Discord does not accept the token.")
        await bot.passes(6)
        assert scene.messages == ["Fails for 10 minutes: discord: Discord does not accept the token."]


async def test_what_comes_and_goes_is_not_told_and_what_stays_is_told_at_most_once_an_hour(
    scene: Scene,
) -> None:
    async with scene.bot() as bot:
        for _ in range(100):
            scene.up = not scene.up
            await bot.passes(6)
        assert scene.messages == []
        for _ in range(72):
            scene.up = not scene.up
            await bot.passes(20)
    assert 1 < len(scene.messages) <= 24


async def test_two_processes_tell_it_once(scene: Scene) -> None:
    scene.up = False
    async with scene.bot() as first, scene.bot() as second:
        for _ in range(20):
            await first.passes(2)
            await second.teller.look()
    assert len(scene.messages) == 1


async def test_what_did_not_leave_is_tried_again_and_what_may_have_arrived_is_not(scene: Scene) -> None:
    scene.up = False
    scene.failures = [Unavailable("It cannot be reached."), Unavailable("It cannot be reached.")]
    async with scene.bot() as bot:
        await bot.passes(30)
        assert len(scene.messages) == 1
    scene.database = scene.database.with_name("other.db")
    scene.messages, scene.failures = [], [OutcomeUnknown("The connection was lost.")]
    async with scene.bot() as bot:
        await bot.passes(30)
    assert scene.messages == []


async def test_a_process_that_is_killed_while_it_tells_leaves_nothing_to_tell_twice(scene: Scene) -> None:
    scene.up, scene.failures = False, [KeyboardInterrupt()]
    with pytest.raises(KeyboardInterrupt):
        async with scene.bot() as bot:
            await bot.passes(30)
    async with scene.bot() as restarted:
        await restarted.passes(DAY)
    assert scene.messages == []


async def test_what_is_written_down_and_cannot_be_read_begins_anew(scene: Scene) -> None:
    scene.up = False
    async with scene.bot() as bot:
        await bot.store.memo.remember("alerts.discord", "{nonsense")
        await bot.passes(30)
    assert len(scene.messages) == 1


def test_a_disk_that_is_nearly_full_and_a_database_that_cannot_be_read_are_troubles() -> None:
    full = State(platforms={"discord": True}, database=True, free=40_000_000)
    (trouble,) = of_state(full, {})
    assert trouble.sentence == "The disk of the database has 40 MB left."
    (trouble,) = of_state(State(platforms={"discord": True}), {})
    assert trouble.sentence == "The database cannot be read."
    assert list(of_state(replace(full, free=10**9), {})) == []


def test_digests_that_are_late_are_one_trouble_and_paused_ones_none() -> None:
    late = NOW - timedelta(hours=2)
    subscription = Subscription(id="a", place=HERE, options=DigestOptions(), by="", by_name="")
    due, faulty = replace(subscription, id="b", due=late), replace(subscription, id="c", problem="A defect.")
    paused = replace(due, id="d", paused="The channel is closed.")
    (trouble,) = of_digests([subscription, due, faulty, paused], [], NOW)
    assert trouble.sentence == "2 digests are not posted: A defect."
    assert not list(of_digests([subscription, paused, replace(due, due=NOW)], [], NOW))
