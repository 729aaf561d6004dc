"""Whatever keeps a file from being our database is reported in a sentence."""

import asyncio
import sqlite3
import sys
from pathlib import Path

import pytest

from bot.errors import StoreError
from bot.indexing.indexer import Indexer
from bot.model.newsletter import SourceKind
from store import Store
from store.migrations import MIGRATIONS
from store.queries import select
from tests.store.databases import fill, opened, refusal
from tests.support.drafts import document, draft

ROOT = Path(__file__).parents[2]


async def test_a_new_file_and_its_folders_are_made(tmp_path: Path) -> None:
    async with opened(tmp_path / "deep" / "er" / "an #1?.db") as store:
        assert await store.library.numbers() == ()
    assert (tmp_path / "deep" / "er" / "an #1?.db").is_file()


async def test_in_memory_what_is_written_can_be_read() -> None:
    async with opened(":memory:") as store:
        await Indexer(store.archive).take("page", document(SourceKind.PAGE, draft(7, "A paper")))
        assert await store.library.numbers() == (7,)


async def test_the_file_is_made_for_readers_beside_a_writer(store: Store) -> None:
    assert await select(store.connection, "PRAGMA journal_mode") == [("wal",)]
    assert await select(store.connection, "PRAGMA foreign_keys") == [(1,)]


async def test_every_table_of_ours_is_strict(store: Store) -> None:
    loose = (
        "SELECT name FROM pragma_table_list WHERE NOT strict AND type = 'table' AND name NOT LIKE 'sqlite_%'"
    )
    assert await select(store.connection, loose) == []


@pytest.mark.parametrize("readonly", [False, True])
async def test_a_database_of_a_newer_version_is_refused(file: Path, *, readonly: bool) -> None:
    await fill(file)
    with_later_schema(file, MIGRATIONS[-1].version + 3)
    sentence = await refusal(file, readonly=readonly)
    assert f"written by a newer anbot (its schema is {MIGRATIONS[-1].version + 3}" in sentence
    assert "Update anbot" in sentence


def with_later_schema(file: Path, version: int) -> None:
    connection = sqlite3.connect(file)
    connection.execute(f"PRAGMA user_version = {version}")
    connection.close()


@pytest.mark.parametrize("readonly", [False, True])
async def test_a_folder_is_refused_with_the_name_of_a_file_in_it(tmp_path: Path, *, readonly: bool) -> None:
    assert f"{tmp_path} is a folder. Name a file in it with --db, such as {tmp_path / 'anbot.db'}." == (
        await refusal(tmp_path, readonly=readonly)
    )


async def test_a_path_through_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert "cannot hold the database" in await refusal(tmp_path / "file" / "anbot.db")


@pytest.mark.parametrize("empty", [False, True], ids=["missing", "empty"])
async def test_reading_what_is_not_there_says_how_to_make_it(file: Path, *, empty: bool) -> None:
    if empty:
        file.touch()
    assert f"There is no database in {file} yet. Make one with `anbot index`" in await refusal(
        file, readonly=True
    )
    assert file.exists() == empty


async def test_a_database_opened_for_reading_cannot_be_written(file: Path) -> None:
    await fill(file)
    async with opened(file, readonly=True) as store:
        with pytest.raises(StoreError, match="opened for reading only"):
            await Indexer(store.archive).take("page", document(SourceKind.PAGE, draft(7, "A paper")))
        assert await store.library.numbers() == (1,)


async def test_a_database_that_another_process_writes_is_called_busy(file: Path) -> None:
    await fill(file)
    other = sqlite3.connect(file)
    other.execute("BEGIN IMMEDIATE")
    try:
        async with opened(file) as store:
            with pytest.raises(StoreError, match=r"is being written by another process. Try again"):
                await Indexer(store.archive).take("page", document(SourceKind.PAGE, draft(7, "A paper")))
    finally:
        other.close()


@pytest.mark.slow
async def test_processes_that_open_a_new_file_at_once_make_it_once(file: Path) -> None:
    opening = (
        "import asyncio, sys\nfrom store import open_store\nfrom tests.support.drafts import clock\n"
        "async def main():\n async with open_store(sys.argv[1], clock=clock): pass\nasyncio.run(main())"
    )
    processes = [
        await asyncio.create_subprocess_exec(sys.executable, "-c", opening, str(file), cwd=ROOT)
        for _ in range(4)
    ]
    assert [await process.wait() for process in processes] == [0, 0, 0, 0]
    async with opened(file) as store:
        version = await select(store.connection, "PRAGMA user_version")
    assert version == [(len(MIGRATIONS),)]
