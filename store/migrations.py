"""The schema, as the steps that lead to it.

A later step is another `Migration` at the end of `MIGRATIONS`; steps that have
been released are never edited. SQLite's `user_version` is the last step taken.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import aiosqlite

from bot.errors import StoreError
from store import (
    arrivals,
    forgetting,
    installations,
    lease,
    linked_replies,
    outbox,
    preferences,
    search_index,
    sources,
    subscriptions,
)
from store.queries import in_transaction, select_as
from store.schema import NEWSLETTERS

APPLICATION_ID: Final = 0x416E424F
"""Marks an SQLite file as ours ("AnBO")."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Migration:
    """One step of the schema, taken wholly or not at all."""

    version: int
    statements: tuple[str, ...]


MIGRATIONS: Final = (
    Migration(
        version=1,
        statements=(
            *NEWSLETTERS,
            *search_index.TABLES,
            *preferences.TABLES,
            *installations.TABLES,
            *linked_replies.TABLES,
            *sources.TABLES,
            *subscriptions.TABLES,
            *arrivals.TABLES,
            *outbox.TABLES,
            *lease.TABLES,
            *forgetting.TABLES,
        ),
    ),
)

_OWNER: Final = """
    SELECT application_id, user_version, (SELECT count(*) FROM sqlite_schema)
    FROM pragma_application_id, pragma_user_version
"""


async def schema_version(connection: aiosqlite.Connection, database: str) -> int:
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
