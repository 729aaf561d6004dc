"""Ranking: how well one document fits a query, as a sum of a few named features.

The weights were set on questions made of the newsletters by rule, as in
`tests/bench/questions.py`, and on some written by hand.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from rapidfuzz import fuzz, process

from bot.search.candidates import Hits, Match
from bot.search.expansion import QueryTerm
from bot.search.index import Record
from bot.search.query import ParsedQuery
from bot.search.tokens import squash

NAMED: Final = 0.8
"""With all words matched this well in its names, a document was asked for by name."""

# Worth of a matched word: in a title 1, else
_AUTHOR: Final = 0.9
_ALIAS: Final = 0.88
_ALIAS_OFTEN: Final = 3
_ALIAS_RARE: Final = 0.2
_ALIAS_SURE: Final = 0.9
_SLIP: Final = 0.75
_SLIP_KNOWN: Final = 0.2
_SLIP_LEAST: Final = 60
_SLIP_SHORTEST: Final = 3

# Weights of the features.
_SHARPNESS: Final = 4
"""Exponent: half of the words are worth much less than half."""
_SIMILAR: Final = 0.3
_PRECISE: Final = 0.12
_PHRASE: Final = 0.1
_PHRASE_ELSEWHERE: Final = 0.5
_NAMED: Final = 0.6
_NAMED_OFTEN: Final = 0.6
_NAMED_COVERS: Final = 0.97
_WHOLE_TITLE: Final = 2.0
_BEGINNING: Final = 0.4
_WHOLE_WORDS: Final = 0.1
_PRIOR: Final = 0.03
_ALL_WORDS: Final = 0.15
_ALL_EXACT: Final = 0.4
_ALL_IN_HEAD: Final = 0.4
_GOOD: Final = 0.6
_DESCRIBED: Final = 1.5
_DESCRIBED_PRIOR: Final = 0.1
_DESCRIBED_WELL: Final = 1 / 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Clues:
    """The candidates of a query.

    `hits` are the matches of each word, `shortlist` the documents with most of
    them, `described` those found by text. `beginning` are documents whose
    titles start with or equal the query, `named` those with it as an alias, counted.
    """

    hits: Sequence[Hits]
    shortlist: frozenset[int]
    described: Mapping[int, float]
    beginning: frozenset[int]
    named: Mapping[int, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """A document's fit: `score` ranks it, the other features explain it.

    `similar` is the title's edit similarity to the query. `covered` is the share
    of the query's weight that the names match, `present` the share matched
    anywhere. `least` is the worst word's match quality anywhere (0 if one is
    missing), `least_named` that in the names. `titled`: the query is the title
    or its beginning.
    """

    document: int
    record: Record
    score: float
    similar: float
    covered: float
    present: float
    least: float
    least_named: float
    titled: bool = False


class _Matched(NamedTuple):
    """The matches of a document: as in `Fit`, and the matched words."""

    covered: float
    present: float
    least: float
    least_named: float
    words: set[str]


def fit(document: int, record: Record, query: ParsedQuery, clues: Clues) -> Fit:
    """The document's fit to the query."""
    if document in clues.beginning:
        return _as_title(document, record, query)
    similar = _similar(record, query)
    matched = _matched(document, record, query, clues)
    times = clues.named.get(document, 0.0)
    covered = max(matched.covered, _NAMED_COVERS) if times else matched.covered
    return Fit(
        document=document,
        record=record,
        score=_name_score(record, query, covered, similar, matched.words)
        + (_NAMED + _NAMED_OFTEN * min(1.0, math.log10(times)) if times else 0.0)
        + _ALL_WORDS * _goodness(matched.least)
        + (_ALL_EXACT if matched.least == 1 else 0.0)
        + _ALL_IN_HEAD * _goodness(matched.least_named)
        + _text_score(record, clues.described.get(document, 0.0)),
        similar=similar,
        covered=covered,
        present=matched.present,
        least=matched.least,
        least_named=matched.least_named,
    )


