"""Queries on a connection or a database, and statements that are alike."""

from collections.abc import Collection
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from typing import Final, TypeVar

import msgspec

from bot.ports.retrying import retried
from store.database import Connection, Database, Row, Value

T = TypeVar("T")
_PURPOSE: Final = "rows"


async def select(connection: Connection, sql: str, *parameters: Value) -> list[Row]:
    """All rows of a query."""
    return list(await connection.execute_fetchall(sql, parameters))


async def select_as(connection: Connection, row: type[T], sql: str, *parameters: Value) -> list[T]:
    """All rows of a query as values of a type, such as `tuple[str, int]`.

    Raises msgspec.ValidationError if a damaged database holds something else.
    """
    return [msgspec.convert(columns, row) for columns in await connection.execute_fetchall(sql, parameters)]


def marks(count: int) -> str:
    """Placeholders for that many parameters, as a list that is never empty.

    >>> marks(3), marks(0)
    ('?, ?, ?', 'NULL')
    """
    return ", ".join("?" * count) or "NULL"


def upsert(table: str, columns: Collection[str], *key: str, rows: int = 1) -> str:
    """The statement that inserts rows of the columns, each in place of the one of the same key."""
    values = ", ".join([f"({marks(len(columns))})"] * rows)
    changed = ", ".join(f"{name} = excluded.{name}" for name in columns if name not in key)
    instead = f"UPDATE SET {changed}" if changed else "NOTHING"
    return (
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES {values} "
        f"ON CONFLICT ({', '.join(key)}) DO {instead}"
    )


class Writer:
    """Reads and writes rows, one write at a time in a process that has a single connection for it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def as_store_errors(self) -> AbstractContextManager[None]:
        """Raise what goes wrong with the database inside as a StoreError that names it."""
        return self._database.as_store_errors()

    @retried
    async def read(self, row: type[T], sql: str, *parameters: Value) -> list[T]:
        """All rows of a query as values of a type."""
        with self.as_store_errors():
            return [msgspec.convert(columns, row) for columns in await self._database.read(sql, parameters)]

    async def look_up(self, row: type[T], sql: str, *parameters: Value) -> list[T]:
        """All rows of a query that finds a few by an index, as values of a type."""
        with self.as_store_errors():
            return [
                msgspec.convert(columns, row) for columns in await self._database.look_up(sql, parameters)
            ]

    @retried
    async def write(self, sql: str, *parameters: Value) -> None:
        """Execute one statement."""
        async with self.connection() as connection:
            await connection.execute_fetchall(sql, parameters)

    @retried
    async def changes(self, sql: str, *parameters: Value) -> int:
        """Execute a statement that returns the ids of the rows it changes, and count them."""
        async with self.connection() as connection:
            return len(await select_as(connection, tuple[str], sql, *parameters))

    def transaction(self) -> AbstractAsyncContextManager[Connection]:
        """A connection in a transaction."""
        return self._database.transaction(_PURPOSE)

    def connection(self) -> AbstractAsyncContextManager[Connection]:
        """A connection for single statements."""
        return self._database.writing(_PURPOSE)
