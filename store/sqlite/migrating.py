"""Brings an SQLite file up to date. Its `user_version` is the last step taken."""

from collections.abc import Sequence
from typing import Final

import aiosqlite

from bot.errors import StoreError
from store.database import Connection
from store.migrations import Migration
from store.queries import select_as
from store.sqlite.connections import in_transaction

APPLICATION_ID: Final = 0x416E424F
"""Marks an SQLite file as ours ("AnBO")."""
_OWNER: Final = """
    SELECT application_id, user_version, (SELECT count(*) FROM sqlite_schema)
    FROM pragma_application_id, pragma_user_version
"""


async def schema_version(connection: Connection, database: str) -> int:
    """The version of an open database, 0 for an empty one.

    Raises StoreError for a database of another program.
    """
    ((application, version, tables),) = await select_as(connection, tuple[int, int, int], _OWNER)
    if application == APPLICATION_ID:
        return version
    if tables:
        raise StoreError(
            f"{database} is a database of another program. Name another file with --db; this one was left as it is."
        )
    return 0


async def migrate(connection: aiosqlite.Connection, database: str, migrations: Sequence[Migration]) -> None:
    """Take the steps that this database has not taken, each in a transaction of its own."""
    for migration in migrations:
        async with in_transaction(connection, "IMMEDIATE"):
            # Read inside the transaction, because another process may have migrated meanwhile.
            if await schema_version(connection, database) < migration.version:
                await _apply(connection, migration)


async def _apply(connection: aiosqlite.Connection, migration: Migration) -> None:
    header = (
        f"PRAGMA application_id = {APPLICATION_ID}",
        f"PRAGMA user_version = {migration.version}",
    )
    for statement in (*migration.statements, *header):
        await connection.execute_fetchall(statement)
