"""What is done with a connection: select rows, and write in transactions."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractContextManager, asynccontextmanager
from typing import Any, Literal, TypeVar, cast

import aiosqlite
import msgspec

from store.errors import as_store_errors

Row = tuple[Any, ...]
Value = str | int | bytes | None
Mode = Literal["DEFERRED", "IMMEDIATE"]
T = TypeVar("T")


async def select(connection: aiosqlite.Connection, sql: str, *parameters: Value) -> list[Row]:
    """All rows of a query, in one call to the connection's thread."""
    # Typed as `sqlite3.Row`, which they are only where a row factory says so.
    return cast(list[Row], await connection.execute_fetchall(sql, parameters))


async def select_as(connection: aiosqlite.Connection, row: type[T], sql: str, *parameters: Value) -> list[T]:
    """The same, with rows of that type: `tuple[str, int]`.

    Raises msgspec.ValidationError where a damaged database holds something else.
    """
    return [msgspec.convert(found, row) for found in await select(connection, sql, *parameters)]


@asynccontextmanager
async def transaction(connection: aiosqlite.Connection, mode: Mode) -> AsyncIterator[None]:
    """All that is written inside or nothing; what is read is of one moment.

    IMMEDIATE is for writing: it takes the lock at once, so that nothing read
    inside can be outdated by another writer. The connection must be in
    autocommit mode.
    """
    try:
        await connection.execute_fetchall(f"BEGIN {mode}")
        yield
        await connection.execute_fetchall("COMMIT")
    except BaseException:
        # Also when the task was cancelled while BEGIN was on its way: calls
        # run in order, and without a transaction this does nothing.
        await connection.rollback()
        raise


class Writer:
    """Reads on the connection that all share, and writes on one of its own, so
    that nobody who reads waits for it.
    """

    def __init__(
        self,
        reading: aiosqlite.Connection,
        connect: Callable[[], Awaitable[aiosqlite.Connection]],
        database: str,
    ) -> None:
        self._reading = reading
        self._connect = connect
        self._database = database
        self._writing: aiosqlite.Connection | None = None
        self._turn = asyncio.Lock()

    def as_store_errors(self) -> AbstractContextManager[None]:
        """What is wrong with the database inside, as a sentence that names it."""
        return as_store_errors(self._database)

    async def read(self, row: type[T], sql: str, *parameters: Value) -> list[T]:
        """All rows of a query."""
        with self.as_store_errors():
            return await select_as(self._reading, row, sql, *parameters)

    async def write(self, sql: str, *parameters: Value) -> None:
        """Carry out one statement."""
        async with self.connection() as connection:
            await connection.execute_fetchall(sql, parameters)

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[aiosqlite.Connection]:
        """The writing connection, for one task at a time."""
        async with self._turn:
            with self.as_store_errors():
                self._writing = self._writing or await self._connect()
                yield self._writing
