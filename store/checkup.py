"""Checks whether the database is sound."""

from typing import Final

import aiosqlite

from store.connection import in_transaction, select_as
from store.errors import as_store_errors
from store.migrations import schema_version

_SOUND: Final = "ok"
_HEADING: Final = "***"


class SqliteCheckup:
    """`bot.ports.Checkup` over SQLite."""

    def __init__(self, connection: aiosqlite.Connection, database: str) -> None:
        self._connection = connection
        self._database = database

    async def version(self) -> int:
        with as_store_errors(self._database):
            return await schema_version(self._connection, self._database)

    async def damage(self) -> list[str]:
        with as_store_errors(self._database):
            rows = await select_as(self._connection, tuple[str], "PRAGMA quick_check")
        lines = [line for (text,) in rows for line in text.splitlines()]
        return [line for line in lines if line != _SOUND and not line.startswith(_HEADING)]

    async def writable(self) -> None:
        with as_store_errors(self._database):
            async with in_transaction(self._connection, "IMMEDIATE"):
                pass  # the lock that writing needs was free
