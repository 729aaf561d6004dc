"""What the search looks up is what is in the library, whoever changed it and when."""

import asyncio
import sys
import threading
from contextlib import suppress
from pathlib import Path

import pytest

from bot.errors import StoreError
from bot.model.newsletter import Issue
from bot.model.search import Verdict
from bot.search import Searcher
from bot.search.building import Contents
from store import Store, open_store
from tests.bot.search.conftest import SHELF, fill
from tests.support.drafts import clock
from tests.support.fakes import summary

ROOT = Path(__file__).resolve().parents[2]
ANOTHER_PROCESS = """
import asyncio, sys
from store import open_store
from tests.bot.search.conftest import fill
from tests.support.drafts import clock
from tests.support.fakes import summary
async def main():
    async with open_store(sys.argv[1], clock=clock) as store:
        await fill(store, [summary("Lanterns in Fog", 901)])
asyncio.run(main())
"""


async def first(searcher: Searcher, words: str) -> str:
    result = await searcher.find(words)
    return "" if result.verdict is Verdict.NOTHING else result.hits[0].headline.title


@pytest.fixture
def searcher(store: Store) -> Searcher:
    return Searcher(store.search)


async def test_finds_nothing_in_an_empty_library(searcher: Searcher) -> None:
    assert (await searcher.find("lanterns")).hits == ()


async def test_finds_what_was_just_written(store: Store, searcher: Searcher) -> None:
    assert await first(searcher, "lanterns") == ""
    await fill(store, [summary("Lanterns in Fog", 901)])
    assert await first(searcher, "lanterns") == "Lanterns in Fog"


async def test_no_longer_finds_what_was_replaced(store: Store, searcher: Searcher) -> None:
    await fill(store, [summary("Lanterns in Fog", 901), summary("Ferries at Night", 902)])
    assert await first(searcher, "lanterns") == "Lanterns in Fog"
    await fill(store, [summary("Ladders in Snow", 901)])
    assert await first(searcher, "lanterns") == ""
    assert await first(searcher, "ladders snow") == "Ladders in Snow"
    assert await first(searcher, "ferries") == "Ferries at Night"


@pytest.mark.slow
async def test_finds_what_another_process_wrote(file: Path, store: Store, searcher: Searcher) -> None:
    await fill(store, [summary("Ferries at Night", 902)])
    assert await first(searcher, "lanterns") == ""
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", ANOTHER_PROCESS, str(file), cwd=ROOT)
    assert await process.wait() == 0
    assert await first(searcher, "lanterns") == "Lanterns in Fog"


async def test_of_many_transactions_finds_all_when_they_are_done(store: Store, searcher: Searcher) -> None:
    async with store.archive.many():
        await fill(store, [summary("Lanterns in Fog", 901)])
        await fill(store, [summary("Ferries at Night", 902)])
        assert await first(searcher, "lanterns") == ""
    assert await first(searcher, "lanterns") == "Lanterns in Fog"
    assert await first(searcher, "ferries") == "Ferries at Night"


async def test_a_transaction_that_fails_leaves_the_search_as_it_was(store: Store, searcher: Searcher) -> None:
    await fill(store, [summary("Ferries at Night", 902)])
    lanterns = Issue(number=901, summaries=(summary("Lanterns in Fog", 901),))
    with suppress(RuntimeError):
        async with store.archive.writing() as transaction:
            await transaction.put_issue(lanterns, {})
            raise RuntimeError
    assert await first(searcher, "lanterns") == ""
    assert await first(searcher, "ferries") == "Ferries at Night"


async def test_what_a_crash_left_unsearchable_is_found_after_the_next_opening(file: Path) -> None:
    async with open_store(file, clock=clock) as store:
        await fill(store, [summary("Lanterns in Fog", 901)])
        # As when the process ends inside `many`: written, marked, and no index made.
        await store.connection.execute_fetchall(
            "UPDATE search_index SET outdated = 1, checksum = 0, value = x''"
        )
    async with open_store(file, clock=clock) as store:
        assert await first(Searcher(store.search), "lanterns") == "Lanterns in Fog"


async def test_an_index_of_another_version_is_built_anew_or_refused(file: Path) -> None:
    async with open_store(file, clock=clock) as store:
        await fill(store, SHELF)
        await store.connection.execute_fetchall("UPDATE search_index SET format = 0")
    async with open_store(file, clock=clock, readonly=True) as store:
        with pytest.raises(StoreError, match="another version"):
            await Searcher(store.search).find("kettles")
    async with open_store(file, clock=clock) as store:
        assert await first(Searcher(store.search), "kettles") == "The Shape of Kettles"


async def test_opening_does_not_rebuild_an_index_that_is_up_to_date(file: Path) -> None:
    async with open_store(file, clock=clock) as store:
        await fill(store, SHELF)
        built = await store.connection.execute_fetchall("SELECT generation FROM search_index")
    async with open_store(file, clock=clock) as store:
        assert await store.connection.execute_fetchall("SELECT generation FROM search_index") == built


async def test_the_index_in_memory_stays_until_another_is_built(store: Store) -> None:
    await fill(store, SHELF)
    index = store.search.current()
    await store.connection.execute_fetchall("UPDATE search_index SET outdated = 0")
    assert store.search.current() is index
    await fill(store, [summary("Lanterns in Fog", 901)])
    assert store.search.current() is not index


async def test_lookups_go_on_while_another_connection_writes(
    file: Path, store: Store, searcher: Searcher
) -> None:
    await fill(store, SHELF)
    async with open_store(file, clock=clock, busy_seconds=0) as other, other.archive.writing() as transaction:
        await transaction.put_issue(Issue(number=901, summaries=(summary("Lanterns in Fog", 901),)), {})
        assert await first(searcher, "kettles") == "The Shape of Kettles"
        assert await first(searcher, "lanterns") == ""


async def test_others_write_while_an_index_is_built_and_what_they_write_stays_in_it(
    file: Path, store: Store, searcher: Searcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    loop, begun, go_on = asyncio.get_running_loop(), asyncio.Event(), threading.Event()

    class Waiting(Contents):
        def encode(self) -> bytes:
            if not begun.is_set():
                loop.call_soon_threadsafe(begun.set)
                go_on.wait()
            return super().encode()

    monkeypatch.setattr("store.search_index.Contents", Waiting)
    async with open_store(file, clock=clock, busy_seconds=0) as other:
        filling = asyncio.create_task(fill(store, SHELF))
        await begun.wait()
        await fill(other, [summary("Lanterns in Fog", 901)])
        go_on.set()
        await filling
    assert await first(searcher, "kettles") == "The Shape of Kettles"
    assert await first(searcher, "lanterns") == "Lanterns in Fog"


async def test_reads_a_database_opened_for_reading_only(file: Path, store: Store) -> None:
    await fill(store, SHELF)
    async with open_store(file, clock=clock, readonly=True) as reading:
        assert await first(Searcher(reading.search), "kettles") == "The Shape of Kettles"


async def test_does_not_write(store: Store) -> None:
    await fill(store, SHELF)
    before = await store.connection.execute_fetchall("PRAGMA data_version")
    await Searcher(store.search).find("kettles teapot boiler")
    assert await store.connection.execute_fetchall("PRAGMA data_version") == before


async def test_damage_is_reported(store: Store) -> None:
    await fill(store, SHELF)
    await store.connection.execute_fetchall("UPDATE search_index SET value = x'c1', generation = 9")
    with pytest.raises(StoreError, match="damaged"):
        await Searcher(store.search).find("kettles")
