"""What is done with a connection: select rows, and write in transactions."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Literal, TypeVar, cast

import aiosqlite
import msgspec

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
