"""`bot.search.index.SearchIndex` over the tables that `store.searchable` makes.

Read through a connection of its own, from the caller's thread: a lookup takes
some ten microseconds, of which a search that remembers nothing makes about
ten, where each call to the connection's thread would cost fifty more.
`PRAGMA data_version` tells for two microseconds whether anybody has written
anything, in this process or another, and only then is the generation read.
"""

import asyncio
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import aiosqlite
import msgspec

from bot.search.building import SHARPEST, Contents
from bot.search.index import OPENING, Named, Record, Term
from bot.search.tokens import stem
from store import newsletter_rows
from store.connection import Row, Value, select
from store.errors import as_store_errors

_AFTER: Final = "\U0010ffff"
"""Follows every letter a title can go on with."""
_COMPLETIONS: Final = 64

_decode_record: Final = msgspec.msgpack.Decoder(Record).decode
_decode_documents: Final = msgspec.msgpack.Decoder(list[int]).decode


class SqliteSearchIndex:
    """Reads the tables; every lookup is a statement that uses an index."""

    def __init__(self, connection: sqlite3.Connection, database: str) -> None:
        self._connection = connection
        self._database = database
        self._version = -1
        self._state = (0, 0)

    def generation(self) -> int:
        """A number that changes when the index was made anew."""
        ((version,),) = self._select("PRAGMA data_version")
        if version != self._version:
            ((generation, size),) = self._select("SELECT generation, size FROM search_state")
            self._version, self._state = version, (generation, size)
        return self._state[0]

    def size(self) -> int:
        """How many summaries there are."""
        return self._state[1]

    def named(self, squashed: str) -> Sequence[Named]:
        """Who goes by exactly that name."""
        found = self._select("SELECT document, how, weight FROM search_name WHERE name = ?", squashed)
        return [Named(document=document, how=how, weight=weight) for document, how, weight in found]

    def starting(self, folded: str, limit: int) -> Sequence[int]:
        """Documents whose folded title starts so; after few letters the likeliest."""
        if len(folded) <= OPENING:
            return self._opening(folded, limit, within=False)
        found = self._select(
            "SELECT document FROM search_title WHERE folded >= ? AND folded < ? LIMIT ?",
            *(folded, folded + _AFTER, limit),
        )
        return [document for (document,) in found]

    def within(self, opening: str, limit: int) -> Sequence[int]:
        """The likeliest documents with a title's word that begins so."""
        return self._opening(opening, limit, within=True)

    def terms(self, words: Collection[str]) -> Mapping[str, Term]:
        """The terms of those words that occur."""
        found = self._among(
            "SELECT word, spread, heads, bodies, impacts FROM search_term WHERE word IN ({})", words
        )
        with as_store_errors(self._database):
            return {row[0]: _term(*row) for row in found}

    def inflections(self, stems: Collection[str]) -> Mapping[str, Sequence[str]]:
        """The words of each stem."""
        return _grouped(self._among("SELECT stem, word FROM search_term WHERE stem IN ({})", stems))

    def completions(self, prefix: str, limit: int) -> Sequence[str]:
        """Words of titles, authors and aliases that start so, the commonest first."""
        found = self._select(
            "SELECT word, titled FROM search_term WHERE titled > 0 AND word >= ? AND word < ? LIMIT ?",
            *(prefix, prefix + _AFTER, _COMPLETIONS),
        )
        return [word for word, _ in sorted(found, key=lambda row: (-row[1], row[0]))[:limit]]

    def neighbours(self, deletions: Collection[str]) -> Sequence[str]:
        """Words filed under any of these deletions."""
        found = self._among("SELECT DISTINCT word FROM search_deletion WHERE deletion IN ({})", deletions)
        return [word for (word,) in found]

    def long_forms(self, shorts: Collection[str]) -> Mapping[str, Sequence[str]]:
        """What each abbreviation was explained as."""
        return _grouped(self._among("SELECT short, long FROM search_long_form WHERE short IN ({})", shorts))

    def at(self, address: str) -> Sequence[int]:
        """Documents about that canonical address."""
        found = self._select("SELECT document FROM search_address WHERE address = ? ORDER BY place", address)
        return [document for (document,) in found]

    def records(self, documents: Collection[int]) -> Mapping[int, Record]:
        """The records of these documents."""
        sql = "SELECT document, record FROM search_record WHERE document IN ({})"
        found = self._among(sql, documents)
        with as_store_errors(self._database):
            return {document: _decode_record(record) for document, record in found}

    def faceted(self, facet: str, value: str) -> frozenset[int]:
        """Documents with that value of a facet."""
        sql = "SELECT document FROM search_facet WHERE facet = ? AND value = ?"
        return frozenset(document for (document,) in self._select(sql, facet, value))

    def facet_values(self, facet: str) -> Sequence[str]:
        """All values of a facet."""
        found = self._select("SELECT DISTINCT value FROM search_facet WHERE facet = ?", facet)
        return [value for (value,) in found]

    def _opening(self, opening: str, limit: int, *, within: bool) -> Sequence[int]:
        sql = "SELECT documents FROM search_opening WHERE opening = ? AND within = ?"
        found = self._select(sql, opening, within)
        with as_store_errors(self._database):
            return _decode_documents(found[0][0])[:limit] if found else ()

    def _among(self, sql: str, values: Collection[str] | Collection[int]) -> list[tuple[Any, ...]]:
        """Rows for any of the values; the last is repeated up to a power of two,
        so that few statements are prepared, and those once.
        """
        if not values:
            return []
        *others, last = values
        places = 1 << len(others).bit_length()
        padded = (*others, *(places - len(others)) * (last,))
        return self._select(sql.format(", ".join("?" * places)), *padded)

    def _select(self, sql: str, *parameters: Value) -> list[tuple[Any, ...]]:
        try:
            return self._connection.execute(sql, parameters).fetchall()
        except sqlite3.Error:
            with as_store_errors(self._database):
                raise


def _term(word: str, spread: int, heads: bytes, bodies: bytes, impacts: bytes) -> Term:
    return Term(
        word=word,
        document_frequency=spread,
        name_documents=frozenset(_decode_documents(heads)),
        text_documents={
            document: impact / SHARPEST
            for document, impact in zip(_decode_documents(bodies), impacts, strict=False)
        },
    )


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return groups


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
    return Contents([summary for (whole,) in found for summary in newsletter_rows.to_issue(whole).summaries])


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
            max(len(postings.text_documents), len(postings.name_documents)),
            len(postings.name_documents),
            _encode(postings.name_documents.tolist()),
            _encode(bodies.tolist()),
            impacts.tobytes(),
        )
