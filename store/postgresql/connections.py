"""`store.database.Database` over a pool of connections to a server."""

import asyncio
import logging
import select
import zlib
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import AbstractContextManager, asynccontextmanager
from itertools import chain
from typing import Any, Final
from weakref import WeakKeyDictionary, WeakSet

import psycopg
from psycopg import AsyncConnection, AsyncRawCursor, errors
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from bot.errors import StoreBusy, StoreError
from store.database import Value
from store.postgresql.connection import Link, ServerConnection
from store.postgresql.errors import as_store_errors

# It warns of each try to connect, and there is one a second; what is wrong is in our errors.
logging.getLogger("psycopg.pool").setLevel(logging.ERROR)

_LIMITS: Final[dict[str, Any]] = {
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
}
"""Seconds, and milliseconds, after which a server that does not answer counts as away."""
_STUCK: Final = 60_000
"""Milliseconds after which the server ends a transaction in which nothing happens: its
process is frozen, and others wait for what it has locked.
"""
_ISOLATION: Final = "read committed"
"""Whatever the database has: a transaction reads what those wrote that it waited for."""
_PROMPT: Final = 5.0
"""Seconds that the server has to say that a connection works."""
_FRESH: Final = 0.5
"""Seconds for which a connection that worked is taken to work, unless the server ends it."""
_LOCK: Final = "SELECT pg_advisory_xact_lock(?)"
_MOST: Final = 10
"""Connections of the pool."""
_MARK: Final = """
    SELECT system_identifier, (CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn()
        ELSE pg_current_wal_insert_lsn() END - '0/0'::pg_lsn)::bigint FROM pg_control_system()
"""
"""Which cluster it is, and how far its log has come: that of a replica that lags behind is shorter."""
_MARKS: Final = 5.0
"""Seconds from one look at that to the next, if anything is written."""
_UNMARKED: Final = (errors.InsufficientPrivilege, errors.UndefinedFunction, errors.FeatureNotSupported)
_OTHER: Final = (
    "{database} lacks what was written there before, as after a failover to a replica that lagged behind, or to an "
    "empty one. Bring the former server back, or restart the bot to go on with this one."
)

_COLUMNS: Final = """
    SELECT column_name::text FROM information_schema.columns
    WHERE table_schema = current_schema() AND table_name = ? ORDER BY ordinal_position
"""
_IDENTITIES: Final = """
    SELECT table_name::text, column_name::text FROM information_schema.columns
    WHERE table_schema = current_schema() AND is_identity = 'YES'
"""


