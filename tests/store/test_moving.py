"""A database is moved whole, from any engine to any, and an interrupted move goes on."""

import sqlite3
from collections.abc import Callable
from itertools import chain, count
from pathlib import Path

import pytest

from bot.errors import Refused
from bot.indexing.export import export
from bot.indexing.indexer import Indexer
from bot.model.digests import Arrival
from bot.model.newsletter import SourceKind
from bot.ports import DatabaseName
from bot.search import Searcher
from store import Store, moving, open_store
from store.migrations import MIGRATIONS, TABLES
from tests.store.contract.test_forgetting import ADA, BOB, HERE, NOW, THERE, live
from tests.support.drafts import clock, document, draft
from tests.support.leases import acquired, released
from tests.support.postgresql import Server

SLOW = pytest.mark.slow
Make = Callable[[], DatabaseName]


@pytest.fixture(
    params=[
        ("sqlite", "sqlite"),
        pytest.param(("sqlite", "postgresql"), marks=SLOW),
        pytest.param(("postgresql", "sqlite"), marks=SLOW),
    ],
    ids="-".join,
)
async def pair(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[DatabaseName, DatabaseName]:
    """A database that has been used, and an empty one."""
    numbers = count()

    def made(engine: str) -> DatabaseName:
        if engine == "sqlite":
            return tmp_path / f"{next(numbers)}.sqlite"
        server: Server = request.getfixturevalue("server")
        return server.database()

    source, target = map(made, request.param)
    async with open_store(source, clock=clock) as store:
        await fill(store)
    return source, target


@pytest.fixture(autouse=True)
def in_small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moving, "_AT_ONCE", 3)


async def fill(store: Store) -> None:
    titles = [f"Paper {n}" for n in range(8)]
    await Indexer(store.archive).take("x", document(SourceKind.PAGE, draft(1, *titles), draft(2, "Reply")))
    await live(store, HERE, ADA, "Ada Lovelace")
    await live(store, THERE, BOB, "Bob Builder")
    (head,) = await store.outbox.log(HERE, 10)
    assert await store.outbox.begin(head.id, 1, NOW)
    await store.arrivals.record([Arrival(id=0, issue=1, names=frozenset("a"), news=True, recorded=NOW)])
    await released(store.lease, "discord", "one")


async def rows_of(database: DatabaseName) -> dict[str, list[object]]:
    async with open_store(database, clock=clock) as store:
        return {
            table: sorted(await store.connection.execute_fetchall(f"SELECT * FROM {table}"), key=repr)  # noqa: S608 - names of ours
            for table in TABLES
        }


def nothing(_: str) -> None:
    pass


async def moved(source: DatabaseName, target: DatabaseName, step: Callable[[str], None] = nothing) -> int:
    return await moving.move(source, target, clock=lambda: NOW, step=step)


async def test_every_row_is_there_and_the_bot_goes_on_with_them(
    pair: tuple[DatabaseName, DatabaseName],
) -> None:
    source, target = pair
    before = await rows_of(source)
    assert await moved(source, target) == sum(map(len, before.values()))
    assert await rows_of(target) == before == await rows_of(source)
    async with open_store(source, clock=clock) as old, open_store(target, clock=clock) as new:
        assert [each async for each in export(new.archive)] == [each async for each in export(old.archive)]
        assert (await Searcher(new.search).find("paper 7")).hits
        (sending, *_) = await new.outbox.log(HERE, 10)
        assert (sending.state, sending.fence) == ("sending", 1)
        assert await acquired(new.lease, "discord", "two", NOW, NOW) == 2, "what was being sent is settled"
        arrival = Arrival(id=0, issue=2, names=frozenset("b"), news=True, recorded=NOW)
        assert await new.arrivals.record([arrival]) == 2
        await Indexer(new.archive).take("x", document(SourceKind.PAGE, draft(3, "Another")))
        assert (await Searcher(new.search).find("another")).hits


async def test_an_interrupted_move_goes_on_where_it_was(pair: tuple[DatabaseName, DatabaseName]) -> None:
    source, target = pair

    def interrupted(table: str) -> None:
        if table == "delivery":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await moved(source, target, interrupted)
    assert await rows_of(target) != await rows_of(source)
    await moved(source, target)
    assert await rows_of(target) == await rows_of(source)
    await moved(source, target)


async def test_a_database_with_other_rows_is_refused_and_left_as_it_is(
    pair: tuple[DatabaseName, DatabaseName],
) -> None:
    source, target = pair
    async with open_store(target, clock=clock) as store:
        await store.memo.remember("mine", "1")
    before = await rows_of(target)
    with pytest.raises(Refused, match="holds what the other does not"):
        await moved(source, target)
    assert await rows_of(target) == before


async def test_a_database_that_a_bot_delivers_from_is_refused(
    pair: tuple[DatabaseName, DatabaseName],
) -> None:
    source, target = pair
    async with open_store(source, clock=clock) as store:
        await acquired(store.lease, "discord", "one", NOW, NOW.replace(year=2100))
    with pytest.raises(Refused, match=r"A bot delivers digests on discord from .* Stop it first"):
        await moved(source, target)


async def test_a_database_is_not_moved_to_itself(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="is named twice"):
        await moved(tmp_path / "an.db", tmp_path / "an.db")


def test_all_tables_are_moved_each_by_its_key_and_after_those_that_it_refers_to() -> None:
    with sqlite3.connect(":memory:") as connection:
        for statement in chain.from_iterable(step.statements for step in MIGRATIONS):
            connection.execute(statement)
        assert set(moving.KEYS) == set(TABLES)
        seen: set[str] = set()
        for table, key in moving.KEYS.items():
            rows = connection.execute("SELECT name, pk FROM pragma_table_info(?)", (table,)).fetchall()
            assert table == "citation" or {name for name, pk in rows if pk} == set(key)
            refers = connection.execute('SELECT "table" FROM pragma_foreign_key_list(?)', (table,)).fetchall()
            assert {name for (name,) in refers} <= seen
            seen.add(table)
    connection.close()
