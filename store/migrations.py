"""The schema, as the steps that led to it.

A later step is another `Migration` at the end of `MIGRATIONS`; steps that
have been released are never edited. The table `migration` tells what was done
to a database and when, and so how far it is.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import aiosqlite

from bot.errors import StoreError
from store import digest_rows, installations, linked_replies, preferences, search_index, sources
from store.connection import select_as, transaction
from store.schema import NEWSLETTERS

APPLICATION_ID: Final = 0x416E424F
"""Marks an SQLite file as ours ("AnBO")."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Migration:
    """One step of the schema: all its statements and their record, or nothing."""

    version: int
    what: str
    statements: tuple[str, ...]


MIGRATIONS: Final = (
    Migration(version=1, what="Issues, summaries and what each source said of them", statements=NEWSLETTERS),
    Migration(version=2, what="The tables that the search reads", statements=search_index.TABLES),
    Migration(version=3, what="What places want, and what the bot remembers", statements=preferences.TABLES),
    Migration(version=4, what="Which servers let the bot in", statements=installations.TABLES),
    Migration(
        version=5,
        what="What was answered unasked, and who wants none of it",
        statements=linked_replies.TABLES,
    ),
    Migration(
        version=6, what="Where the newsletter is polled from, and how that went", statements=sources.TABLES
    ),
    Migration(
        version=7, what="Subscriptions to digests, and their deliveries", statements=digest_rows.TABLES
    ),
    Migration(version=8, what="Addresses, compared in another way", statements=(search_index.OUTDATE,)),
    Migration(
        version=9,
        what="Beside which message what was linked is shown, and addresses compared in another way",
        statements=(linked_replies.SHOWN_BESIDE, search_index.OUTDATE),
    ),
)

_RECORDS: Final = """
    CREATE TABLE IF NOT EXISTS migration (
        version INTEGER PRIMARY KEY,
        what TEXT NOT NULL,
        applied TEXT NOT NULL
    ) STRICT
"""
_OWNER: Final = "SELECT application_id, (SELECT count(*) FROM sqlite_schema) FROM pragma_application_id"


async def schema_version(connection: aiosqlite.Connection, database: str) -> int:
    """The version of an open database, 0 for an empty one.

    Raises StoreError for a database of another program.
    """
    ((application, tables),) = await select_as(connection, tuple[int, int], _OWNER)
    if application == APPLICATION_ID:
        ((version,),) = await select_as(connection, tuple[int], "SELECT max(version) FROM migration")
        return version
    if tables:
        raise StoreError(
            f"{database} is a database of another program. Name another file with --db; this one was left as it is."
        )
    return 0


async def migrate(
    connection: aiosqlite.Connection,
    clock: Callable[[], datetime],
    database: str,
    migrations: Sequence[Migration],
) -> None:
    """Take the steps this database has not taken, each in a transaction of its own."""
    for migration in migrations:
        async with transaction(connection, "IMMEDIATE"):
            # Asked inside the transaction: another process may have been here first.
            if await schema_version(connection, database) < migration.version:
                await _apply(connection, migration, clock())


async def _apply(connection: aiosqlite.Connection, migration: Migration, now: datetime) -> None:
    for statement in (_RECORDS, *migration.statements):
        await connection.execute_fetchall(statement)
    await connection.execute_fetchall(
        "INSERT INTO migration VALUES (?, ?, ?)", (migration.version, migration.what, now.isoformat())
    )
    await connection.execute_fetchall(f"PRAGMA application_id = {APPLICATION_ID}")
