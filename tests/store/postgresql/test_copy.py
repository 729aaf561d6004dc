"""The local copy answers lookups while the server is away, and catches up once it is back."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from bot.errors import StoreAway, StoreError
from bot.indexing.indexer import Indexer
from bot.model.newsletter import SourceKind
from bot.model.places import Length, Place, Preferences
from bot.ports import DatabaseAddress
from bot.search import Searcher
from store import Store, open_store
from store.postgresql import copy
from store.postgresql.migrating import LIBRARY
from tests.stand_ins.common.patience import HANG
from tests.support.drafts import clock, document, draft
from tests.support.postgresql import Server, name_of

pytestmark = pytest.mark.slow

SERVER = Place(platform="discord", server="1", channel="")
CHANNEL = Place(platform="discord", server="1", channel="2")


async def take(store: Store, number: int, *titles: str) -> None:
    await Indexer(store.archive).take("x", document(SourceKind.PAGE, draft(number, *titles)))


async def knows(store: Store, words: str) -> bool:
    return bool((await Searcher(store.search).find(words)).hits)


async def until(holds: Callable[[], Awaitable[object]]) -> None:
    """Wait for what another process does; there is nothing to wake us."""
    async with asyncio.timeout(HANG):
        while not await holds():  # noqa: ASYNC110 - another process wakes nobody here
            await asyncio.sleep(0.01)


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copy, "AGAIN", 0.05)


@pytest.fixture
async def worker(database: DatabaseAddress) -> AsyncIterator[Store]:
    async with open_store(database, clock=clock, watch=True, busy_seconds=1.0) as store:
        yield store


@pytest.fixture
async def other(database: DatabaseAddress) -> AsyncIterator[Store]:
    async with open_store(database, clock=clock, busy_seconds=1.0) as store:
        yield store


async def test_what_another_worker_takes_in_is_found_at_once(worker: Store, other: Store) -> None:
    await take(other, 1, "Reframing impact")
    await until(lambda: knows(worker, "reframing impact"))
    assert await worker.library.issue(1)
    await take(other, 1, "Reframing impact", "Attainable utility")

    async def both() -> bool:
        issue = await worker.library.issue(1)
        known = issue is not None and len(issue.summaries) == 2
        return known and await knows(worker, "attainable utility")

    await until(both)
    assert await export_of(worker) == await export_of(other)


@pytest.mark.parametrize(("change", "words"), [("value = 'x'", "damaged"), ("format = 0", "another version")])
async def test_an_index_that_cannot_be_read_is_named(
    database: DatabaseAddress, change: str, words: str
) -> None:
    async with open_store(database, clock=clock) as store:
        await take(store, 1, "Reframing impact")
        await store.connection.execute_fetchall(f"UPDATE search_index SET {change}")  # noqa: S608 - ours
    async with open_store(database, clock=clock, readonly=True) as store:
        for _ in range(2):
            with pytest.raises(StoreError, match=words):
                store.search.current()
        assert await store.library.issue(1)


async def export_of(store: Store) -> list[object]:
    return [
        [await store.library.issue(number) for number in await store.library.numbers()],
        list(await store.library.sections()),
        store.search.current().size,
        await store.library.origin(),
    ]


async def test_preferences_of_a_server_are_heard_by_all_workers(worker: Store, other: Store) -> None:
    await other.preferences.put(SERVER, Preferences(linking=True))
    await other.preferences.put(CHANNEL, Preferences(length=Length.LONG))
    assert (await other.preferences.of(CHANNEL)).length is Length.LONG

    async def heard() -> bool:
        return await worker.preferences.of(CHANNEL) == Preferences(linking=True, length=Length.LONG)

    await until(heard)
    await other.forgetting.server("discord", "1")

    async def forgotten() -> bool:
        return await worker.preferences.of(CHANNEL) == Preferences()

    await until(forgotten)


async def test_lookups_go_on_while_the_server_is_away_and_all_resumes(
    server: Server, worker: Store, database: DatabaseAddress
) -> None:
    await take(worker, 1, "Reframing impact")
    await worker.preferences.put(SERVER, Preferences(length=Length.LONG))
    with server.away():
        assert await knows(worker, "reframing impact")
        assert await worker.library.issue(1)
        assert (await worker.preferences.of(CHANNEL)).length is Length.LONG
        with pytest.raises(StoreAway, match="cannot be reached"):
            await worker.preferences.put(SERVER, Preferences(linking=True))
        with pytest.raises(StoreAway, match="cannot be reached"):
            await worker.subscriptions.all()
    assert await worker.subscriptions.all() == []
    async with open_store(database, clock=clock) as other:
        await take(other, 2, "Attainable utility")
    await until(lambda: worker.library.issue(2))
    await worker.preferences.put(SERVER, Preferences(linking=True))
    assert (await worker.preferences.of(CHANNEL)).linking


async def test_whoever_reads_what_arrived_finds_it_in_the_library(database: DatabaseAddress) -> None:
    async with open_store(database, clock=clock) as one, open_store(database, clock=clock) as two:
        await take(one, 1, "Reframing impact")
        assert await two.library.issue(1) is None
        await two.arrivals.all()
        assert await two.library.issue(1)


async def test_a_worker_says_that_another_has_updated_the_database(
    server: Server, database: DatabaseAddress, worker: Store, caplog: pytest.LogCaptureFixture
) -> None:
    await take(worker, 1, "Reframing impact")
    server.execute("INSERT INTO anbot_schema VALUES (99)", name_of(database))
    server.execute(f"NOTIFY {LIBRARY}", name_of(database))

    async def is_logged() -> bool:
        return "was written by a newer anbot" in caplog.text and "Update this anbot, too." in caplog.text

    await until(is_logged)
    assert await knows(worker, "reframing impact")
