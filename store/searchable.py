"""Makes the newsletters searchable: the tables that `store.search` reads, made anew with the library.

They are written inside the transaction that changes the newsletters, so that
what is found is what is there, whoever wrote it and whenever it stopped.
"""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import aiosqlite
import msgspec

from bot.search.build import Contents
from bot.search.words import stem
from store import rows
from store.connection import Row, Value, select

TABLES: Final = (
    """
    CREATE TABLE search_state (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        generation INTEGER NOT NULL,
        size INTEGER NOT NULL,
        outdated INTEGER NOT NULL CHECK (outdated IN (0, 1))
    ) STRICT
    """,
    "INSERT INTO search_state VALUES (1, 0, 0, 1)",
    "CREATE TABLE search_record (document INTEGER PRIMARY KEY, record BLOB NOT NULL) STRICT",
    """
    CREATE TABLE search_term (
        word TEXT NOT NULL UNIQUE,
        stem TEXT NOT NULL,
        spread INTEGER NOT NULL,
        titled INTEGER NOT NULL,
        heads BLOB NOT NULL,
        bodies BLOB NOT NULL,
        impacts BLOB NOT NULL
    ) STRICT
    """,
    "CREATE INDEX search_term_stem ON search_term (stem, word)",
    "CREATE INDEX search_term_titled ON search_term (word, titled) WHERE titled > 0",
    """
    CREATE TABLE search_deletion (
        deletion TEXT NOT NULL, word TEXT NOT NULL, PRIMARY KEY (deletion, word)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE search_name (
        name TEXT NOT NULL, document INTEGER NOT NULL, how TEXT NOT NULL, weight REAL NOT NULL,
        PRIMARY KEY (name, document)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE search_title (
        folded TEXT NOT NULL, document INTEGER NOT NULL, PRIMARY KEY (folded, document)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE search_opening (
        opening TEXT NOT NULL, within INTEGER NOT NULL, documents BLOB NOT NULL, PRIMARY KEY (opening, within)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE search_long_form (
        short TEXT NOT NULL, long TEXT NOT NULL, PRIMARY KEY (short, long)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE search_address (
        address TEXT NOT NULL, place INTEGER NOT NULL, document INTEGER NOT NULL, PRIMARY KEY (address, place)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE search_facet (
        facet TEXT NOT NULL, value TEXT NOT NULL, document INTEGER NOT NULL, PRIMARY KEY (facet, value, document)
    ) STRICT, WITHOUT ROWID
    """,
)
"""What the migration that brings the search creates."""

OUTDATE: Final = "UPDATE search_state SET outdated = 1"
"""Has the index made anew when the database is next opened to be written."""
_ISSUES: Final = "SELECT whole FROM issue ORDER BY number, label"
_NEXT: Final = "UPDATE search_state SET generation = generation + 1, size = ?, outdated = 0"

_encode: Final = msgspec.msgpack.Encoder().encode

Content = Iterable[tuple[Value | float, ...]]
Listed = Sequence[tuple[Value | float, ...]]


async def outdate(connection: aiosqlite.Connection) -> None:
    """Note that the newsletters have changed, inside the transaction that changed them."""
    await connection.execute_fetchall(OUTDATE)


async def is_outdated(connection: aiosqlite.Connection) -> bool:
    """Whether the newsletters have changed since the index was made."""
    return bool(await select(connection, "SELECT 1 FROM search_state WHERE outdated"))


async def refresh(connection: aiosqlite.Connection) -> None:
    """Make the index of all newsletters anew where it is outdated, inside the
    caller's transaction. Takes about a second for two thousand summaries.
    """
    if not await is_outdated(connection):
        return
    found = await select(connection, _ISSUES)
    # What takes long is done elsewhere, so that who looks something up does not wait for it.
    contents = await asyncio.to_thread(_made_of, found)
    tables = _listed(contents)
    while table := await asyncio.to_thread(next, tables, None):
        name, content = table
        await connection.execute_fetchall(f"DELETE FROM {name}")
        await _insert(connection, name, content)
    await connection.execute_fetchall(_NEXT, (contents.size,))


async def _insert(connection: aiosqlite.Connection, table: str, listed: Listed) -> None:
    if listed:
        places = ", ".join("?" * len(listed[0]))
        await connection.executemany(f"INSERT INTO {table} VALUES ({places})", listed)


def _made_of(found: Iterable[Row]) -> Contents:
    return Contents([summary for (whole,) in found for summary in rows.to_issue(whole).summaries])


def _listed(contents: Contents) -> Iterator[tuple[str, Listed]]:
    return ((table, list(content)) for table, content in _contents(contents))


def _contents(contents: Contents) -> Iterator[tuple[str, Content]]:
    """Each table and its rows, in the order of its key where that makes it faster."""
    yield "search_record", ((document, _encode(record)) for document, record in contents.records.items())
    yield "search_term", _terms(contents)
    yield "search_deletion", _in_order(contents.deletions())
    yield (
        "search_name",
        (
            (name, document, how, weight)
            for name, named in contents.names.items()
            for document, (how, weight) in named.items()
        ),
    )
    yield "search_title", ((record.folded, document) for document, record in contents.records.items())
    yield (
        "search_opening",
        ((opening, within, _encode(documents)) for (opening, within), documents in contents.openings.items()),
    )
    yield "search_long_form", contents.long_forms
    yield (
        "search_address",
        (
            (address, place, document)
            for address, documents in contents.addresses.items()
            for place, document in enumerate(documents)
        ),
    )
    yield (
        "search_facet",
        ((*facet, document) for facet, documents in contents.facets.items() for document in documents),
    )


def _in_order(deletions: Iterable[tuple[str, str]]) -> Content:
    """Sorted in many short goes: other threads stand still in each."""
    groups = defaultdict(list)
    for deletion in deletions:
        groups[deletion[0][:1]].append(deletion)
    for opening in sorted(groups):
        yield from sorted(groups[opening])


def _terms(contents: Contents) -> Content:
    for word, postings in sorted(contents.postings.items()):
        bodies, impacts = postings.strongest()
        yield (
            word,
            stem(word),
            max(len(postings.bodies), len(postings.heads)),
            len(postings.heads),
            _encode(postings.heads.tolist()),
            _encode(bodies.tolist()),
            impacts.tobytes(),
        )
