"""A database of every released version can be opened by this one, and nothing in it is lost."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.indexing.export import export
from bot.model.search import Verdict
from bot.search import Searcher
from store import Store, open_store, restore_copy
from store.migrations import MIGRATIONS
from tests.store.releases.__main__ import CLUB, FOLDER, HERE, PART, PREFERENCES
from tests.support.drafts import clock

RELEASES = sorted(FOLDER.glob("*.sql"))


@pytest.fixture(params=RELEASES, ids=lambda file: file.stem)
def released(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A database as that version left it."""
    database = tmp_path / "released.db"
    with closing(sqlite3.connect(database)) as connection:
        connection.executescript(request.param.read_text(encoding="utf-8"))
    return database


async def check(store: Store) -> None:
    """What `tests.store.releases` filled it with is all there."""
    lines = [line async for line in export(store.archive)]
    assert [sum(title in line for line in lines) > 0 for title in ("Teapots", "Kettles")] == [True, True]
    result = await Searcher(store.search).find("shape of kettles")
    assert result.verdict is Verdict.ANSWER
    (club,) = await store.subscriptions.all()
    assert (club.id, club.options, club.due) == (CLUB.id, CLUB.options, CLUB.due)
    assert await store.preferences.of(HERE) == PREFERENCES
    assert await store.installations.of("slack", "T1") == '{"team_id": "T1"}'
    assert await store.memo.recall("discord.commands") == "1"
    (part,) = await store.outbox.log(HERE, 10)
    assert (part.id, part.payload, part.title) == (PART.id, PART.payload, PART.title)
    assert await store.checkup.damage() == []
    assert await store.checkup.version() == MIGRATIONS[-1].version


async def test_it_is_brought_up_to_date_with_all_that_is_in_it(released: Path) -> None:
    async with open_store(released, clock=clock) as store:
        await check(store)


async def test_it_is_brought_up_to_date_as_it_is_restored(released: Path, tmp_path: Path) -> None:
    await restore_copy(released, tmp_path / "an.db", clock=clock)
    async with open_store(tmp_path / "an.db", clock=clock, readonly=True) as store:
        await check(store)


async def test_it_has_the_same_tables_then_as_a_new_one(released: Path, tmp_path: Path) -> None:
    for database in (released, tmp_path / "new.db"):
        async with open_store(database, clock=clock):
            pass
    assert dict(tables(released)) == dict(tables(tmp_path / "new.db"))


def tables(database: Path) -> Iterator[tuple[str, str]]:
    """Tables and indexes by their names, each as the SQL that made it."""
    with closing(sqlite3.connect(database)) as connection:
        for name, sql in connection.execute("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL"):
            yield name, re.sub(r"\s+", " ", sql)


def test_there_is_one_of_the_first_version() -> None:
    assert RELEASES[0].stem == "0.1.0"
