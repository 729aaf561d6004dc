"""`store.database.Database` over the connections to a file, made anew once another took its place."""

import asyncio
import logging
import math
import sqlite3
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import AbstractContextManager, AsyncExitStack, asynccontextmanager, closing
from dataclasses import dataclass, field
from typing import Any, Final, Literal

import aiosqlite

from bot.errors import StoreError
from store.database import Value
from store.sqlite.errors import as_store_errors
from store.sqlite.file import DatabaseFile, FileState

log: Final = logging.getLogger("anbot.store")
Prepare = Callable[[aiosqlite.Connection], Awaitable[None]]
"""Checks a database that was just opened, and brings it up to date."""

SETTLED: Final = 1.0
"""Seconds without a change after which a file that arrived counts as complete."""
_AT_ONCE_SECONDS: Final = 0.02
"""How long the event loop's own thread waits for a database that is busy."""
_ROWS_AT_ONCE: Final = 64
"""Rows that a cursor fetches in one call to its thread; aiosqlite's own default."""


@dataclass(frozen=True, slots=True)
class _Opened:
    """The connections to one file: for reading, for searches and look-ups, and for each purpose of writing."""

    reading: aiosqlite.Connection
    searching: sqlite3.Connection
    stack: AsyncExitStack
    writing: dict[str, aiosqlite.Connection] = field(default_factory=dict)


