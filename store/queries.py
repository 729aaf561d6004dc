"""Queries and transactions on a connection."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractContextManager, asynccontextmanager
from typing import Any, Literal, TypeVar, cast

import aiosqlite
import msgspec

from store.connections import Connections
from store.errors import as_store_errors

Row = tuple[Any, ...]
Value = str | int | bytes | None
Mode = Literal["DEFERRED", "IMMEDIATE"]
T = TypeVar("T")


async def select(connection: aiosqlite.Connection, sql: str, *parameters: Value) -> list[Row]:
    """All rows of a query, in one call to the connection's thread."""
    # aiosqlite types them as `sqlite3.Row`, which they are only with a row factory.
    return cast(list[Row], await connection.execute_fetchall(sql, parameters))


async def select_as(connection: aiosqlite.Connection, row: type[T], sql: str, *parameters: Value) -> list[T]:
    """All rows of a query as values of a type, such as `tuple[str, int]`.

    Raises msgspec.ValidationError if a damaged database holds something else.
    """
    return [msgspec.convert(columns, row) for columns in await select(connection, sql, *parameters)]


@asynccontextmanager
async def in_transaction(connection: aiosqlite.Connection, mode: Mode) -> AsyncIterator[None]:
    """A transaction: rolled back if an error leaves it, else committed.

    IMMEDIATE is for writing: it takes the lock at once, so that no other writer
    can outdate what is read inside. The connection must be in autocommit mode.
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
    """Reads on the shared connection and writes on its own, so that no reader waits for a writer."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self._turn = asyncio.Lock()

    def as_store_errors(self) -> AbstractContextManager[None]:
        """Raise what goes wrong with the database inside as a StoreError that names it."""
        return as_store_errors(self._connections.name)

    async def read(self, row: type[T], sql: str, *parameters: Value) -> list[T]:
        """All rows of a query as values of a type."""
        with self.as_store_errors():
            return await select_as(await self._connections.reading(), row, sql, *parameters)

    async def write(self, sql: str, *parameters: Value) -> None:
        """Execute one statement."""
        async with self.connection() as connection:
            await connection.execute_fetchall(sql, parameters)

    async def changes(self, sql: str, *parameters: Value) -> int:
        """Execute a statement that returns the ids of the rows it changes, and count them."""
        async with self.connection() as connection:
            return len(await select_as(connection, tuple[str], sql, *parameters))

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[aiosqlite.Connection]:
        """The writing connection in a transaction."""
        async with self.connection() as connection, in_transaction(connection, "IMMEDIATE"):
            yield connection

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[aiosqlite.Connection]:
        """The writing connection, for one task at a time."""
        async with self._turn:
            with self.as_store_errors():
                yield await self._connections.writing("rows")
            self._connections.check_saved()
