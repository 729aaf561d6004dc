"""The schema grows by steps that are taken wholly or not at all."""

import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import aiosqlite
import pytest

from bot.errors import StoreError
from store import open_store
from store.database import Connection
from store.migrations import MIGRATIONS, Migration
from store.queries import select
from store.sqlite.migrating import migrate, schema_version
from tests.support.drafts import clock

FIRST = Migration(version=1, statements=("CREATE TABLE shelf (name TEXT) STRICT",))
SECOND = Migration(
    version=2,
    statements=("CREATE TABLE book (title TEXT) STRICT", "INSERT INTO book VALUES ('One')"),
)
BROKEN = Migration(version=2, statements=(SECOND.statements[0], "INSERT INTO boko VALUES (1)"))


@pytest.fixture
async def empty(tmp_path: Path) -> AsyncIterator[aiosqlite.Connection]:
    async with aiosqlite.connect(tmp_path / "an.db", isolation_level=None) as connection:
        yield connection


async def tables(connection: Connection) -> set[str]:
    rows = await connection.execute_fetchall("SELECT name FROM sqlite_schema WHERE type = 'table'")
    return {name for (name,) in rows}


def test_versions_count_up_from_one() -> None:
    assert [step.version for step in MIGRATIONS] == list(range(1, len(MIGRATIONS) + 1))


async def test_the_last_step_taken_is_the_version(empty: aiosqlite.Connection) -> None:
    assert await schema_version(empty, "an.db") == 0
    await migrate(empty, "an.db", (FIRST, SECOND))
    assert await schema_version(empty, "an.db") == 2
    assert await tables(empty) == {"shelf", "book"}


async def test_only_steps_not_yet_taken_are_taken(empty: aiosqlite.Connection) -> None:
    await migrate(empty, "an.db", (FIRST,))
    await migrate(empty, "an.db", (FIRST, SECOND))
    await migrate(empty, "an.db", (FIRST, SECOND))
    assert await select(empty, "SELECT title FROM book") == [("One",)]


async def test_a_step_that_fails_half_way_leaves_nothing_and_can_be_taken_later(
    empty: aiosqlite.Connection,
) -> None:
    with pytest.raises(sqlite3.OperationalError, match="boko"):
        await migrate(empty, "an.db", (FIRST, BROKEN))
    assert await schema_version(empty, "an.db") == 1
    assert await tables(empty) == {"shelf"}
    await migrate(empty, "an.db", (FIRST, SECOND))
    assert await select(empty, "SELECT title FROM book") == [("One",)]


async def test_a_first_step_that_fails_leaves_an_empty_file(empty: aiosqlite.Connection) -> None:
    with pytest.raises(sqlite3.OperationalError, match="boko"):
        await migrate(empty, "an.db", (BROKEN,))
    assert await tables(empty) == set()
    assert await schema_version(empty, "an.db") == 0


async def test_an_older_database_is_brought_up_to_date_when_opened_for_writing_only(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_store(file, clock=clock):
        pass
    later = Migration(version=MIGRATIONS[-1].version + 1, statements=SECOND.statements)
    monkeypatch.setattr("store.sqlite.opening.MIGRATIONS", (*MIGRATIONS, later))
    with pytest.raises(StoreError, match=r"written by an older anbot .* `anbot index` .* up to date"):
        async with open_store(file, clock=clock, readonly=True):
            pass
    async with open_store(file, clock=clock) as store:
        assert await schema_version(store.connection, "an.db") == later.version
    async with open_store(file, clock=clock, readonly=True) as store:
        assert "book" in await tables(store.connection)
