"""Opening the database: checking it, migrating it, closing it."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

import aiosqlite

from bot.errors import StoreError
from store import search_index
from store.archive import SqlArchive
from store.arrivals import SqlArrivals
from store.claims import SqlClaims
from store.forgetting import SqlForgetting
from store.installations import SqlInstallations
from store.lease import SqlLease
from store.linked_replies import SqlLinkedReplies
from store.migrations import MIGRATIONS, too_new
from store.opening import Store
from store.outbox import SqlOutbox
from store.preferences import SqlMemo, SqlPreferences
from store.queries import Writer
from store.sources import SqlSources
from store.sqlite.backup import SqliteBackup
from store.sqlite.checkup import SqliteCheckup
from store.sqlite.connections import Connections, in_transaction
from store.sqlite.file import DatabaseFile, nothing_in
from store.sqlite.library import SqliteLibrary
from store.sqlite.migrating import migrate, schema_version
from store.sqlite.search_index import SqliteSearchIndex
from store.subscriptions import SqlSubscriptions

_BACKING_OFF: Final = (0.01, 0.02, 0.05, 0.1, 0.3, 0.0)
"""Seconds to wait after each try; there is no try after the last."""


@asynccontextmanager
async def open_file(  # noqa: PLR0913 - each is a choice of its own
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
    connections = Connections(file, partial(prepare, database=file.name, readonly=readonly), busy_seconds)
    await connections.open()
    async with AsyncExitStack() as stack:
        stack.push_async_callback(connections.close)
        writer = Writer(connections)
        yield Store(
            library=SqliteLibrary(connections, sample=sample),
            archive=SqlArchive(connections, clock, readonly=readonly),
            preferences=SqlPreferences(writer),
            memo=SqlMemo(writer),
            installations=SqlInstallations(writer),
            claims=SqlClaims(writer),
            forgetting=SqlForgetting(writer),
            linked_replies=SqlLinkedReplies(writer),
            subscriptions=SqlSubscriptions(writer),
            arrivals=SqlArrivals(writer),
            outbox=SqlOutbox(writer),
            lease=SqlLease(writer),
            sources=SqlSources(writer),
            checkup=SqliteCheckup(connections),
            backup=SqliteBackup(connections),
            search=SqliteSearchIndex(connections),
            clock=clock,
            shared=False,
            database=connections,
            connection=await connections.reading(),
        )


async def prepare(connection: aiosqlite.Connection, database: str, *, readonly: bool) -> None:
    """Check a database that was just opened, and bring it up to date."""
    version, latest = await schema_version(connection, database), MIGRATIONS[-1].version
    if version > latest:
        raise StoreError(
            f"{too_new(database, version, latest)} Update anbot, or name another file with --db."
        )
    if readonly and version < latest:
        raise StoreError(_outdated(database, version, latest) if version else nothing_in(database))
    if version < latest:
        await _use_log(connection)
        await migrate(connection, database, MIGRATIONS)
    if not readonly:
        await search_index.refresh(
            partial(in_transaction, connection, "DEFERRED"), partial(in_transaction, connection, "IMMEDIATE")
        )


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
