"""The check-up distinguishes a sound database from a damaged one, and a writable one from a locked one."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import StoreError
from store import Store
from store.migrations import MIGRATIONS
from tests.store.databases import fill, opened

FREE_PAGES = 36
"""The offset of the number of free pages in the file's header."""


async def test_a_sound_database_has_no_damage_and_its_version(store: Store) -> None:
    assert await store.checkup.damage() == []
    assert await store.checkup.version() == MIGRATIONS[-1].version
    await store.checkup.writable()


async def test_a_wrong_count_of_pages_is_damage(file: Path) -> None:
    await spoiled(file, FREE_PAGES, (9).to_bytes(4))
    async with opened(file, readonly=True) as store:
        (damage,) = await store.checkup.damage()
        assert re.fullmatch(r"Main freelist: size is \d+ but should be 9", damage)


async def test_a_page_that_was_overwritten_is_damage(file: Path) -> None:
    await fill(file)
    with closing(sqlite3.connect(file)) as connection:
        ((page,),) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'search_index'")
        ((size,),) = connection.execute("PRAGMA page_size")
    await spoiled(file, (page - 1) * size, b"\xff" * size)
    async with opened(file, readonly=True) as store:
        with pytest.raises(StoreError, match="damaged"):
            await store.checkup.damage()


async def test_a_table_that_is_missing_is_damage_and_no_defect(file: Path) -> None:
    await fill(file)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("DROP TABLE subscription")
    async with opened(file) as store:
        assert await store.checkup.damage() == ["the table subscription is missing"]
        with pytest.raises(StoreError, match=r"is damaged \(no such table: subscription\)"):
            await store.subscriptions.all()


async def spoiled(file: Path, offset: int, what: bytes) -> None:
    """A filled database, overwritten at one place."""
    if not file.exists():
        await fill(file)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with file.open("r+b") as opened_file:
        opened_file.seek(offset)
        opened_file.write(what)


async def test_what_another_process_is_writing_cannot_be_written(file: Path) -> None:
    async with opened(file) as store:
        with closing(sqlite3.connect(file)) as hog:
            hog.execute("BEGIN IMMEDIATE")
            with pytest.raises(StoreError, match="another process"):
                await store.checkup.writable()
        await store.checkup.writable()
