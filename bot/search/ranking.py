"""Ranking: how well one document fits a query, as a weighted sum of a few named features."""

import math
import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final, NamedTuple

from rapidfuzz import fuzz, process

from bot.search.citations import SEVERAL
from bot.search.cohesion import Cohesion
from bot.search.expansion import QueryTerm
from bot.search.features import WEIGHTS, Features, score
from bot.search.query import ParsedQuery
from bot.search.stored import Record
from bot.search.tokens import split, squash

NAMED: Final = 0.8
"""With all words matched this well in its names, a document was asked for by name."""

# Worth of a matched word: in a title 1, else
_AUTHOR: Final = 0.9
_FACT: Final = 0.6
_FACT_SURE: Final = 0.85
_ALIAS: Final = 0.88
_ALIAS_OFTEN: Final = 3
_ALIAS_RARE: Final = 0.2
_ALIAS_SURE: Final = 0.9
_SLIP: Final = 0.75
_SLIP_KNOWN: Final = 0.2
_SLIP_LEAST: Final = 60
_SLIP_SHORTEST: Final = 3

_SHARPNESS: Final = 4
"""Exponent: half of the words are worth much less than half."""
_PHRASE_INFLECTED: Final = 0.9
_PHRASE_ELSEWHERE: Final = 0.5
_NAMED_COVERS: Final = 0.97
SETTLED: Final = 0.95
"""Match quality of a word as typed, its plural included."""
_GOOD: Final = 0.6
_AS_MANY: Final = 0.5
_UNMISTAKABLE: Final = frozenset({"book", "podcast"})
_UNMISTAKABLE_WORTH: Final = 3.0
_BETWEEN_AUTHORS: Final = re.compile(r",\s*(?:and\s+)?|\s+and\s+")
_DESCRIBED_WELL: Final = 1 / 3
_NOWHERE: Final[Mapping[int, float]] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Clues:
    """The candidates of a query.

    `shortlist` are the documents with most of its words in their names,
    `described` and `related` those found by text. `beginning` are documents
    whose titles start with or equal the query, `named` those with it as an
    alias, counted.
    """

    shortlist: AbstractSet[int]
    beginning: frozenset[int]
    named: Mapping[int, float]
    described: Mapping[int, float]
    related: Mapping[int, float]


class Fit(NamedTuple):
    """A document's fit: `score` ranks it; `least` and `least_named` are the match quality of its worst
    word anywhere and in the names, 0 if one is missing; `titled` if the query is its title or begins it.
    """

    document: int
    record: Record
    score: float
    features: Features
    least: float
    least_named: float
    similar: float
    titled: bool = False


class _Matched(NamedTuple):
    """What a document has of a query's weight, and which words matched."""

    covered: float
    about: float
    in_title: float
    least: float
    least_named: float
    words: set[str]


def likelihood(named: float, described: float, related: float) -> float:
    """The score that ranking would about give a document, by what candidate generation knows of it."""
    about = max(named, described)
    return WEIGHTS.sharp * named**_SHARPNESS + WEIGHTS.about * about + WEIGHTS.related * related


