"""Making the index of all summaries: pure, in two passes over them.

The first pass learns what the summaries say of each other, the second files
each under its words. Documents are numbered from 1, the likeliest first, and
taken in that order: a smaller number is always the likelier document.
"""

import heapq
from array import array
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.model.newsletter import Summary
from bot.search import index, spelling, term_weights
from bot.search.acronyms import explained, initials
from bot.search.anchors import Mine, Mined
from bot.search.index import BODIES, HEADS, OPENING, Record
from bot.search.tokens import STOP_WORDS, spellings, split, squash
from bot.text.folding import fold

_OPENING_DOCUMENTS: Final = 32
_INITIALS_DOCUMENTS: Final = 16
_MISSPELT_FROM: Final = 3
"""In how many documents a word must occur that is in no title, author or alias."""
SHARPEST: Final = 255
"""The impact of a document that is about nothing else: what fits in a byte."""


@dataclass(slots=True)
class Postings:
    """The documents of one word: by their heads in order, by their bodies with an impact."""

    heads: "array[int]" = field(default_factory=lambda: array("I"))
    bodies: "array[int]" = field(default_factory=lambda: array("I"))
    impacts: "array[int]" = field(default_factory=lambda: array("B"))

    def strongest(self) -> "tuple[array[int], array[int]]":
        """The documents most about the word, and their impacts, in SHARPESTths."""
        if len(self.bodies) <= BODIES:
            return self.bodies, self.impacts
        kept = heapq.nlargest(BODIES, range(len(self.bodies)), key=self.impacts.__getitem__)
        return array("I", (self.bodies[at] for at in kept)), array("B", (self.impacts[at] for at in kept))


class Contents:
    """Everything the index holds, to be written wherever it is kept."""

    def __init__(self, summaries: Sequence[Summary]) -> None:
        mine = Mine(summaries)
        ranked = mine.ranked()
        number = {place: document for document, place in enumerate(ranked, start=1)}
        self.size: Final = len(summaries)
        self.addresses: Final = {
            address: sorted(number[place] for place in places) for address, places in mine.addresses.items()
        }
        self.records: Final[dict[int, Record]] = {}
        self.postings: Final[defaultdict[str, Postings]] = defaultdict(Postings)
        self.names: Final[dict[str, dict[int, tuple[str, float]]]] = defaultdict(dict)
        self.openings: Final[dict[tuple[str, bool], list[int]]] = defaultdict(list)
        self.long_forms: Final[set[tuple[str, str]]] = set()
        self.facets: Final[dict[tuple[str, str], list[int]]] = defaultdict(list)
        usual = 1 + sum(map(term_weights.length, summaries)) / max(1, len(summaries))
        for document, place in enumerate(ranked, start=1):
            summary, mined = summaries[place], mine.of(place)
            record = _record(summary, mined, mine.prior(place))
            self.records[document] = record
            self._file_words(document, summary, record, mined, usual)
            self._file_names(document, record, mined)
            self._file_facets(document, summary)
            self._file_openings(document, record)

    def deletions(self) -> Iterator[tuple[str, str]]:
        """What is left of each word worth correcting to, and the word."""
        for word, postings in self.postings.items():
            if word.isdigit():
                continue
            if postings.heads:
                most = 2
            elif len(postings.bodies) >= _MISSPELT_FROM:
                most = 1
            else:
                continue
            for deletion in spelling.deletions(word, most):
                yield deletion, word

    def _file_words(
        self, document: int, summary: Summary, record: Record, mined: Mined, usual: float
    ) -> None:
        for word in {*record.words, *record.names, *record.alias_words}:
            heads = self.postings[word].heads
            if len(heads) < HEADS:
                heads.append(document)
        words = term_weights.length(summary)
        for word, weight in term_weights.weights(summary, mined, record.words).items():
            postings = self.postings[word]
            postings.bodies.append(document)
            postings.impacts.append(round(SHARPEST * term_weights.impact(weight, words, usual)))
        for text in (summary.title, summary.text, *(opinion.text for opinion in summary.opinions)):
            self.long_forms.update(explained(text))

    def _file_names(self, document: int, record: Record, mined: Mined) -> None:
        for name in (record.folded, *record.aliases):
            for short, weight in initials(name.split()):
                named = self.names[short]
                if len(named) < _INITIALS_DOCUMENTS and named.get(document, ("", 0.0))[1] < weight:
                    named[document] = (index.INITIALS, weight)
        for alias, times in mined.aliases.items():
            named = self.names[squash(fold(alias))]
            said = named[document][1] if named.get(document, ("",))[0] == index.ALIAS else 0.0
            named[document] = (index.ALIAS, said + times)
        self.names[squash(record.folded)][document] = (index.TITLE, 1.0)

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


def _record(summary: Summary, mined: Mined, prior: float) -> Record:
    folded = fold(summary.title)
    alias_words: dict[str, float] = defaultdict(float)
    for alias, times in mined.aliases.items():
        for word in {*split(alias), *spellings(alias)}:
            alias_words[word] += times
    return Record(
        headline=summary.headline,
        folded=folded,
        title=frozenset(folded.split()) - STOP_WORDS,
        words=frozenset(folded.split()) | spellings(summary.title),
        names=frozenset(split(summary.authors)) | spellings(summary.authors),
        aliases=tuple(sorted({fold(alias) for alias in mined.aliases} - {folded, ""})),
        alias_words=dict(alias_words),
        prior=prior,
    )
