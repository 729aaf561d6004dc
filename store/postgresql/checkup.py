"""Checks whether the database is sound, and who copies it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from bot.errors import InputError
from store.postgresql.connections import ServerConnections
from store.postgresql.migrating import schema_version
from store.queries import select, upsert

_TRY: Final = upsert("memo", ("name", "value"), "name")
_UNDO: Final = "DELETE FROM memo WHERE name = ?"
_NAME: Final = "checked"
_INVALID: Final = """
    SELECT 'the index ' || indexrelid::regclass || ' is not valid' FROM pg_index
    JOIN pg_class ON pg_class.oid = indexrelid
    WHERE NOT indisvalid AND relnamespace = to_regnamespace(current_schema())
"""


class ServerCheckup:
    """`bot.ports.Checkup` over PostgreSQL. Its pages are the server's own business; damage is
    what the server itself says of our indexes.
    """

    def __init__(self, database: ServerConnections) -> None:
        self._database = database

    async def version(self) -> int:
        async with self._database.writing("") as connection:
            return await schema_version(connection, self._database.name)

    async def damage(self) -> Sequence[str]:
        async with self._database.writing("") as connection:
            return [line for (line,) in await select(connection, _INVALID)]

    async def writable(self) -> None:
        async with self._database.transaction("checkup") as connection:
            await connection.execute_fetchall(_TRY, (_NAME, ""))
            await connection.execute_fetchall(_UNDO, (_NAME,))


class ServerBackup:
    """`bot.ports.Backup` over PostgreSQL, which has better tools for that."""

    def __init__(self, database: ServerConnections) -> None:
        self._database = database

    async def copy_to(self, path: Path) -> int:
        raise InputError(
            f"{self._database.name} is backed up by PostgreSQL's own tools: "
            f"pg_dump --format=custom --file={path} with the same address."
        )
