"""`bot.search.index.SearchIndex` over the tables that `store.searchable` makes.

Read through a connection of its own, from the caller's thread: a lookup takes
some ten microseconds, of which a search that remembers nothing makes about
ten, where each call to the connection's thread would cost fifty more.
`PRAGMA data_version` tells for two microseconds whether anybody has written
anything, in this process or another, and only then is the generation read.
"""

import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final

import msgspec

from bot.search.build import SHARPEST
from bot.search.index import OPENING, Named, Record, Term
from store.connection import Value
from store.faults import telling

_AFTER: Final = "\U0010ffff"
"""Follows every letter a title can go on with."""
_COMPLETIONS: Final = 64

_decode_record: Final = msgspec.msgpack.Decoder(Record).decode
_decode_documents: Final = msgspec.msgpack.Decoder(list[int]).decode


class SqliteSearchIndex:
    """Reads the tables; every lookup is a statement that uses an index."""

    def __init__(self, connection: sqlite3.Connection, where: str) -> None:
        self._connection = connection
        self._where = where
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
        with telling(self._where):
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
        with telling(self._where):
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
        with telling(self._where):
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
            with telling(self._where):
                raise


def _term(word: str, spread: int, heads: bytes, bodies: bytes, impacts: bytes) -> Term:
    return Term(
        word=word,
        spread=spread,
        heads=frozenset(_decode_documents(heads)),
        bodies={
            document: impact / SHARPEST
            for document, impact in zip(_decode_documents(bodies), impacts, strict=False)
        },
    )


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return groups
