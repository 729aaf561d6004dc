"""Processes that are killed, and processes side by side."""

import asyncio
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.errors import StoreError
from bot.indexing.export import export
from bot.indexing.indexer import Indexer
from bot.model.newsletter import SourceKind
from store import Store, open_store
from tests.store import victim
from tests.support.drafts import clock, document, draft

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
STEPS_EACH = 3 + 4 * victim.ISSUES
"""Of a document: begin, two for each version and each issue put, commit, committed."""
STEPS = 1 + len(victim.KINDS) * STEPS_EACH + 2


@asynccontextmanager
async def running(file: Path, *, pause: int, until: int) -> AsyncIterator[asyncio.subprocess.Process]:
    """A victim that has come to step `until`; it is killed in the end."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.store.victim", str(file), str(pause)),
        cwd=ROOT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    try:
        async for line in process.stdout:
            if int(line.split()[0]) == until:
                break
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        # Reads to the end as well, so that nothing of the pipe stays open.
        await process.communicate()


async def documents_in(store: Store) -> int:
    """How many documents are in, after making sure that each is in wholly."""
    versions = await store.archive.all_versions()
    counts = {kind: sum(version.kind == kind for version in versions) for kind in victim.KINDS}
    present = [kind for kind in victim.KINDS if counts[kind]]
    assert all(counts[kind] == victim.ISSUES for kind in present)
    assert present == list(victim.KINDS[: len(present)])
    for number in await store.library.numbers():
        issue = await store.library.issue(number)
        assert issue is not None
        assert len(issue.summaries) == victim.ENTRIES
        # The last document taken is the richest.
        assert all(summary.text.startswith(present[-1].value) for summary in issue.summaries)
    assert len(await store.library.numbers()) == (victim.ISSUES if present else 0)
    return len(present)


def assert_sound(file: Path) -> None:
    connection = sqlite3.connect(file)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    finally:
        connection.close()


@pytest.mark.parametrize("step", range(0, STEPS, 2))
async def test_killed_between_any_two_steps_each_document_is_in_wholly_or_not_at_all(
    file: Path, step: int
) -> None:
    async with running(file, pause=step, until=step):
        pass
    async with open_store(file, clock=clock) as store:
        assert await documents_in(store) == min(step // STEPS_EACH, len(victim.KINDS))
    assert_sound(file)


async def test_killed_again_and_again_in_full_flight_it_always_gets_there(file: Path) -> None:
    done = 0
    for step in (1, 5, 9, 11, 12, 14, 20, 22, 23, 30, 33, 34):
        async with running(file, pause=-1, until=step):
            pass
        async with open_store(file, clock=clock) as store:
            now = await documents_in(store)
        assert now >= done
        done = now
        assert_sound(file)
    async with running(file, pause=-1, until=-1) as process:
        assert await process.wait() == 0
    async with open_store(file, clock=clock) as store:
        assert await documents_in(store) == len(victim.KINDS)


async def test_a_killed_run_done_again_gives_what_one_run_would_have(file: Path, tmp_path: Path) -> None:
    async with running(file, pause=STEPS // 2, until=STEPS // 2):
        pass
    exports = []
    for database in (file, tmp_path / "other.db"):
        async with running(database, pause=-1, until=-1) as process:
            assert await process.wait() == 0
        async with open_store(database, clock=clock) as store:
            exports.append([line async for line in export(store.archive)])
    assert exports[0] == exports[1] != []


async def test_a_reader_is_answered_while_another_process_writes(file: Path) -> None:
    async with open_store(file, clock=clock) as store:
        await Indexer(store.archive).take("page", document(SourceKind.PAGE, draft(7, "A paper")))
    async with running(file, pause=5, until=5):
        for readonly in (True, False):
            async with open_store(file, clock=clock, readonly=readonly, busy_seconds=0) as store:
                assert await store.library.numbers() == (7,)
                assert await store.library.summary("7-a-paper") is not None
    assert_sound(file)


async def test_a_second_writer_is_asked_to_wait_and_can_write_when_the_first_is_done(file: Path) -> None:
    page = document(SourceKind.PAGE, draft(7, "A paper"))
    async with open_store(file, clock=clock, busy_seconds=0.05) as store:
        async with running(file, pause=5, until=5):
            with pytest.raises(StoreError, match="is being written by another process"):
                await Indexer(store.archive).take("page", page)
        await Indexer(store.archive).take("page", page)
        assert await store.library.numbers() == (7,)
