"""`bot.ports.Checkup` over SQLite."""

from typing import Final

import aiosqlite

from store.connection import select_as, transaction
from store.errors import as_store_errors
from store.migrations import schema_version

_SOUND: Final = "ok"
_HEADING: Final = "***"


class SqliteCheckup:
    """Looks at the database through a connection that others use as well."""

    def __init__(self, connection: aiosqlite.Connection, database: str) -> None:
        self._connection = connection
        self._database = database

    async def version(self) -> int:
        """Of its schema."""
        with as_store_errors(self._database):
            return await schema_version(self._connection, self._database)

    async def damage(self) -> list[str]:
        """What SQLite's own check finds, which reads every page. Raises StoreError
        where a page is damaged so badly that the check itself fails.
        """
        with as_store_errors(self._database):
            found = await select_as(self._connection, tuple[str], "PRAGMA quick_check")
        lines = [line for (told,) in found for line in told.splitlines()]
        return [line for line in lines if line != _SOUND and not line.startswith(_HEADING)]

    async def writable(self) -> None:
        """Take the lock that writing takes, and give it back."""
        with as_store_errors(self._database):
            async with transaction(self._connection, "IMMEDIATE"):
                pass
