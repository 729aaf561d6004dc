"""One reader and one writer for all that the bot keeps beside the newsletters."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractContextManager, asynccontextmanager
from typing import TypeVar

import aiosqlite

from store.connection import Value, select_as
from store.faults import telling

T = TypeVar("T")


class Writer:
    """Reads on the connection that all share, and writes on one of its own, so
    that nobody who reads waits for it.
    """

    def __init__(
        self,
        reading: aiosqlite.Connection,
        connect: Callable[[], Awaitable[aiosqlite.Connection]],
        where: str,
    ) -> None:
        self._reading = reading
        self._connect = connect
        self._where = where
        self._writing: aiosqlite.Connection | None = None
        self._turn = asyncio.Lock()

    def telling(self) -> AbstractContextManager[None]:
        """What is wrong with the database inside, as a sentence that names it."""
        return telling(self._where)

    async def read(self, row: type[T], sql: str, *parameters: Value) -> list[T]:
        """All rows of a query."""
        with self.telling():
            return await select_as(self._reading, row, sql, *parameters)

    async def write(self, sql: str, *parameters: Value) -> None:
        """Carry out one statement."""
        async with self.connection() as connection:
            await connection.execute_fetchall(sql, parameters)

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[aiosqlite.Connection]:
        """The writing connection, for one task at a time."""
        async with self._turn:
            with self.telling():
                self._writing = self._writing or await self._connect()
                yield self._writing
