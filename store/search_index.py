"""The search index: one value in the database, swapped when its generation changes.

`changes` counts how often the newsletters have changed, with or without a new index.
"""

import asyncio
from collections.abc import Callable, Iterable
from contextlib import AbstractAsyncContextManager
from typing import Final, TypeAlias
from zlib import crc32

import msgspec

from bot.errors import StoreError
from bot.ports.retrying import retried
from bot.runtime.collection import without_collection
from bot.search.building import Contents
from bot.search.index import Index
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
_CHANGES: Final = "SELECT changes FROM search_index WHERE outdated = 1 OR format <> ?"
_ISSUES: Final = "SELECT whole FROM issue ORDER BY number NULLS FIRST, label"
_NEXT: Final = (
    "UPDATE search_index SET generation = generation + 1, format = ?, outdated = 0, checksum = ?, value = ? "
    "WHERE changes = ?"
)
_Transactions: TypeAlias = Callable[[], AbstractAsyncContextManager[Connection]]


def checked(database: str, form: int, checksum: int, value: bytes) -> Index:
    """The index that was stored as the value. Raises StoreError if it is of another version of
    ours, msgspec.DecodeError if it is damaged: an entry would show that only when it is looked up.
    """
    if value and form != FORMAT:
        raise StoreError(
            f"The search index in {database} is of another version of anbot. "
            "`anbot index` with any source builds it anew."
        )
    if crc32(value) != checksum:
        raise msgspec.DecodeError("the search index does not match its checksum")
    return Index(value)


async def outdate(connection: Connection) -> None:
    """Note that the newsletters have changed, inside the transaction that changed them."""
    await connection.execute_fetchall(_OUTDATE)


@retried
async def refresh(reading: _Transactions, writing: _Transactions) -> None:
    """Rebuild an outdated index; a second for two thousand summaries.

    Others write meanwhile: it is built between a transaction that reads and one that
    writes. If they change the newsletters, it is built again.
    """
    while True:
        async with reading() as connection:
            changes = await select_as(connection, tuple[int], _CHANGES, FORMAT)
            if not changes:
                return
            rows = await select_as(connection, tuple[bytes], _ISSUES)
        # In a thread, so that lookups go on meanwhile.
        value = await asyncio.to_thread(_value_of, rows)
        async with writing() as connection:
            await connection.execute_fetchall(_NEXT, (FORMAT, crc32(value), value, changes[0][0]))


def _value_of(rows: Iterable[Row]) -> bytes:
    with without_collection():
        issues = [newsletter_rows.to_issue(whole) for (whole,) in rows]
        return Contents([summary for issue in issues for summary in issue.summaries], issues).encode()
