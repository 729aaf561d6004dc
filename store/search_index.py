"""The search index: one value in the database, swapped when its generation changes.

`changes` counts how often the newsletters have changed, with or without a new index.
"""

import asyncio
from collections.abc import Iterable
from typing import Final
from zlib import crc32

from bot.runtime.collection import without_collection
from bot.search.building import Contents
from bot.search.stored import FORMAT
from store import newsletter_rows
from store.database import Connection, Row
from store.queries import select_as

TABLES: Final = (
    """
    CREATE TABLE search_index (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        generation INTEGER NOT NULL,
        format INTEGER NOT NULL,
        outdated INTEGER NOT NULL CHECK (outdated IN (0, 1)),
        changes INTEGER NOT NULL,
        checksum INTEGER NOT NULL,
        value BLOB NOT NULL
    ) STRICT
    """,
    "INSERT INTO search_index VALUES (1, 0, 0, 1, 0, 0, CAST('' AS BLOB))",
)
_OUTDATE: Final = "UPDATE search_index SET outdated = 1, changes = changes + 1"
_IS_OUTDATED: Final = "SELECT 1 FROM search_index WHERE outdated = 1 OR format <> ?"
_ISSUES: Final = "SELECT whole FROM issue ORDER BY number NULLS FIRST, label"
_NEXT: Final = (
    "UPDATE search_index SET generation = generation + 1, format = ?, outdated = 0, checksum = ?, value = ?"
)


async def outdate(connection: Connection) -> None:
    """Note that the newsletters have changed, inside the transaction that changed them."""
    await connection.execute_fetchall(_OUTDATE)


async def is_outdated(connection: Connection) -> bool:
    """Whether the newsletters have changed since the index was built, or another version built it."""
    return bool(await select_as(connection, tuple[int], _IS_OUTDATED, FORMAT))


async def refresh(connection: Connection) -> None:
    """Rebuild an outdated index inside the caller's transaction; a second for two thousand summaries."""
    if not await is_outdated(connection):
        return
    rows = await select_as(connection, tuple[bytes], _ISSUES)
    # In a thread, so that lookups go on meanwhile.
    value = await asyncio.to_thread(_value_of, rows)
    await connection.execute_fetchall(_NEXT, (FORMAT, crc32(value), value))


def _value_of(rows: Iterable[Row]) -> bytes:
    with without_collection():
        issues = [newsletter_rows.to_issue(whole) for (whole,) in rows]
        return Contents([summary for issue in issues for summary in issue.summaries], issues).encode()