class ServerConnections:
    """Connections to a server, made anew once one was lost."""

    def __init__(self, conninfo: str, name: str, *, readonly: bool, busy_seconds: float) -> None:
        self.name = name
        self._conninfo = conninfo
        self._used = 0
        self._mark = 0, 0
        self._marked_at = 0.0
        self._marked: WeakSet[Link] = WeakSet()
        self._worked_at: WeakKeyDictionary[Link, float] = WeakKeyDictionary()
        self._settings = {
            "default_transaction_isolation": _ISOLATION,
            "idle_in_transaction_session_timeout": str(_STUCK),
            "lock_timeout": str(int(busy_seconds * 1000)),
        } | ({"default_transaction_read_only": "on"} if readonly else {})
        self._pool: AsyncConnectionPool[Link] = AsyncConnectionPool(
            conninfo,
            min_size=1,
            max_size=_MOST,
            open=False,
            timeout=busy_seconds,
            reconnect_timeout=busy_seconds,  # so whoever asks after that makes the pool try at once
            configure=self._configure,
            check=self._check,
            kwargs=self._options,
        )

    @property
    def conflict(self) -> type[Exception]:
        """The error of a broken constraint."""
        return psycopg.IntegrityError

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[None]:
        """Have connections meanwhile."""
        async with self._pool:
            yield

    async def execute_fetchall(self, sql: str, parameters: Sequence[Value] = (), /) -> Iterable[Any]:
        """Execute one statement on any connection."""
        return await self.read(sql, parameters)

    async def executemany(self, sql: str, parameters: Iterable[Sequence[Value]], /) -> None:
        """Execute a statement once for each row of parameters, on any connection."""
        async with self.writing("") as connection:
            await connection.executemany(sql, parameters)

    @asynccontextmanager
    async def own(self) -> AsyncIterator[Link]:
        """A connection outside the pool. Raises StoreError if there can be none."""
        with self.as_store_errors():
            link = await AsyncConnection.connect(self._conninfo, **self._options)
            async with link:
                await self._configure(link)
                await self.mark(link)
                yield link

    def as_store_errors(self) -> AbstractContextManager[None]:
        """Raise what is wrong with the database as a StoreError that names it."""
        return as_store_errors(self.name)

    async def columns(self, table: str) -> Sequence[str]:
        """The names of its columns, in their order."""
        return [name for (name,) in await self.read(_COLUMNS, (table,))]

    async def rows_were_copied(self) -> None:
        """Let new ids follow the highest ones."""
        for table, column in await self.read(_IDENTITIES, ()):
            highest = (
                f"SELECT setval(pg_get_serial_sequence('{table}', '{column}'), max({column})) FROM {table}"
            )
            await self.read(f"{highest} HAVING max({column}) IS NOT NULL", ())

    async def read(self, sql: str, parameters: Sequence[Value]) -> Iterable[Any]:
        """All rows of a query."""
        async with self.writing("") as connection:
            return await connection.execute_fetchall(sql, parameters)

    look_up = read

    @asynccontextmanager
    async def writing(self, _purpose: str) -> AsyncIterator[ServerConnection]:
        """A connection for single statements. Raises StoreBusy if all are in use for too long."""
        with self.as_store_errors():
            try:
                async with self._pool.connection() as link:
                    self._used += 1
                    try:
                        if link not in self._marked:
                            await self.mark(link)
                        yield ServerConnection(link)
                        self._worked_at[link] = asyncio.get_running_loop().time()
                    except errors.ReadOnlySqlTransaction:
                        await link.close()  # it stays read-only when others no longer are
                        raise
                    finally:
                        self._used -= 1
            except PoolTimeout as error:
                if self._used < _MOST:
                    raise
                raise StoreBusy(f"{self.name} is busy. Try again in a moment.") from error

    async def mark(self, link: Link) -> None:
        """Remember how far the database has come. Raises StoreError if it was further once."""
        try:
            ((cluster, position),) = await ServerConnection(link).execute_fetchall(_MARK)
        except _UNMARKED:
            cluster, position = self._mark  # this server does not tell
        known, last = self._mark
        if known and (cluster != known or position < last):
            raise StoreError(_OTHER.format(database=self.name))
        self._mark = cluster, position
        self._marked_at = asyncio.get_running_loop().time()
        self._marked.add(link)

    @asynccontextmanager
    async def transaction(self, purpose: str) -> AsyncIterator[ServerConnection]:
        """A transaction that waits for all others of that purpose."""
        async with self.writing(purpose) as connection:
            async with self._in_transaction(connection, "BEGIN"):
                await connection.execute_fetchall(_LOCK, (zlib.crc32(f"anbot {purpose}".encode()),))
                yield connection
            if asyncio.get_running_loop().time() - self._marked_at >= _MARKS:
                await self.mark(connection.link)

    @asynccontextmanager
    async def snapshot(self, purpose: str) -> AsyncIterator[ServerConnection]:
        """A transaction that reads everything as it was at its first query."""
        begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
        async with self.writing(purpose) as connection, self._in_transaction(connection, begin):
            yield connection

    @asynccontextmanager
    async def _in_transaction(self, connection: ServerConnection, begin: str) -> AsyncIterator[None]:
        # If an error leaves it, the pool rolls it back.
        await connection.execute_fetchall(begin)
        yield
        await connection.execute_fetchall("COMMIT")

    @property
    def _options(self) -> dict[str, Any]:
        return {
            **_LIMITS,
            "autocommit": True,
            "cursor_factory": AsyncRawCursor,
            "application_name": "anbot",
        }

    async def _configure(self, link: Link) -> None:
        settings = ", ".join(["set_config(?, ?, false)"] * len(self._settings))
        await ServerConnection(link).execute_fetchall(
            f"SELECT {settings}", list(chain.from_iterable(self._settings.items()))
        )

    async def _check(self, link: Link) -> None:
        """Raise psycopg.Error if the connection was lost."""
        unused = asyncio.get_running_loop().time() - self._worked_at.get(link, float("-inf"))
        if unused < _FRESH and not _has_news(link):
            return
        connection = ServerConnection(link)
        connection.within = _PROMPT
        await connection.execute_fetchall("")


def _has_news(link: Link) -> bool:
    """Whether the server has sent something unasked, as it does when it ends a connection."""
    poll = select.poll()
    poll.register(link.fileno(), select.POLLIN)
    return bool(poll.poll(0))


def conninfo_of(address: str) -> str:
    """The address as libpq reads it. Raises StoreError, without the address, if it is none."""
    try:
        return psycopg.conninfo.make_conninfo(address)
    except psycopg.Error:
        raise StoreError(
            "The address of the database cannot be read. It has the form postgresql://user:password@host/name; "
            "what has a special meaning in an address is written as %40 for @ and the like."
        ) from None
