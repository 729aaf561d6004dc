"""Opening the database: checking it, migrating it, closing it."""

import asyncio
import os
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final
from uuid import uuid4

import aiosqlite

from bot.errors import StoreError
from bot.ports import (
    Archive,
    ArrivalLog,
    Checkup,
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
from store.checkup import SqliteCheckup
from store.connection import Writer, in_transaction
from store.errors import as_store_errors
from store.installations import SqliteInstallations
from store.library import SqliteLibrary
from store.linked_replies import SqliteLinkedReplies
from store.migrations import MIGRATIONS, migrate, schema_version
from store.outbox import SqliteLease, SqliteOutbox
from store.preferences import SqliteMemo, SqlitePreferences
from store.search_index import SqliteSearchIndex
from store.sources import SqliteSources
from store.subscriptions import SqliteArrivals, SqliteSubscriptions

_MEMORY: Final = Path(":memory:")
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
    linked_replies: LinkedReplies
    subscriptions: SubscriptionStore
    arrivals: ArrivalLog
    outbox: Outbox
    lease: Lease
    sources: Sources
    checkup: Checkup
    search: IndexSource
    connection: aiosqlite.Connection


@asynccontextmanager
async def open_store(
    path: Path | str,
    *,
    clock: Callable[[], datetime],
    readonly: bool = False,
    sample: bool = False,
    busy_seconds: float = 5.0,
) -> AsyncIterator[Store]:
    """Open the database in that file, which is created if it does not exist.

    ":memory:" keeps it in memory. `readonly` never writes, not even to create or
    migrate a database. `sample`: it holds the embedded sample only. `busy_seconds`
    is how long to wait while another process writes. Raises StoreError if the file
    cannot be used.
    """
    path = Path(path)
    database, address = _located(path, readonly=readonly)
    async with AsyncExitStack() as stack:

        async def connect() -> aiosqlite.Connection:
            return await stack.enter_async_context(_connection(address, busy_seconds))

        with as_store_errors(database):
            connection = await connect()
            await _prepare(connection, database, readonly=readonly)

        async def connect_writer() -> aiosqlite.Connection:
            # A second connection to a database in memory would find it locked during a write.
            return connection if path == _MEMORY else await connect()

        with as_store_errors(database):
            search_connection = stack.enter_context(closing(_reading(address, busy_seconds)))
        writer = Writer(connection, connect_writer, database)
        yield Store(
            library=SqliteLibrary(connection, database, sample=sample),
            archive=SqliteArchive(connect_writer, clock, database, readonly=readonly),
            preferences=SqlitePreferences(writer),
            memo=SqliteMemo(writer),
            installations=SqliteInstallations(writer),
            linked_replies=SqliteLinkedReplies(writer),
            subscriptions=SqliteSubscriptions(writer),
            arrivals=SqliteArrivals(writer),
            outbox=SqliteOutbox(writer),
            lease=SqliteLease(writer),
            sources=SqliteSources(writer),
            checkup=SqliteCheckup(connection, database),
            search=SqliteSearchIndex(search_connection, database),
            connection=connection,
        )


def _located(path: Path, *, readonly: bool) -> tuple[str, str]:
    """The database's name for people, and its URI for SQLite."""
    if path == _MEMORY:
        database = "the database in memory"
    else:
        database = str(path)
        _check(path, readonly=readonly)
    return database, _uri(path, readonly=readonly)


def _check(path: Path, *, readonly: bool) -> None:
    """Raise StoreError with the reason for what SQLite would only call "unable to open"."""
    try:
        if path.is_dir():
            raise StoreError(f"{path} is a folder. Name a file in it with --db, such as {path / 'anbot.db'}.")
        if readonly and not path.exists():
            raise StoreError(_nothing_in(path))
        if not readonly:
            path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"{path} cannot hold the database ({error.strerror}). Name another file with --db."
        ) from error


@asynccontextmanager
async def _connection(address: str, busy_seconds: float) -> AsyncIterator[aiosqlite.Connection]:
    async with aiosqlite.connect(address, uri=True, timeout=busy_seconds, isolation_level=None) as connection:
        await connection.execute_fetchall("PRAGMA foreign_keys = ON")
        yield connection


def _reading(address: str, busy_seconds: float) -> sqlite3.Connection:
    """A connection for lookups from the event loop's own thread."""
    connection = sqlite3.connect(address, uri=True, timeout=busy_seconds, isolation_level=None)
    connection.execute("PRAGMA query_only = ON")
    # In memory a writer would lock readers out; for a file this does nothing.
    connection.execute("PRAGMA read_uncommitted = ON")
    return connection


def _uri(path: Path, *, readonly: bool) -> str:
    if path == _MEMORY:
        # With a name, several connections share the database.
        return f"file:{uuid4().hex}?mode=memory&cache=shared"
    address = path.absolute().as_uri()
    if not readonly:
        return f"{address}?mode=rwc"
    log = path.with_name(f"{path.name}-wal")
    # Reading needs a shared-memory file beside the database. If none can be created,
    # nobody writes either, and SQLite may read without it.
    effective = os.access in os.supports_effective_ids
    if not os.access(path.parent, os.W_OK, effective_ids=effective) and not log.exists():
        return f"{address}?mode=ro&immutable=1"
    return f"{address}?mode=ro"


async def _prepare(connection: aiosqlite.Connection, database: str, *, readonly: bool) -> None:
    version, latest = await schema_version(connection, database), MIGRATIONS[-1].version
    if version > latest:
        raise StoreError(
            f"{database} was written by a newer anbot (its schema is {version}, this one knows {latest}). "
            "Update anbot, or name another file with --db."
        )
    if readonly and version < latest:
        raise StoreError(_outdated(database, version, latest) if version else _nothing_in(database))
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


def _nothing_in(database: Path | str) -> str:
    return f"There is no database in {database} yet. Make one with `anbot index`, or name another with --db."


def _outdated(database: str, version: int, latest: int) -> str:
    return (
        f"{database} was written by an older anbot (its schema is {version}, this one needs {latest}). "
        "`anbot index` with any source brings it up to date."
    )