class Ranking:
    """Measures documents against one query, by what candidate generation found for it."""

    def __init__(self, query: ParsedQuery, clues: Clues) -> None:
        self._query = query
        self._clues = clues
        by_text = bool(clues.described)
        by_impact = by_text and not query.cites  # who cites, names the authors
        self._terms = [
            (
                *(term, term.weight, term.names),
                term.text_qualities if by_text else _NOWHERE,
                term.texts if by_impact else _NOWHERE,
            )
            for term in query.terms
        ]

    def fit(self, document: int, record: Record) -> Fit:
        """The document's fit to the query."""
        query, clues = self._query, self._clues
        similar = fuzz.ratio(query.folded, record.folded) / 100
        if document in clues.beginning:
            return _as_title(document, record, query, similar)
        matched = self._matched(document, record)
        times = clues.named.get(document, 0.0)
        covered = max(matched.covered, _NAMED_COVERS) if times else matched.covered
        described = 0.0 if query.cites else clues.described.get(document, 0.0)
        features = Features(
            sharp=covered**_SHARPNESS,
            similar=similar * covered,
            precise=covered * len(record.title & matched.words) / (len(record.title) or 1),
            phrase=_phrase(record, query),
            prior=record.prior,
            alias=1.0 if times else 0.0,
            often=min(1.0, math.log10(times)) if times else 0.0,
            least=_goodness(matched.least),
            exact=1.0 if matched.least >= SETTLED else 0.0,
            least_named=_goodness(matched.least_named),
            about=max(matched.about, covered) if times else matched.about,
            likely=record.prior * (1.0 if query.cites else min(1.0, described / _DESCRIBED_WELL)),
            related=0.0 if query.cites else clues.related.get(document, 0.0),
            covered=covered,
            titled=matched.in_title,
            pairs=_pairs(record, query),
            kind=_kind(record, query),
            cited=_cited(record, query) if query.cites else 0.0,
        )
        return Fit(document, record, score(features), features, matched.least, matched.least_named, similar)

    def _matched(self, document: int, record: Record) -> _Matched:
        covered = about = in_title = 0.0
        least = least_named = 1.0
        words: set[str] = set()
        for term, weight, names, text_qualities, impacts in self._terms:
            match = names.get(document)
            if match is None:
                worth = quality = self._slip(document, record, term)
            elif match[0] in record.words:  # most are, and need no further look
                worth = quality = match[1]
                words.add(match[0])
                in_title += weight * quality
            else:
                worth, quality = _worth(record, match)
                if " " in match[0]:
                    words.update(match[0].split())
                    in_title += weight * quality
            # Comparisons, since min and max take longer than the rest.
            anywhere = text_qualities.get(document, quality)
            impact = impacts.get(document, quality)
            covered += weight * worth
            about += weight * (max(quality, impact))
            if anywhere < least:
                least = max(quality, anywhere)
            least_named = min(least_named, quality)
        total = self._query.weight
        return _Matched(covered / total, about / total, in_title / total, least, least_named, words)

    def _slip(self, document: int, record: Record, term: QueryTerm) -> float:
        """Worth of an unmatched word as a bad misspelling of one in this title."""
        if term.occurs or document not in self._clues.shortlist:
            return 0.0
        if len(term.word) < _SLIP_SHORTEST or term.word.isdigit():
            return 0.0
        alike = process.extractOne(term.word, record.title, scorer=fuzz.ratio, score_cutoff=_SLIP_LEAST)
        return max(0.0, _SLIP * alike[1] / 100 - (_SLIP_KNOWN if term.known else 0.0)) if alike else 0.0


def close_together(fit: Fit, cohesion: Cohesion) -> Fit:
    """The fit with how close together the document's texts have the words."""
    features = fit.features._replace(together=cohesion.of(fit.document))
    return fit._replace(features=features, score=score(features))


def _as_title(document: int, record: Record, query: ParsedQuery, similar: float) -> Fit:
    """The fit of a title that starts with or equals the query."""
    whole = squash(record.folded) == squash(query.folded)
    features = Features(
        sharp=1.0,
        similar=similar,
        prior=record.prior,
        least=1.0,
        exact=1.0,
        least_named=1.0,
        whole=1.0 if whole else 0.0,
        beginning=0.0 if whole else 1.0,
        whole_words=1.0 if f"{record.folded} ".startswith(f"{query.folded} ") else 0.0,
        about=1.0,
        covered=1.0,
    )
    return Fit(document, record, score(features), features, 1.0, 1.0, similar, titled=True)


def _worth(record: Record, match: tuple[str, float]) -> tuple[float, float]:
    """Worth and quality of a match in the names; an alias counts less."""
    word, quality = match
    if word in record.names:
        return _AUTHOR * quality, quality
    if word in record.facts:
        return _FACT * quality, _FACT_SURE * quality
    if word in record.alias_words:
        often = min(1.0, record.alias_words[word] / _ALIAS_OFTEN)
        return _ALIAS * (1 - _ALIAS_RARE * (1 - often)) * quality, _ALIAS_SURE * quality
    return quality, quality


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
    if not query.pairs:
        return 0.0
    stems = record.stems
    return sum(pair in stems for pair in query.pairs) / len(query.pairs)


def _cited(record: Record, query: ParsedQuery) -> float:
    """Whether the first author is the one cited: more if there are as many as the citation says, else less."""
    first, *others = _BETWEEN_AUTHORS.split(record.headline.authors)
    names = set(split(first))
    if not any(term.word in names for term in query.terms):
        return 0.0
    return 1.0 + (_AS_MANY if min(len(others) + 1, SEVERAL) == query.cites else -_AS_MANY)


def _goodness(quality: float) -> float:
    return max(0.0, quality - _GOOD) / (1 - _GOOD)
