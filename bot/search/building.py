"""Builds the index of all summaries in two passes: anchor texts, then postings.

Documents are numbered from 1 by falling prior, so a smaller number is always
the likelier document.
"""

import heapq
from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, groupby
from typing import Final
from zlib import crc32

import msgspec

from bot.model.newsletter import Issue, Summary
from bot.search import spelling, stored, term_weights
from bot.search.acronyms import explained, initials
from bot.search.anchors import AnchorIndex, Anchors, bare
from bot.search.records import record_of
from bot.search.stored import (
    MOST_NAME_DOCUMENTS,
    MOST_TEXT_DOCUMENTS,
    NUMBER_BITS,
    OPENING,
    SHARPEST,
    Record,
)
from bot.search.tokens import STOP_WORDS, split, squash, stem
from bot.text.folding import fold
from bot.text.urls import canonical

_OPENING_DOCUMENTS: Final = 32
_INITIALS_DOCUMENTS: Final = 16
_MISSPELT_FROM: Final = 3
"""A word of texts only is worth correcting to if so many documents have it."""
_SIGNATURE_WORDS: Final = 2_000
"""Words of a summary that its signature covers: a long one says early what it is about."""
_SURROGATES: Final = range(0xD800, 0xE000)
_PER_BUCKET: Final = 2
"""Bits: about four deletions share a bucket."""
_FIRST_CHARACTER: Final = 0x100


@dataclass(slots=True)
class Postings:
    """One word's documents: by name in their order, by text with an impact."""

    name_documents: "array[int]" = field(default_factory=lambda: array("I"))
    text_documents: "array[int]" = field(default_factory=lambda: array("I"))
    impacts: "array[int]" = field(default_factory=lambda: array("B"))

    def stored(self) -> tuple[int, bytes, bytes, bytes]:
        """As `bot.search.index.Postings` reads it."""
        documents, impacts = self.strongest()
        frequency = max(len(self.text_documents), len(self.name_documents))
        return frequency, self.name_documents.tobytes(), documents.tobytes(), impacts.tobytes()

    def strongest(self) -> "tuple[array[int], array[int]]":
        """The documents most about the word, and their impacts, in SHARPESTths."""
        if len(self.text_documents) <= MOST_TEXT_DOCUMENTS:
            return self.text_documents, self.impacts
        strongest = heapq.nlargest(
            MOST_TEXT_DOCUMENTS, range(len(self.text_documents)), key=self.impacts.__getitem__
        )
        return array("I", (self.text_documents[at] for at in strongest)), array(
            "B", (self.impacts[at] for at in strongest)
        )


class _Characters(dict[str, str]):
    """The character of each word: that of its stem, none for stop words."""

    def __init__(self) -> None:
        super().__init__(dict.fromkeys(STOP_WORDS, ""))
        self.of_stems: Final[dict[str, str]] = {}

    def __missing__(self, word: str) -> str:
        root = stem(word)
        character = self.of_stems.get(root)
        if character is None:
            code = _FIRST_CHARACTER + len(self.of_stems)
            character = chr(code + len(_SURROGATES) if code >= _SURROGATES.start else code)
            self.of_stems[root] = character
        self[word] = character
        return character


