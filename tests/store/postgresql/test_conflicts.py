"""Transactions that stand in each other's way are done again, and a statement that hangs ends."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import pytest

from bot.errors import Conflict, StoreAway, StoreBusy
from bot.indexing.indexer import Indexer
from bot.model.newsletter import Entry, SourceKind
from bot.ports import DatabaseAddress, SourceVersion
from bot.ports.retrying import retried
from store import Store, open_store
from store.database import Connection
from store.postgresql import connections
from store.postgresql.connection import ServerConnection
from store.queries import select
from tests.stand_ins.common.patience import HANG
from tests.support.drafts import clock, document, draft

pytestmark = pytest.mark.slow

_ADD = "UPDATE memo SET value = value || ? WHERE name = ?"
_READ = "SELECT value FROM memo WHERE name = ?"
_WAITING = "SELECT 1 FROM pg_locks WHERE NOT granted"
_WRITE = "UPDATE memo SET value = ? WHERE name = ?"


class Meeting:
    """Two transactions, which first get into each other's way. `begun` counts them, again ones too."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.begun = 0
        self._together = asyncio.Barrier(2)

    async def meet(self) -> None:
        if self.begun <= 2:
            await self._together.wait()

    @retried
    async def add(self, sign: str, first: str, second: str) -> None:
        """Add the sign to two values, one after the other."""
        async with self.store.database.transaction(sign) as connection:
            self.begun += 1
            await connection.execute_fetchall(_ADD, (sign, first))
            await self.meet()
            await connection.execute_fetchall(_ADD, (sign, second))

    @retried
    async def rewrite(self, sign: str) -> None:
        """Read a value, and write it with the sign added."""
        async with self.store.database.transaction(sign) as connection:
            self.begun += 1
            ((value,),) = await select(connection, _READ, "a")
            await self.meet()
            await connection.execute_fetchall(_WRITE, (value + sign, "a"))

    async def values(self) -> list[list[str]]:
        return [sorted(await self.store.memo.recall(name) or "") for name in "ab"]


@asynccontextmanager
async def met(database: DatabaseAddress) -> AsyncIterator[Meeting]:
    async with open_store(database, clock=clock) as store:
        for name in "ab":
            await store.memo.remember(name, "")
        yield Meeting(store)


async def test_of_two_that_wait_for_each_other_one_is_done_again(database: DatabaseAddress) -> None:
    async with met(database) as meeting:
        await asyncio.gather(meeting.add("+", "a", "b"), meeting.add("-", "b", "a"))
        assert await meeting.values() == [["+", "-"], ["+", "-"]]
        assert meeting.begun > 2


async def test_one_that_read_what_another_has_changed_since_is_done_again(
    database: DatabaseAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "_ISOLATION", "repeatable read")
    async with met(database) as meeting:
        await asyncio.gather(meeting.rewrite("+"), meeting.rewrite("-"))
        assert (await meeting.values())[0] == ["+", "-"]
        assert meeting.begun > 2


async def test_of_two_documents_that_are_indexed_at_once_the_second_is_taken_in_again(
    database: DatabaseAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "_ISOLATION", "repeatable read")
    async with open_store(database, clock=clock) as store, open_store(database, clock=clock) as other:
        async with store.archive.writing() as transaction:
            first = draft(1, Entry(title="First"))
            await transaction.put_version(SourceVersion(kind=SourceKind.PAGE, source="page", draft=first))
            taking = asyncio.create_task(
                Indexer(other.archive).take(
                    "page", document(SourceKind.PAGE, draft(2, Entry(title="Second")))
                )
            )
            while not await other.database.read(_WAITING, ()):
                assert not taking.done()
        report = await taking
        assert (report.issues, report.new) == ((2,), 1)
        assert {each.draft.number for each in await store.archive.all_versions()} == {1, 2}
        assert other.search.current().size == 1


async def test_what_is_always_in_the_way_of_others_is_busy_in_the_end() -> None:
    tries = []

    @retried
    async def work() -> None:
        tries.append("try")
        raise Conflict("It is busy.")

    with pytest.raises(StoreBusy):
        await work()
    assert len(tries) == 4


async def test_a_statement_that_hangs_ends_and_its_connection_is_made_anew(
    database: DatabaseAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ServerConnection, "within", 0.5)
    async with open_store(database, clock=clock) as store, AsyncExitStack() as frozen:
        async with store.database.writing("") as connection:
            freeze(connection, frozen)
            with pytest.raises(StoreAway, match=r"cannot be reached \(it does not answer\)"):
                await select_within(store, connection)
        assert await store.subscriptions.all() == []


async def test_a_connection_that_hangs_while_nobody_uses_it_is_made_anew(
    database: DatabaseAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "_PROMPT", 0.5)
    monkeypatch.setattr(connections, "_FRESH", 0)
    async with open_store(database, clock=clock, busy_seconds=HANG) as store, AsyncExitStack() as frozen:
        async with store.database.writing("") as connection:
            freeze(connection, frozen)
        for _ in range(connections._MOST):  # noqa: SLF001 - it is the turn of each
            assert await store.subscriptions.all() == []


def freeze(connection: Connection, until: AsyncExitStack) -> None:
    """Let the server's process behind the connection hang until then."""
    assert isinstance(connection, ServerConnection)
    pid = connection.link.info.backend_pid
    os.kill(pid, signal.SIGSTOP)
    until.callback(os.kill, pid, signal.SIGCONT)


async def select_within(store: Store, connection: Connection) -> None:
    with store.database.as_store_errors():
        await select(connection, "SELECT 1")
