"""Ranking: how well one document fits a query, as a weighted sum of a few named features."""

import math
import re
from collections.abc import Mapping
from typing import Final, NamedTuple

import msgspec
from rapidfuzz import fuzz, process

from bot.search import features
from bot.search.candidates import Clues
from bot.search.citations import SEVERAL
from bot.search.expansion import QueryTerm
from bot.search.query import ParsedQuery
from bot.search.stored import Record
from bot.search.tokens import split, squash
from bot.text.folding import fold

NAMED: Final = 0.8
"""With all words matched this well in its names, a document was asked for by name."""
SETTLED: Final = 0.95
"""Match quality of a word as typed, its plural included."""

_SLIP: Final = 0.75
_SLIP_KNOWN: Final = 0.2
_SLIP_LEAST: Final = 60
_SLIP_SHORTEST: Final = 3
_PHRASE_INFLECTED: Final = 0.9
_PHRASE_ELSEWHERE: Final = 0.5
_NAMED_COVERS: Final = 0.97
_GOOD: Final = 0.6
_AS_MANY: Final = 0.5
_UNMISTAKABLE: Final = frozenset({"book", "podcast"})
_UNMISTAKABLE_WORTH: Final = 3.0
_BETWEEN_AUTHORS: Final = re.compile(r",\s*(?:and\s+)?|\s+and\s+")
_DESCRIBED_WELL: Final = 1 / 3
_NOWHERE: Final[Mapping[int, float]] = {}


# A struct, since a query makes dozens: it is made in 0.9 µs, a dataclass in 1.4 µs.
class Fit(msgspec.Struct, kw_only=True):
    """A document's fit to a query.

    `score` ranks it. `least` and `least_named` are the match quality of its worst word anywhere
    and in the names, 0 if one is missing; `similar` is the edit similarity of its title; `titled` if
    the query is its title or begins it. The others are of its `features`.
    """

    document: int
    record: Record
    score: float = 0.0
    least: float
    least_named: float
    similar: float
    titled: bool = False
    covered: float = 1.0
    about: float = 1.0
    precise: float = 0.0
    phrase: float = 0.0
    often: float = 0.0
    cited: float = 0.0


class _Matched(NamedTuple):
    """What a document has of a query's weight: in its names, anywhere, in its title; its worst matches
    anywhere and in the names, and which words of the title matched.
    """

    covered: float
    about: float
    in_title: float
    least: float
    least_named: float
    words: set[str]


class Ranking:
    """Measures documents against one query, by what candidate generation found for it."""

    def __init__(self, query: ParsedQuery, clues: Clues) -> None:
        self._query = query
        self._clues = clues
        by_impact = bool(clues.described) and not query.cites  # who cites, names the authors
        self._terms = [
            (
                *(term, term.weight, term.names, _may_be_a_slip(term)),
                term.text_scores if by_impact else _NOWHERE,
            )
            for term in query.terms
        ]

    def fit(self, document: int, record: Record) -> Fit:
        """The document's fit to the query."""
        if document in self._clues.beginning:
            return _as_title(document, record, self._query)
        matched = self._matched(document, record)
        called = self._clues.called.get(document, 0.0)
        fit = self._measured(document, record, matched, called)
        fit.score = _score_by_name(fit, self._query, matched.in_title, called) + self._score_by_text(fit)
        return fit

    def _measured(self, document: int, record: Record, matched: _Matched, called: float) -> Fit:
        """The fit without its score; `called` counts how often others call the document that."""
        query = self._query
        covered = max(matched.covered, _NAMED_COVERS) if called else matched.covered
        return Fit(
            document=document,
            record=record,
            least=matched.least,
            least_named=matched.least_named,
            similar=fuzz.ratio(query.folded, record.folded) / 100,
            covered=covered,
            about=max(matched.about, covered) if called else matched.about,
            precise=covered * len(record.title & matched.words) / (len(record.title) or 1),
            phrase=_phrase(record, query),
            often=min(1.0, math.log10(called)) if called else 0.0,
            cited=_cited(record, query) if query.cites else 0.0,
        )

    def _score_by_text(self, fit: Fit) -> float:
        """What the score gains by what the document's texts are about, and by how well it is known."""
        query, clues, prior = self._query, self._clues, fit.record.prior
        described = related = 0.0
        if clues.described and not query.cites:
            described, related = clues.described.get(fit.document, 0.0), clues.related.get(fit.document, 0.0)
        likely = 1.0 if query.cites else min(1.0, described / _DESCRIBED_WELL)
        about = features.ABOUT * fit.about + features.RELATED * related
        return about + features.PRIOR * prior + features.LIKELY * prior * likely

    def _matched(self, document: int, record: Record) -> _Matched:
        covered = about = in_title = 0.0
        least = least_named = 1.0
        words: set[str] = set()
        by_text = bool(self._clues.described)
        for term, weight, names, may_be_a_slip, text_scores in self._terms:
            match = names.get(document)
            if match is None:
                slip = may_be_a_slip and document in self._clues.shortlist
                worth = quality = _slip(term, record) if slip else 0.0
            elif match[0] in record.words:
                worth = quality = match[1]
                words.add(match[0])
                in_title += weight * quality
            elif match[0] in record.elsewhere:
                worth, quality = record.elsewhere[match[0]]
                worth, quality = worth * match[1], quality * match[1]
            else:  # a phrase, or words that are not side by side
                worth = quality = match[1]
                if match[0]:
                    words.update(match[0].split())
                    in_title += weight * quality
            covered += weight * worth
            about += max(weight * quality, text_scores.get(document, 0.0)) if by_text else weight * quality
            least_named = min(least_named, quality)
            if by_text and quality < least:
                least = min(least, max(quality, term.text_quality(document)))
        total = self._query.weight
        least = least if by_text else least_named
        return _Matched(covered / total, about / total, in_title / total, least, least_named, words)


