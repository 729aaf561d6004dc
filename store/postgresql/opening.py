"""Opening a database on a server: checking it, migrating it, and making the local copy."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from bot.errors import NotSaved, StoreError
from bot.ports import DatabaseAddress
from store import search_index
from store.claims import SqlClaims
from store.forgetting import SqlForgetting
from store.installations import SqlInstallations
from store.linked_replies import SqlLinkedReplies
from store.migrations import MIGRATIONS, too_new
from store.opening import Store
from store.postgresql.checkup import ServerBackup, ServerCheckup
from store.postgresql.clock import ServerClock, ServerLease, ServerOutbox
from store.postgresql.connection import ServerConnection
from store.postgresql.connections import ServerConnections, conninfo_of
from store.postgresql.copied import CopiedArchive, CopiedArrivals, CopiedPreferences
from store.postgresql.copy import LocalCopy
from store.postgresql.migrating import migrate, schema_version
from store.preferences import SqlMemo, SqlPreferences
from store.queries import Writer, select_as
from store.sources import SqlSources
from store.sqlite.connections import Connections
from store.sqlite.file import DatabaseFile
from store.sqlite.library import SqliteLibrary
from store.sqlite.opening import prepare
from store.subscriptions import SqlSubscriptions

OLDEST: Final = 150_000
"""The server must be as new as that: 15.0, the oldest that is still maintained."""
_IS_READONLY: Final = "SELECT pg_is_in_recovery() OR current_setting('transaction_read_only') = 'on'"


@asynccontextmanager
async def open_server(
    address: DatabaseAddress,
    *,
    clock: Callable[[], datetime],
    readonly: bool = False,
    watch: bool = False,
    busy_seconds: float = 5.0,
) -> AsyncIterator[Store]:
    """Open the database at that address; its tables are made if it is empty.

    `readonly` never writes there. `watch`: it stays open for long, so the local copy follows
    what others write. `busy_seconds` is how long to wait for a connection or for another
    process. Raises StoreError if the database cannot be used.
    """
    database = ServerConnections(
        conninfo_of(address.text), str(address), readonly=readonly, busy_seconds=busy_seconds
    )
    await _check(database, readonly=readonly)
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(database.opened())
        await _prepare(database, readonly=readonly)
        local = await stack.enter_async_context(_local())
        server_clock = ServerClock(clock)
        await server_clock.ask(database)
        copy = LocalCopy(database, local, server_clock)
        await copy.copy_all()
        if watch:
            await stack.enter_async_context(_running(copy))
        yield await _store(database, local, copy, server_clock, readonly=readonly)


async def _store(
    database: ServerConnections,
    local: Connections,
    copy: LocalCopy,
    clock: Callable[[], datetime],
    *,
    readonly: bool,
) -> Store:
    writer = Writer(database)
    return Store(
        library=SqliteLibrary(local, sample=False),
        archive=CopiedArchive(database, clock, copy, readonly=readonly),
        preferences=CopiedPreferences(SqlPreferences(writer), SqlPreferences(Writer(local)), copy),
        memo=SqlMemo(writer),
        installations=SqlInstallations(writer),
        claims=SqlClaims(writer),
        forgetting=SqlForgetting(writer),
        linked_replies=SqlLinkedReplies(writer),
        subscriptions=SqlSubscriptions(writer),
        arrivals=CopiedArrivals(writer, copy),
        outbox=ServerOutbox(writer),
        lease=ServerLease(writer),
        sources=SqlSources(writer),
        checkup=ServerCheckup(database),
        backup=ServerBackup(database),
        search=copy,
        clock=clock,
        shared=True,
        database=database,
        connection=database,
    )


async def _check(database: ServerConnections, *, readonly: bool) -> None:
    """Raise StoreError if the server cannot be reached, is too old, or takes no writes."""
    async with database.own() as link:
        version = link.info.server_version
        if version < OLDEST:
            raise StoreError(
                f"{database.name} is PostgreSQL {version // 10_000}, which is too old. "
                f"Update the server to {OLDEST // 10_000} or later."
            )
        ((closed,),) = await select_as(ServerConnection(link), tuple[bool], _IS_READONLY)
        if closed and not readonly:
            raise NotSaved(
                f"{database.name} is read-only, as a replica is. Name the server that takes writes."
            )


async def _prepare(database: ServerConnections, *, readonly: bool) -> None:
    async with database.writing("") as connection:
        version, latest = await schema_version(connection, database.name), MIGRATIONS[-1].version
    if version > latest:
        raise StoreError(f"{too_new(database.name, version, latest)} Update anbot, or name another database.")
    if readonly and version < latest:
        raise StoreError(f"{database.name} has no tables yet. `anbot index` with any source makes them.")
    if version < latest:
        await migrate(database, MIGRATIONS)
    if not readonly:
        purpose = "newsletters"
        await search_index.refresh(
            partial(database.snapshot, purpose), partial(database.transaction, purpose)
        )


@asynccontextmanager
async def _local() -> AsyncIterator[Connections]:
    """An empty copy, in a folder that is deleted at the end."""
    with TemporaryDirectory(prefix="anbot-", ignore_cleanup_errors=True) as folder:
        file = DatabaseFile(path=Path(folder) / "copy.sqlite", readonly=False)
        local = Connections(file, partial(prepare, database=file.name, readonly=False), 5.0)
        await local.open()
        try:
            yield local
        finally:
            await local.close()


@asynccontextmanager
async def _running(copy: LocalCopy) -> AsyncIterator[None]:
    """Keep the copy in step meanwhile."""
    following = asyncio.create_task(copy.follow())
    try:
        yield
    finally:
        following.cancel()
        with suppress(asyncio.CancelledError):
            await following