def _matched(document: int, record: Record, query: ParsedQuery, clues: Clues) -> _Matched:
    covered = present = 0.0
    least = least_named = 1.0
    words: set[str] = set()
    for term, hits in zip(query.terms, clues.hits, strict=True):
        match = hits.get(document)
        if match is not None:
            worth, quality = _worth(record, match)
            words.add(match.word)
        else:
            worth = quality = _slip(record, term) if document in clues.shortlist else 0.0
        anywhere = max(quality, _text_quality(document, term)) if clues.described else quality
        covered += term.weight * worth
        present += term.weight * anywhere
        least = min(least, anywhere)
        least_named = min(least_named, quality)
    return _Matched(covered / query.weight, present / query.weight, least, least_named, words)


def _name_score(record: Record, query: ParsedQuery, covered: float, similar: float, words: set[str]) -> float:
    """The score of its names."""
    return (
        covered**_SHARPNESS
        + _SIMILAR * similar * covered
        + _PRECISE * _precision(record, words) * covered
        + _PHRASE * _phrase(record, query)
        + _PRIOR * record.prior
    )


def _text_score(record: Record, described: float) -> float:
    """The score of its text; the prior counts only as far as the text matches."""
    likely = record.prior * min(1.0, described / _DESCRIBED_WELL)
    return _DESCRIBED * (described + _DESCRIBED_PRIOR * likely)


def _as_title(document: int, record: Record, query: ParsedQuery) -> Fit:
    """The fit of a title that starts with or equals the query."""
    similar = _similar(record, query)
    whole = squash(record.folded) == squash(query.folded)
    whole_words = f"{record.folded} ".startswith(f"{query.folded} ")
    return Fit(
        document=document,
        record=record,
        score=1
        + (_WHOLE_TITLE if whole else _BEGINNING)
        + (_WHOLE_WORDS if whole_words else 0.0)
        + (_ALL_WORDS + _ALL_EXACT + _ALL_IN_HEAD)
        + _SIMILAR * similar
        + _PRIOR * record.prior,
        similar=similar,
        covered=1.0,
        present=1.0,
        least=1.0,
        least_named=1.0,
        titled=True,
    )


def _worth(record: Record, match: Match) -> tuple[float, float]:
    """Worth and quality of a match in the names; an alias counts less."""
    word, quality = match.word, match.quality
    if word in record.words:
        return quality, quality
    if word in record.names:
        return _AUTHOR * quality, quality
    if word in record.alias_words:
        often = min(1.0, record.alias_words[word] / _ALIAS_OFTEN)
        return _ALIAS * (1 - _ALIAS_RARE * (1 - often)) * quality, _ALIAS_SURE * quality
    return quality, quality


def _slip(record: Record, term: QueryTerm) -> float:
    """Worth of an unmatched word as a bad misspelling of one in this title."""
    if len(term.word) < _SLIP_SHORTEST or term.word.isdigit():
        return 0.0
    alike = process.extractOne(term.word, record.title, scorer=fuzz.ratio, score_cutoff=_SLIP_LEAST)
    return max(0.0, _SLIP * alike[1] / 100 - (_SLIP_KNOWN if term.known else 0.0)) if alike else 0.0


def _text_quality(document: int, term: QueryTerm) -> float:
    """Quality of the word's likeliest variant in the text."""
    return next((v.quality for v in term.variants if document in v.term.text_documents), 0.0)


def _similar(record: Record, query: ParsedQuery) -> float:
    return fuzz.ratio(query.folded, record.folded) / 100


def _precision(record: Record, words: set[str]) -> float:
    """The share of the title's content words that matched."""
    return len(record.title & words) / len(record.title) if record.title else 0.0


def _phrase(record: Record, query: ParsedQuery) -> float:
    """1 if the query is a phrase of the title, less if of an alias."""
    if f" {query.folded}" in f" {record.folded}":
        return 1.0
    return _PHRASE_ELSEWHERE if any(query.folded in alias for alias in record.aliases) else 0.0


def _goodness(quality: float) -> float:
    return max(0.0, quality - _GOOD) / (1 - _GOOD)
