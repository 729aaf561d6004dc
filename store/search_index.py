"""`bot.search.index.IndexSource`: the index as one value in the database, swapped when its generation changes.

It is read through a connection of its own, from the caller's thread.
`PRAGMA data_version` tells in two microseconds whether anybody has written
anything, in this process or another; only then is the generation read.
"""

import asyncio
import sqlite3
from collections.abc import Iterable
from typing import Final
from zlib import crc32

import aiosqlite
import msgspec

from bot.errors import StoreError
from bot.runtime.collection import without_collection
from bot.search.building import Contents
from bot.search.index import Index
from bot.search.stored import FORMAT
from store import newsletter_rows
from store.connections import Connections
from store.errors import as_store_errors
from store.queries import Row, select

TABLES: Final = (
    """
    CREATE TABLE search_index (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        generation INTEGER NOT NULL,
        format INTEGER NOT NULL,
        outdated INTEGER NOT NULL CHECK (outdated IN (0, 1)),
        checksum INTEGER NOT NULL,
        value BLOB NOT NULL
    ) STRICT
    """,
    "INSERT INTO search_index VALUES (1, 0, 0, 1, 0, x'')",
)
_OUTDATE: Final = "UPDATE search_index SET outdated = 1"
_ISSUES: Final = "SELECT whole FROM issue ORDER BY number, label"
_NEXT: Final = (
    "UPDATE search_index SET generation = generation + 1, format = ?, outdated = 0, checksum = ?, value = ?"
)


class SqliteSearchIndex:
    """Holds one generation of the index in memory, and follows the database."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self._connection = connections.searching()
        self._version = -1
        self._generation = -1
        self._index = Index(b"")

    def current(self) -> Index:
        """The index of the latest generation.

        While another process keeps the database from being read, the one in memory serves.
        """
        if self._connection is not (connection := self._connections.searching()):
            self._connection, self._version, self._generation = connection, -1, -1
        try:
            ((version,),) = self._connection.execute("PRAGMA data_version").fetchall()
            if version != self._version:
                self._follow()
                self._version = version
        except sqlite3.OperationalError as error:
            if self._generation < 0 or error.sqlite_errorcode not in _BUSY:
                with as_store_errors(self._connections.name):
                    raise
        except sqlite3.Error:
            with as_store_errors(self._connections.name):
                raise
        return self._index

    def _follow(self) -> None:
        ((generation,),) = self._connection.execute("SELECT generation FROM search_index").fetchall()
        if generation == self._generation:
            return
        ((generation, form, checksum, value),) = self._connection.execute(
            "SELECT generation, format, checksum, value FROM search_index"
        ).fetchall()
        if value and form != FORMAT:
            raise StoreError(
                f"The search index in {self._connections.name} is of another version of anbot. "
                "`anbot index` with any source builds it anew."
            )
        # Checked as a whole, since a damaged entry would come to light only when it is looked up.
        if crc32(value) != checksum:
            with as_store_errors(self._connections.name):
                raise msgspec.DecodeError("the search index does not match its checksum")
        self._index, self._generation = Index(value), generation


_BUSY: Final = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


async def outdate(connection: aiosqlite.Connection) -> None:
    """Note that the newsletters have changed, inside the transaction that changed them."""
    await connection.execute_fetchall(_OUTDATE)


async def is_outdated(connection: aiosqlite.Connection) -> bool:
    """Whether the newsletters have changed since the index was built, or another version built it."""
    return bool(await select(connection, "SELECT 1 FROM search_index WHERE outdated OR format <> ?", FORMAT))


async def refresh(connection: aiosqlite.Connection) -> None:
    """Rebuild an outdated index inside the caller's transaction; a second for two thousand summaries."""
    if not await is_outdated(connection):
        return
    rows = await select(connection, _ISSUES)
    # In a thread, so that lookups go on meanwhile.
    value = await asyncio.to_thread(_value_of, rows)
    await connection.execute_fetchall(_NEXT, (FORMAT, crc32(value), value))


def _value_of(rows: Iterable[Row]) -> bytes:
    with without_collection():
        issues = [newsletter_rows.to_issue(whole) for (whole,) in rows]
        return Contents([summary for issue in issues for summary in issue.summaries], issues).encode()
