"""How well one document fits a question, as a sum of few, named reasons.

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
"""With all words this well in its head, a document was asked for by name."""

# What a word is worth where it matches: in a title 1, else
_AUTHOR: Final = 0.9
_ALIAS: Final = 0.88
_ALIAS_OFTEN: Final = 3
_ALIAS_RARE: Final = 0.2
_ALIAS_SURE: Final = 0.9
_SLIP: Final = 0.75
_SLIP_KNOWN: Final = 0.2
_SLIP_LEAST: Final = 60
_SLIP_SHORTEST: Final = 3

# What the reasons add.
_SHARPNESS: Final = 4
"""Half of the words in a title are much less than half of all of them."""
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
    """What was gathered for a question.

    `hits` are those of each word, `shortlist` the documents that have most of
    them, `described` those found by their texts. `beginning` are documents
    whose titles begin with the question or are it, `named` those that others
    call so, with how often.
    """

    hits: Sequence[Hits]
    shortlist: frozenset[int]
    described: Mapping[int, float]
    beginning: frozenset[int]
    named: Mapping[int, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """A document and how well it fits: `score` orders, the rest explains it.

    `similar` is how much its title is like the question, letter by letter, from
    0 to 1. `covered` is the share of the question's weight that the document's head
    matches, from 0 to 1, and `present` what it has anywhere. `least` is the
    quality of the worst matched word anywhere, 0 if one is missing, and
    `least_head` that in its head. `titled` says that the question is its title
    or begins it.
    """

    document: int
    record: Record
    score: float
    similar: float
    covered: float
    present: float
    least: float
    least_head: float
    titled: bool = False


class _Matched(NamedTuple):
    """What a document has of the words: as in `Fit`, and which of its title's."""

    covered: float
    present: float
    least: float
    least_head: float
    words: set[str]


def fit(document: int, record: Record, question: ParsedQuery, clues: Clues) -> Fit:
    """How well the document fits."""
    if document in clues.beginning:
        return _as_title(document, record, question)
    similar = _similar(record, question)
    matched = _matched(document, record, question, clues)
    times = clues.named.get(document, 0.0)
    covered = max(matched.covered, _NAMED_COVERS) if times else matched.covered
    return Fit(
        document=document,
        record=record,
        score=_by_name(record, question, covered, similar, matched.words)
        + (_NAMED + _NAMED_OFTEN * min(1.0, math.log10(times)) if times else 0.0)
        + _ALL_WORDS * _goodness(matched.least)
        + (_ALL_EXACT if matched.least == 1 else 0.0)
        + _ALL_IN_HEAD * _goodness(matched.least_head)
        + _by_text(record, clues.described.get(document, 0.0)),
        similar=similar,
        covered=covered,
        present=matched.present,
        least=matched.least,
        least_head=matched.least_head,
    )


def _matched(document: int, record: Record, question: ParsedQuery, clues: Clues) -> _Matched:
    covered = present = 0.0
    least = least_head = 1.0
    words: set[str] = set()
    for wanted, hits in zip(question.wanted, clues.hits, strict=True):
        match = hits.get(document)
        if match is not None:
            worth, quality = _worth(record, match)
            words.add(match.word)
        else:
            worth = quality = _slip(record, wanted) if document in clues.shortlist else 0.0
        anywhere = max(quality, _body(document, wanted)) if clues.described else quality
        covered += wanted.weight * worth
        present += wanted.weight * anywhere
        least = min(least, anywhere)
        least_head = min(least_head, quality)
    return _Matched(covered / question.weight, present / question.weight, least, least_head, words)


def _by_name(record: Record, question: ParsedQuery, covered: float, similar: float, words: set[str]) -> float:
    """What speaks for the document's head."""
    return (
        covered**_SHARPNESS
        + _SIMILAR * similar * covered
        + _PRECISE * _precision(record, words) * covered
        + _PHRASE * _phrase(record, question)
        + _PRIOR * record.prior
    )


def _by_text(record: Record, described: float) -> float:
    """What speaks for its text; what is likely anyhow counts where that fits somewhat."""
    likely = record.prior * min(1.0, described / _DESCRIBED_WELL)
    return _DESCRIBED * (described + _DESCRIBED_PRIOR * likely)


def _as_title(document: int, record: Record, question: ParsedQuery) -> Fit:
    """A title that the question is, or begins: all of it is matched."""
    similar = _similar(record, question)
    whole = squash(record.folded) == squash(question.folded)
    whole_words = f"{record.folded} ".startswith(f"{question.folded} ")
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
        least_head=1.0,
        titled=True,
    )


def _worth(record: Record, match: Match) -> tuple[float, float]:
    """What a match in the head is worth, and its quality: a name that only others use is less sure."""
    word, quality = match.word, match.quality
    if word in record.words:
        return quality, quality
    if word in record.names:
        return _AUTHOR * quality, quality
    if word in record.alias_words:
        often = min(1.0, record.alias_words[word] / _ALIAS_OFTEN)
        return _ALIAS * (1 - _ALIAS_RARE * (1 - often)) * quality, _ALIAS_SURE * quality
    return quality, quality


def _slip(record: Record, wanted: QueryTerm) -> float:
    """A typed word that matches nothing may be a bad slip of a word of this title."""
    if len(wanted.word) < _SLIP_SHORTEST or wanted.word.isdigit():
        return 0.0
    alike = process.extractOne(wanted.word, record.title, scorer=fuzz.ratio, score_cutoff=_SLIP_LEAST)
    return max(0.0, _SLIP * alike[1] / 100 - (_SLIP_KNOWN if wanted.known else 0.0)) if alike else 0.0


def _body(document: int, wanted: QueryTerm) -> float:
    """The quality of the word's likeliest variant that the text has."""
    return next((v.quality for v in wanted.variants if document in v.term.bodies), 0.0)


def _similar(record: Record, question: ParsedQuery) -> float:
    return fuzz.ratio(question.folded, record.folded) / 100


def _precision(record: Record, words: set[str]) -> float:
    """The share of the title's words that the question has."""
    return len(record.title & words) / len(record.title) if record.title else 0.0


def _phrase(record: Record, question: ParsedQuery) -> float:
    """Whether the question stands in the title as it is, or in an alias."""
    if f" {question.folded}" in f" {record.folded}":
        return 1.0
    return _PHRASE_ELSEWHERE if any(question.folded in alias for alias in record.aliases) else 0.0


def _goodness(quality: float) -> float:
    return max(0.0, quality - _GOOD) / (1 - _GOOD)
