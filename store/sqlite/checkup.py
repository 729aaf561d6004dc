"""Checks whether the database is sound."""

from typing import Final

from store.migrations import TABLES
from store.queries import select_as
from store.sqlite.connections import Connections
from store.sqlite.errors import as_store_errors
from store.sqlite.migrating import schema_version

_NAMES: Final = "SELECT name FROM sqlite_schema WHERE type = 'table'"
_SOUND: Final = "ok"
_HEADING: Final = "***"
_TRIED: Final = 65_536
_TRY: Final = "INSERT OR REPLACE INTO memo (name, value) VALUES ('checked', ?)"
_UNDO: Final = "DELETE FROM memo WHERE name = 'checked'"


class SqliteCheckup:
    """`bot.ports.Checkup` over SQLite."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    async def version(self) -> int:
        with as_store_errors(self._connections.name):
            return await schema_version(await self._connections.reading(), self._connections.name)

    async def damage(self) -> list[str]:
        with as_store_errors(self._connections.name):
            reading = await self._connections.reading()
            rows = await select_as(reading, tuple[str], "PRAGMA quick_check")
            tables = {name for (name,) in await select_as(reading, tuple[str], _NAMES)}
        lines = [line for (text,) in rows for line in text.splitlines()]
        missing = [f"the table {name} is missing" for name in TABLES if name not in tables]
        return [line for line in lines if line != _SOUND and not line.startswith(_HEADING)] + missing

    async def writable(self) -> None:
        with as_store_errors(self._connections.name):
            # Only what is really written shows that the disk has room.
            async with self._connections.transaction("checkup") as connection:
                await connection.execute_fetchall(_TRY, ("x" * _TRIED,))
            async with self._connections.writing("checkup") as connection:
                await connection.execute_fetchall(_UNDO)