class Connections:
    """Connections that follow the file: at every use it is checked to be the one that is open.

    If it is away, reading goes on from the file that is open, and writing is refused. If another
    one is there, it is opened as soon as nobody writes it. In memory there is nothing to follow.
    """

    def __init__(self, file: DatabaseFile, prepare: Prepare, busy_seconds: float) -> None:
        self._file = file
        self._prepare = prepare
        self._busy_seconds = busy_seconds
        self._turn = asyncio.Lock()
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._opened: _Opened | None = None
        self._trouble: StoreError | None = None
        self._arrived: tuple[object, float] = (None, 0.0)

    @property
    def name(self) -> str:
        """The database's name for people."""
        return self._file.name

    async def open(self) -> None:
        """Open the file. Raises StoreError if it cannot be used."""
        async with AsyncExitStack() as stack:
            with as_store_errors(self.name):
                reading = await self._connect(stack)
                await self._prepare(reading)
                searching = stack.enter_context(closing(self._connect_for_searches()))
            before, self._opened = self._opened, _Opened(reading, searching, stack.pop_all())
            self._file.note_opened()
        if before:
            await before.stack.aclose()

    async def close(self) -> None:
        """Close what is open."""
        opened, self._opened = self._opened, None
        if opened:
            await opened.stack.aclose()

    async def reading(self) -> aiosqlite.Connection:
        """The shared connection for reading, in autocommit mode."""
        if self._trouble or self._file.state() is not FileState.OURS:
            await self._follow()
        return self._current().reading

    async def connection_for(self, purpose: str) -> aiosqlite.Connection:
        """The connection for that purpose of writing. Raises NotSaved while the file is away, and
        StoreError if what is there cannot be used.
        """
        reading = await self.reading()
        if self._trouble:
            raise self._trouble
        if self._file.in_memory:
            return reading  # a second one would find the database locked during a write
        opened = self._current()
        if purpose not in opened.writing:
            opened.writing[purpose] = await self._connect(opened.stack)
        return opened.writing[purpose]

    @property
    def conflict(self) -> type[Exception]:
        """The error of a broken constraint."""
        return sqlite3.IntegrityError

    def as_store_errors(self) -> AbstractContextManager[None]:
        """Raise what is wrong with the database as a StoreError that names it."""
        return as_store_errors(self.name)

    async def columns(self, table: str) -> Sequence[str]:
        """The names of its columns, in their order."""
        return [name for (name,) in await self.read("SELECT name FROM pragma_table_info(?)", (table,))]

    async def rows_were_copied(self) -> None:
        """Nothing: the next id is after the highest."""

    async def read(self, sql: str, parameters: Sequence[Value]) -> Iterable[Any]:
        """All rows of a query, in one call to the connection's thread."""
        with as_store_errors(self.name):
            return await (await self.reading()).execute_fetchall(sql, parameters)

    async def look_up(self, sql: str, parameters: Sequence[Value]) -> Iterable[Any]:
        """All rows of a query that finds a few by an index, in the caller's thread: the way to another
        and back takes ten times as long. If somebody keeps the database busy, the other waits.
        """
        reading = await self.reading()
        try:
            return self._current().searching.execute(sql, parameters).fetchall()
        except sqlite3.OperationalError:
            return await reading.execute_fetchall(sql, parameters)

    @asynccontextmanager
    async def writing(self, purpose: str) -> AsyncIterator[aiosqlite.Connection]:
        """The connection for that purpose, for one task at a time."""
        async with self._turns[purpose]:
            with as_store_errors(self.name):
                yield await self.connection_for(purpose)
            self.check_saved()

    @asynccontextmanager
    async def transaction(self, purpose: str) -> AsyncIterator[aiosqlite.Connection]:
        """A transaction that no other writer outdates."""
        async with self.writing(purpose) as connection, in_transaction(connection, "IMMEDIATE"):
            yield connection

    @asynccontextmanager
    async def snapshot(self, purpose: str) -> AsyncIterator[aiosqlite.Connection]:
        """A transaction that reads."""
        async with self.writing(purpose) as connection, in_transaction(connection, "DEFERRED"):
            yield connection

    def searching(self) -> sqlite3.Connection:
        """The connection for searches from the event loop's own thread."""
        return self._current().searching

    def check_saved(self) -> None:
        """Raise NotSaved if the file went away while it was written."""
        if self._file.moved():
            raise self._file.gone()

    def _current(self) -> _Opened:
        if self._opened is None:
            raise self._trouble or self._file.gone()
        return self._opened

    async def _follow(self) -> None:
        """Open what took the place of the open file, if there is anything."""
        async with self._turn:
            state, stamp = self._file.state(), self._file.stamp()
            if self._opened and state is FileState.OURS:
                self._trouble = None
            elif state is FileState.AWAY or stamp is None:
                self._set_trouble(self._file.gone())
            elif self._opened and state is FileState.LOGLESS:
                await self.close()  # with that, SQLite writes what its log holds into the file
                await self.open()
                log.warning("%s lost the log beside it, and was opened again", self.name)
            else:
                if self._opened and state is FileState.OVERWRITTEN:
                    self._file.void_log()
                    await self.close()
                await self._open_arrived(stamp)

    async def _open_arrived(self, stamp: object) -> None:
        """Open what is there, unless it was tried already or changed within the last second."""
        now = time.monotonic()
        if stamp != self._arrived[0]:
            self._arrived = stamp, now + SETTLED
            self._trouble = self._trouble or self._file.gone()
        if now < self._arrived[1]:
            return
        self._arrived = stamp, math.inf
        self._file.clear_away()
        try:
            await self.open()
        except StoreError as error:
            self._set_trouble(error)
        else:
            self._trouble = None
            log.warning("%s was replaced while it was open: the new one is in use", self.name)

    def _set_trouble(self, trouble: StoreError) -> None:
        if str(trouble) != str(self._trouble):
            log.error("%s", trouble)
        self._trouble = trouble

    async def _connect(self, stack: AsyncExitStack) -> aiosqlite.Connection:
        return await stack.enter_async_context(_connection(self._file.address, self._busy_seconds))

    def _connect_for_searches(self) -> sqlite3.Connection:
        connection = _connect(self._file.address, min(self._busy_seconds, _AT_ONCE_SECONDS))
        connection.execute("PRAGMA query_only = ON")
        # In memory a writer would lock readers out; for a file this does nothing.
        connection.execute("PRAGMA read_uncommitted = ON")
        return connection


@asynccontextmanager
async def in_transaction(
    connection: aiosqlite.Connection, mode: Literal["DEFERRED", "IMMEDIATE"]
) -> AsyncIterator[aiosqlite.Connection]:
    """A transaction on a connection in autocommit mode: rolled back if an error leaves it, else committed.

    IMMEDIATE is for writing: no other writer can outdate what is read inside.
    """
    try:
        await connection.execute_fetchall(f"BEGIN {mode}")
        yield connection
        await connection.execute_fetchall("COMMIT")
    except BaseException:
        # Also if BEGIN is on its way: calls run in order, and without a transaction this does nothing.
        await connection.rollback()
        raise


@asynccontextmanager
async def _connection(address: str, busy_seconds: float) -> AsyncIterator[aiosqlite.Connection]:
    # If it failed in the thread of aiosqlite 0.22, that would report to a loop that is closed.
    connected = _connect(address, busy_seconds)
    async with aiosqlite.Connection(lambda: connected, _ROWS_AT_ONCE) as connection:
        await connection.execute_fetchall("PRAGMA foreign_keys = ON")
        yield connection


def _connect(address: str, busy_seconds: float) -> sqlite3.Connection:
    return sqlite3.connect(
        address, uri=True, timeout=busy_seconds, isolation_level=None, check_same_thread=False
    )
