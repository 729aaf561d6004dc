"""Opening the database: checking it, migrating it, closing it."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

import aiosqlite

from bot.errors import StoreError
from bot.ports import (
    Archive,
    ArrivalLog,
    Backup,
    Checkup,
    Forgetting,
    Installations,
    Lease,
    Library,
    LinkedReplies,
    Memo,
    Outbox,
    PreferenceStore,
    Sources,
    SubscriptionStore,
)
from bot.search.index import IndexSource
from store import search_index
from store.archive import SqliteArchive
from store.arrivals import SqliteArrivals
from store.backup import SqliteBackup
from store.checkup import SqliteCheckup
from store.connections import Connections
from store.file import DatabaseFile, nothing_in
from store.forgetting import SqliteForgetting
from store.installations import SqliteInstallations
from store.lease import SqliteLease
from store.library import SqliteLibrary
from store.linked_replies import SqliteLinkedReplies
from store.migrations import MIGRATIONS, migrate, schema_version
from store.outbox import SqliteOutbox
from store.preferences import SqliteMemo, SqlitePreferences
from store.queries import Writer, in_transaction
from store.search_index import SqliteSearchIndex
from store.sources import SqliteSources
from store.subscriptions import SqliteSubscriptions

_BACKING_OFF: Final = (0.01, 0.02, 0.05, 0.1, 0.3, 0.0)
"""Seconds to wait after each try; there is no try after the last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    """An open database.

    `connection` is for reading and in autocommit mode. Only tests use it directly.
    """

    library: Library
    archive: Archive
    preferences: PreferenceStore
    memo: Memo
    installations: Installations
    forgetting: Forgetting
    linked_replies: LinkedReplies
    subscriptions: SubscriptionStore
    arrivals: ArrivalLog
    outbox: Outbox
    lease: Lease
    sources: Sources
    checkup: Checkup
    backup: Backup
    search: IndexSource
    connection: aiosqlite.Connection


@asynccontextmanager
async def open_store(  # noqa: PLR0913 - each is a choice of its own
    path: Path | str,
    *,
    clock: Callable[[], datetime],
    readonly: bool = False,
    sample: bool = False,
    watch: bool = False,
    busy_seconds: float = 5.0,
) -> AsyncIterator[Store]:
    """Open the database in that file, which is created for its owner alone if it does not exist.

    ":memory:" keeps it in memory. `readonly` never writes, not even to create or
    migrate a database. `sample`: it holds the embedded sample only. `watch`: it stays
    open for long, so it is noticed if somebody overwrites it. `busy_seconds` is how long
    to wait while another process writes. Raises StoreError if the file cannot be used.
    """
    file = DatabaseFile(path=Path(path), readonly=readonly, watched=watch)
    connections = Connections(file, partial(_prepare, database=file.name, readonly=readonly), busy_seconds)
    await connections.open()
    async with AsyncExitStack() as stack:
        stack.push_async_callback(connections.close)
        writer = Writer(connections)
        yield Store(
            library=SqliteLibrary(connections, sample=sample),
            archive=SqliteArchive(connections, clock, readonly=readonly),
            preferences=SqlitePreferences(writer),
            memo=SqliteMemo(writer),
            installations=SqliteInstallations(writer),
            forgetting=SqliteForgetting(writer),
            linked_replies=SqliteLinkedReplies(writer),
            subscriptions=SqliteSubscriptions(writer),
            arrivals=SqliteArrivals(writer),
            outbox=SqliteOutbox(writer),
            lease=SqliteLease(writer),
            sources=SqliteSources(writer),
            checkup=SqliteCheckup(connections),
            backup=SqliteBackup(connections),
            search=SqliteSearchIndex(connections),
            connection=await connections.reading(),
        )


async def _prepare(connection: aiosqlite.Connection, database: str, *, readonly: bool) -> None:
    version, latest = await schema_version(connection, database), MIGRATIONS[-1].version
    if version > latest:
        raise StoreError(
            f"{database} was written by a newer anbot (its schema is {version}, this one knows {latest}). "
            "Update anbot, or name another file with --db."
        )
    if readonly and version < latest:
        raise StoreError(_outdated(database, version, latest) if version else nothing_in(database))
    if version < latest:
        await _use_log(connection)
        await migrate(connection, database, MIGRATIONS)
    if not readonly and await search_index.is_outdated(connection):
        async with in_transaction(connection, "IMMEDIATE"):
            await search_index.refresh(connection)


async def _use_log(connection: aiosqlite.Connection) -> None:
    """Switch to the write-ahead log, so that readers and a writer do not wait for each other.

    It cannot be set in a transaction, and if several processes set it at once,
    SQLite refuses some at once instead of waiting.
    """
    for seconds in _BACKING_OFF:
        try:
            await connection.execute_fetchall("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or not seconds:
                raise
            await asyncio.sleep(seconds)
        else:
            return


def _outdated(database: str, version: int, latest: int) -> str:
    return (
        f"{database} was written by an older anbot (its schema is {version}, this one needs {latest}). "
        "`anbot index` with any source brings it up to date."
    )