def _score_by_name(fit: Fit, query: ParsedQuery, in_title: float, called: float) -> float:
    """The score by title, authors and aliases."""
    record = fit.record
    return (
        features.SHARP * fit.covered**features.SHARPNESS
        + features.SIMILAR * fit.similar * fit.covered
        + features.PRECISE * fit.precise
        + features.PHRASE * fit.phrase
        + features.TITLED * in_title
        + features.PAIRS * _pairs(record, query)
        + (features.ALIAS + features.OFTEN * fit.often if called else 0.0)
        + features.LEAST_NAMED * _goodness(fit.least_named)
        + features.LEAST * _goodness(fit.least)
        + (features.EXACT if fit.least >= SETTLED else 0.0)
        + features.KIND * _kind(record, query)
        + features.CITED * fit.cited
    )


def _may_be_a_slip(term: QueryTerm) -> bool:
    return not term.occurs and len(term.word) >= _SLIP_SHORTEST and not term.word.isdigit()


def _slip(term: QueryTerm, record: Record) -> float:
    """Worth of an unmatched word as a bad misspelling of one in this title."""
    alike = process.extractOne(term.word, record.title, scorer=fuzz.ratio, score_cutoff=_SLIP_LEAST)
    return max(0.0, _SLIP * alike[1] / 100 - (_SLIP_KNOWN if term.known else 0.0)) if alike else 0.0


def _as_title(document: int, record: Record, query: ParsedQuery) -> Fit:
    """The fit of a title that starts with or equals the query."""
    similar = fuzz.ratio(query.folded, record.folded) / 100
    titled = features.WHOLE if squash(record.folded) == query.squashed else features.BEGINNING
    if f"{record.folded} ".startswith(f"{query.folded} "):
        titled += features.WHOLE_WORDS
    name, colon, _ = record.headline.title.partition(":")
    if colon and squash(fold(name)) == query.squashed:
        titled += features.BEFORE_COLON
    matched = features.SHARP + features.ABOUT + features.LEAST + features.LEAST_NAMED + features.EXACT
    score = titled + matched + features.SIMILAR * similar + features.PRIOR * record.prior
    return Fit(
        document=document,
        record=record,
        score=score,
        least=1.0,
        least_named=1.0,
        similar=similar,
        titled=True,
    )


def _phrase(record: Record, query: ParsedQuery) -> float:
    """1 if the query is a phrase of the title, less if of an alias."""
    if query.folded in record.folded and f" {query.folded}" in f" {record.folded}":
        return 1.0
    if query.pairs and query.stems in record.stems:
        return _PHRASE_INFLECTED
    return _PHRASE_ELSEWHERE if query.folded in record.aliases else 0.0


def _kind(record: Record, query: ParsedQuery) -> float:
    """Whether it is of the kind that the query names, or the title has that word.

    Any post may be called a paper, but who says book or podcast wants one.
    """
    same = 1.0 if query.kind and query.kind == record.kind else 0.0
    if query.kind in _UNMISTAKABLE:
        same = _UNMISTAKABLE_WORTH if same else -1.0
    return same + len(query.fillers & record.words) if query.fillers else same


def _pairs(record: Record, query: ParsedQuery) -> float:
    """The share of the query's neighbours that are neighbours in the title."""
    return sum(map(record.stems.__contains__, query.pairs)) / (len(query.pairs) or 1)


def _cited(record: Record, query: ParsedQuery) -> float:
    """Whether the first author is the one cited: more if there are as many as the citation says, else less."""
    first, *others = _BETWEEN_AUTHORS.split(record.headline.authors)
    names = set(split(first))
    if not any(term.word in names for term in query.terms):
        return 0.0
    return 1.0 + (_AS_MANY if min(len(others) + 1, SEVERAL) == query.cites else -_AS_MANY)


def _goodness(quality: float) -> float:
    return (quality - _GOOD) / (1 - _GOOD) if quality > _GOOD else 0.0
