"""The search index: one value per generation, decoded lazily in memory.

`bot.search.building` makes the value of the summaries whenever they change, the
store holds it. It is a MessagePack map of sections; a section is decoded when it
is first read, an entry of it when it is first looked up. Documents are numbers
from 1 by falling prior, valid within one generation.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise, takewhile
from typing import Any, Final, Generic, Protocol, TypeVar
from zlib import crc32

import msgspec

from bot.search.spelling import deletions
from bot.search.stored import (
    NUMBER_BITS,
    OPENING,
    Named,
    Postings,
    Record,
    Term,
)

_COMPLETIONS: Final = 64
_AFTER: Final = "\U0010ffff"
"""Follows every letter a word can go on with."""


class IndexSource(Protocol):
    """Where the current index comes from: the store, or a test."""

    def current(self) -> "Index":
        """The index of the latest generation."""


Entry = TypeVar("Entry")


class _Section(Generic[Entry]):
    """A stored map, each entry decoded when it is first looked up."""

    def __init__(self, stored: msgspec.Raw, decoder: "msgspec.msgpack.Decoder[Entry]") -> None:
        self._stored = stored
        self._decoder = decoder
        self._decoded: dict[str, Entry] = {}

    def get(self, key: str) -> Entry | None:
        entry = self._decoded.get(key)
        if entry is None and (raw := self.raw.get(key)) is not None:
            entry = self._decoded[key] = self._decoder.decode(raw)
        return entry

    @cached_property
    def raw(self) -> dict[str, msgspec.Raw]:
        return _RAW.decode(self._stored)


_RAW: Final = msgspec.msgpack.Decoder(dict[str, msgspec.Raw])
_LIST: Final = msgspec.msgpack.Decoder(list[msgspec.Raw])
_DOCUMENTS: Final = msgspec.msgpack.Decoder(tuple[int, ...])
_STRINGS: Final = msgspec.msgpack.Decoder(tuple[str, ...])
_RECORD: Final = msgspec.msgpack.Decoder(Record)
_NAMED: Final = msgspec.msgpack.Decoder(tuple[Named, ...])
_POSTINGS: Final = msgspec.msgpack.Decoder(Postings)
_PAIRS: Final = msgspec.msgpack.Decoder(list[tuple[str, int]])
_BYTES: Final = msgspec.msgpack.Decoder(tuple[bytes, bytes])
_NUMBER: Final = (1 << NUMBER_BITS) - 1


EMPTY: Final = msgspec.msgpack.encode(
    {
        **{name: {} for name in ("postings", "names", "inflections", "openings", "within", "long_forms")},
        **{name: {} for name in ("addresses", "facets", "characters", "issues")},
        **dict.fromkeys(("titles", "titled", "records", "signatures"), ()),
        "size": 0,
        "deletions": (b"", bytes(8)),
    }
)
"""The value of an index without summaries."""


class Index:
    """One generation's lookups, each of microseconds, none of them a scan; for one thread."""

    def __init__(self, value: bytes) -> None:
        self._sections: dict[str, msgspec.Raw] = _RAW.decode(value or EMPTY)
        self.size: Final = msgspec.msgpack.decode(self._sections["size"], type=int)
        self._postings = _Section(self._sections["postings"], _POSTINGS)
        self._names = _Section(self._sections["names"], _NAMED)
        self._inflections = _Section(self._sections["inflections"], _STRINGS)
        self._openings = _Section(self._sections["openings"], _DOCUMENTS)
        self._within = _Section(self._sections["within"], _DOCUMENTS)
        self._long_forms = _Section(self._sections["long_forms"], _STRINGS)
        self._addresses = _Section(self._sections["addresses"], _DOCUMENTS)
        self._facets = {
            facet: _Section(raw, _DOCUMENTS) for facet, raw in _RAW.decode(self._sections["facets"]).items()
        }
        self._terms: dict[str, Term] = {}
        self._records: dict[int, Record] = {}
        self._lazy: dict[str, Any] = {}

    def named(self, squashed: str) -> Sequence[Named]:
        """Documents with exactly that name (`bot.search.tokens.squash`)."""
        return self._names.get(squashed) or ()

    def starting(self, folded: str, limit: int) -> Sequence[int]:
        """Documents whose folded title starts so; for up to OPENING letters the likeliest."""
        if len(folded) <= OPENING:
            return (self._openings.get(folded) or ())[:limit]
        titles = self._list("titles")
        start = bisect_left(titles, (folded, 0))
        following = takewhile(lambda each: each[0].startswith(folded), titles[start : start + limit])
        return [document for _, document in following]

    def titles_in(self, folded: str) -> Iterator[int]:
        """Documents whose folded titles, of two words or more, are in the folded text, in its order."""
        titles, text, at = self._list("titles"), f"{folded} ", 0
        for word, following in pairwise(folded.split()):
            opening = f"{word} {following}"
            start, end = bisect_left(titles, (opening, 0)), bisect_left(titles, (opening + _AFTER, 0))
            yield from (number for title, number in titles[start:end] if text.startswith(f"{title} ", at))
            at += len(word) + 1

    def within(self, opening: str, limit: int) -> Sequence[int]:
        """The likeliest documents with a title's word that begins with these letters, OPENING at most."""
        return (self._within.get(opening) or ())[:limit]

    def term(self, word: str) -> Term | None:
        """The word's term, if it occurs."""
        term = self._terms.get(word)
        if term is None and (raw := self._postings.raw.get(word)) is not None:
            term = self._terms[word] = _term(word, _POSTINGS.decode(raw))
        return term

    def terms(self, words: Iterable[str]) -> dict[str, Term]:
        """The terms of those words that occur."""
        return {word: term for word in words if (term := self.term(word))}

    def inflections(self, stem: str) -> Sequence[str]:
        """The words of a stem (`bot.search.tokens.stem`)."""
        return self._inflections.get(stem) or ()

    def completions(self, prefix: str, limit: int) -> Sequence[str]:
        """Words of titles, authors and aliases that start so, the commonest first."""
        titled = self._list("titled")
        start, end = bisect_left(titled, (prefix, 0)), bisect_left(titled, (prefix + _AFTER, 0))
        likeliest = sorted(
            titled[start : min(end, start + _COMPLETIONS)], key=lambda pair: (-pair[1], pair[0])
        )
        return [word for word, _ in likeliest[:limit]]

    def neighbours(self, word: str) -> set[str]:
        """Words that share a deletion with this one (`bot.search.spelling`)."""
        filed, starts, words = self._deletions()
        unfiled = NUMBER_BITS + 1 - (len(starts) - 1).bit_length()
        return {
            words[each & _NUMBER]
            for checksum in map(crc32, map(str.encode, deletions(word)))
            for each in filed[starts[checksum >> unfiled] : starts[(checksum >> unfiled) + 1]]
            if each >> NUMBER_BITS == checksum
        }

    def long_forms(self, short: str) -> Sequence[str]:
        """What an abbreviation was explained as, folded."""
        return self._long_forms.get(short) or ()

    def at(self, address: str) -> Sequence[int]:
        """Documents about that canonical address, the closest first."""
        return self._addresses.get(address) or ()

    def issue_at(self, address: str) -> int | None:
        """The number of the issue at that canonical address."""
        if "issues" not in self._lazy:
            self._lazy["issues"] = msgspec.msgpack.decode(self._sections["issues"], type=dict[str, int])
        issues: dict[str, int] = self._lazy["issues"]
        return issues.get(address.partition("?")[0])  # a mail adds whom it was sent to

    def record(self, document: int) -> Record:
        """The document's record."""
        record = self._records.get(document)
        if record is None:
            record = self._records[document] = _RECORD.decode(self._raw("records")[document - 1])
        return record

    def signature(self, document: int) -> str:
        """The stems of the document's texts in their order, a character each."""
        if "signatures" not in self._lazy:
            self._lazy["signatures"] = msgspec.msgpack.decode(self._sections["signatures"], type=list[str])
        signatures: list[str] = self._lazy["signatures"]
        return signatures[document - 1]

    def character(self, stem: str) -> str:
        """The character of a stem in signatures; "" if it is in none."""
        return self._strings("characters").get(stem, "")

    def faceted(self, facet: str, value: str) -> frozenset[int]:
        """Documents with that value of a facet ("by", "in", "an", "year", "is")."""
        section = self._facets.get(facet)
        return frozenset((section.get(value) if section else None) or ())

    def facet_values(self, facet: str) -> Sequence[str]:
        """All values of a facet, to suggest one from."""
        section = self._facets.get(facet)
        return list(section.raw) if section else []

    def _list(self, name: str) -> list[tuple[str, int]]:
        if name not in self._lazy:
            self._lazy[name] = _PAIRS.decode(self._sections[name])
        pairs: list[tuple[str, int]] = self._lazy[name]
        return pairs

    def _raw(self, name: str) -> list[msgspec.Raw]:
        if name not in self._lazy:
            self._lazy[name] = _LIST.decode(self._sections[name])
        entries: list[msgspec.Raw] = self._lazy[name]
        return entries

    def _strings(self, name: str) -> dict[str, str]:
        if name not in self._lazy:
            self._lazy[name] = msgspec.msgpack.decode(self._sections[name], type=dict[str, str])
        strings: dict[str, str] = self._lazy[name]
        return strings

    def _deletions(self) -> tuple[memoryview, memoryview, list[str]]:
        if "deletions" not in self._lazy:
            filed, starts = _BYTES.decode(self._sections["deletions"])
            words = list(self._postings.raw)
            self._lazy["deletions"] = (memoryview(filed).cast("Q"), memoryview(starts).cast("I"), words)
        parts: tuple[memoryview, memoryview, list[str]] = self._lazy["deletions"]
        return parts


def _term(word: str, postings: Postings) -> Term:
    return Term(
        word=word,
        document_frequency=postings.document_frequency,
        name_documents=frozenset(memoryview(postings.name_documents).cast("I")),
        text_documents=memoryview(postings.text_documents).cast("I"),
        impacts=postings.impacts,
    )