class Contents:
    """Everything the index holds."""

    def __init__(self, summaries: Sequence[Summary], issues: Iterable[Issue] = ()) -> None:
        self.issues: Final = {
            address: issue.number
            for issue in issues
            if issue.number is not None and (address := canonical(issue.url))
        }
        anchor_index = AnchorIndex(summaries)
        ranked = anchor_index.ranked()
        number = {place: document for document, place in enumerate(ranked, start=1)}
        self.size: Final = len(summaries)
        self.addresses: Final = {
            address: sorted(number[place] for place in places)
            for address, places in anchor_index.addresses.items()
        }
        self.records: Final[dict[int, Record]] = {}
        self.postings: Final[defaultdict[str, Postings]] = defaultdict(Postings)
        self.names: Final[dict[str, dict[int, tuple[str, float]]]] = defaultdict(dict)
        self.openings: Final[dict[tuple[str, bool], list[int]]] = defaultdict(list)
        self.long_forms: Final[set[tuple[str, str]]] = set()
        self._characters: Final = _Characters()
        self.signatures: Final[list[str]] = []
        self.facets: Final[dict[tuple[str, str], list[int]]] = defaultdict(list)
        self._usual: Final = 1 + sum(map(term_weights.length, summaries)) / max(1, len(summaries))
        for document, place in enumerate(ranked, start=1):
            summary, anchors = summaries[place], anchor_index.of(place)
            record = record_of(summary, anchors, anchor_index.prior(place), anchor_index.address(place))
            self.records[document] = record
            texts = term_weights.texts_of(summary)
            words = split(texts)
            weights = term_weights.weights(summary, texts, words, anchors, record.words)
            self._file_words(document, summary, record, weights)
            self._file_names(document, record, anchors)
            self._file_facets(document, summary)
            self._file_openings(document, record)
            self.signatures.append(self._signature(summary, words))

    def encode(self) -> bytes:
        """The value that `Index` reads."""
        words = {word: place for place, word in enumerate(sorted(self.postings))}
        return _encode(
            {
                "size": self.size,
                "postings": {word: self.postings[word].stored() for word in words},
                "names": {
                    name: [(d, *named) for d, named in documents.items()]
                    for name, documents in self.names.items()
                },
                "titles": sorted((record.folded, document) for document, record in self.records.items()),
                "titled": [
                    (word, len(p.name_documents))
                    for word in words
                    if (p := self.postings[word]).name_documents
                ],
                "inflections": _grouped(sorted((stem(word), word) for word in words)),
                "openings": {
                    opening: documents for (opening, within), documents in self.openings.items() if not within
                },
                "within": {
                    opening: documents for (opening, within), documents in self.openings.items() if within
                },
                "long_forms": _grouped(sorted(self.long_forms)),
                "addresses": self.addresses,
                "issues": self.issues,
                "facets": _nested(self.facets),
                "records": list(self.records.values()),
                "signatures": self.signatures,
                "characters": self._characters.of_stems,
                "deletions": _bucketed(sorted(self._deletions(words))),
            }
        )

    def _deletions(self, numbers: Mapping[str, int]) -> list[int]:
        """The checksum of each deletion of each word worth correcting to, above the word's number."""
        filed: list[int] = []
        for word, postings in self.postings.items():
            often = len(postings.text_documents) >= _MISSPELT_FROM
            if (often or postings.name_documents) and not word.isdigit():
                number = numbers[word]
                deletions = spelling.deletions(word, 2 if postings.name_documents else 1)
                filed += [crc32(each.encode()) << NUMBER_BITS | number for each in deletions]
        return filed

    def _signature(self, summary: Summary, words: Sequence[str]) -> str:
        """The stems of title, text and opinions, a character each; stop words left out."""
        titled = split(bare(summary.title))
        return "".join(map(self._characters.__getitem__, (*titled, *words)))[:_SIGNATURE_WORDS]

    def _file_words(
        self, document: int, summary: Summary, record: Record, weights: Mapping[str, float]
    ) -> None:
        for word in {*record.words, *record.elsewhere}:
            name_documents = self.postings[word].name_documents
            if len(name_documents) < MOST_NAME_DOCUMENTS:
                name_documents.append(document)
        half = term_weights.half_weight(summary, self._usual)
        # Most words have the weight of another.
        impacts = {weight: round(SHARPEST * weight / (weight + half)) for weight in set(weights.values())}
        for word, weight in weights.items():
            postings = self.postings[word]
            postings.text_documents.append(document)
            postings.impacts.append(impacts[weight])
        for text in (summary.title, summary.text, *(opinion.text for opinion in summary.opinions)):
            self.long_forms.update(explained(text))

    def _file_names(self, document: int, record: Record, anchors: Anchors) -> None:
        for name in (record.folded, *record.aliases.splitlines()):
            for short, weight in initials(name.split()):
                named = self.names[short]
                if len(named) < _INITIALS_DOCUMENTS and named.get(document, ("", 0.0))[1] < weight:
                    named[document] = (stored.INITIALS, weight)
        for alias, times in anchors.aliases.items():
            named = self.names[squash(fold(alias))]
            before = named[document][1] if named.get(document, ("",))[0] == stored.ALIAS else 0.0
            named[document] = (stored.ALIAS, before + times)
        self.names[squash(record.folded)][document] = (stored.TITLE, 1.0)

    def _file_openings(self, document: int, record: Record) -> None:
        """Under how the title begins, and under how its words do."""
        openings = {(record.folded[:letters], False) for letters in range(1, OPENING + 1)}
        openings |= {(word[:letters], True) for word in record.title for letters in range(1, OPENING + 1)}
        for opening in openings:
            if len(self.openings[opening]) < _OPENING_DOCUMENTS:
                self.openings[opening].append(document)

    def _file_facets(self, document: int, summary: Summary) -> None:
        values = {("by", name) for name in split(summary.authors) if len(name) > 1}
        values |= {("in", fold(heading)) for heading in summary.section}
        values |= {("an", str(summary.issue))} if summary.issue is not None else set()
        values |= {("year", str(summary.year))} if summary.year is not None else set()
        values |= {("is", "highlight")} if summary.highlight else set()
        for value in values:
            self.facets[value].append(document)


_encode: Final = msgspec.msgpack.Encoder(order="deterministic").encode


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """The second of sorted pairs by their first."""
    return {key: [value for _, value in group] for key, group in groupby(pairs, key=lambda pair: pair[0])}


def _nested(facets: Mapping[tuple[str, str], list[int]]) -> dict[str, dict[str, list[int]]]:
    nested: defaultdict[str, dict[str, list[int]]] = defaultdict(dict)
    for (facet, value), documents in facets.items():
        nested[facet][value] = documents
    return nested


def _bucketed(filed: Sequence[int]) -> tuple[bytes, bytes]:
    """The sorted deletions, and where those of each bucket begin: a power of two, a few in each."""
    bits = max(0, len(filed).bit_length() - _PER_BUCKET)
    counts = [0] * ((1 << bits) + 1)
    for each in filed:
        counts[(each >> 2 * NUMBER_BITS - bits) + 1] += 1
    return array("Q", filed).tobytes(), array("I", accumulate(counts)).tobytes()
