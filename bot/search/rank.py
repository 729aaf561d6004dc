"""How well one document fits a question, as a sum of few, named reasons.

The weights were set on queries made from the newsletters' titles, authors and
texts by rule, and on a hundred and fifty written by hand, none of them in the tests.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz, process

from bot.search.gather import Hits
from bot.search.index import Record
from bot.search.interpret import Question, Wanted
from bot.search.words import squash

NAMED: Final = 0.8
"""With all words this well in its head, a document was asked for by name."""
_AUTHOR: Final = 0.9
_APART: Final = 0.9
_ALIAS: Final = 0.88
_ALIAS_OFTEN: Final = 3
_ALIAS_RARE: Final = 0.2
_SHARPNESS: Final = 4
_SIMILAR: Final = 0.3
_PRECISE: Final = 0.12
_PHRASE: Final = 0.1
_NAMED: Final = 0.6
_CALLED: Final = 0.97
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
_SLIP: Final = 0.75
_SLIP_KNOWN: Final = 0.2
_SLIP_LEAST: Final = 60
_SLIP_SHORTEST: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """A document and how well it fits: `score` orders, the rest explains it.

    `covered` is the share of the question's weight that its head matches, from
    0 to 1, and `present` what it has anywhere; `described` says how much its text is
    about it; `least` the quality of the worst
    matched word anywhere (0 if one is missing) and `least_head` in its head.
    `titled` says that the question is its title or begins it.
    """

    document: int
    record: Record
    score: float
    covered: float
    described: float
    present: float
    least: float
    least_head: float
    titled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Clues:
    """What was gathered for a question.

    `hits` are those of each word, `shortlist` the documents that have most of
    them, `described` the documents found by their
    texts. `beginning` are documents whose titles begin with the question or are
    it, `named` those that others call so.
    """

    hits: Sequence[Hits]
    shortlist: frozenset[int]
    described: Mapping[int, float]
    beginning: frozenset[int]
    named: frozenset[int]


def fit(document: int, record: Record, question: Question, clues: Clues) -> Fit:
    """How well the document fits."""
    similar = fuzz.ratio(question.folded, record.folded) / 100
    if document in clues.beginning:
        return _as_title(document, record, question, similar)
    covered = present = 0.0
    least = 1.0
    matched: set[str] = set()
    heads: list[float] = []
    for wanted, hits in zip(question.wanted, clues.hits, strict=True):
        worth, quality, word = _head(document, record, wanted, hits, slips=document in clues.shortlist)
        matched.add(word)
        covered += wanted.weight * worth
        heads.append(quality)
        anywhere = max(quality, _body(document, wanted) if clues.described else 0.0)
        present += wanted.weight * anywhere
        least = min(least, anywhere)
    covered /= question.weight
    least_head = min(heads, default=0.0)
    if document in clues.named:
        covered = max(covered, _CALLED)
    described = clues.described.get(document, 0.0)
    score = (
        covered**_SHARPNESS
        + _SIMILAR * similar * covered
        + _PRECISE * _precision(record, matched) * covered
        + _PHRASE * _phrase(question, record)
        + (_NAMED if document in clues.named else 0.0)
        + _PRIOR * record.prior
        + _ALL_WORDS * _goodness(least)
        + (_ALL_EXACT if least == 1 else 0.0)
        + _ALL_IN_HEAD * _goodness(least_head)
        + _DESCRIBED * (described + _DESCRIBED_PRIOR * record.prior * min(1.0, 3 * described))
    )
    return Fit(
        document=document,
        record=record,
        score=score,
        covered=covered,
        described=described,
        present=present / question.weight,
        least=least,
        least_head=least_head,
    )


def _as_title(document: int, record: Record, question: Question, similar: float) -> Fit:
    """A title that the question is, or begins: all of it is matched."""
    score = (
        1
        + (_WHOLE_TITLE if squash(record.folded) == squash(question.folded) else _BEGINNING)
        + (_WHOLE_WORDS if f"{record.folded} ".startswith(f"{question.folded} ") else 0.0)
        + _ALL_WORDS
        + _ALL_EXACT
        + _ALL_IN_HEAD
        + _SIMILAR * similar
        + _PRIOR * record.prior
    )
    return Fit(
        document=document,
        record=record,
        score=score,
        covered=1.0,
        described=0.0,
        present=1.0,
        least=1.0,
        least_head=1.0,
        titled=True,
    )


def _head(
    document: int, record: Record, wanted: Wanted, hits: Hits, *, slips: bool
) -> tuple[float, float, str]:
    """What the head's match of a word is worth, its quality, and the word of the head."""
    match = hits.get(document)
    if match is None:
        slip = _slip(record, wanted) if slips else 0.0
        return slip, slip, ""
    word, quality = match.word, match.quality
    if word in record.words:
        return quality, quality, word
    if word in record.names:
        return _AUTHOR * quality, quality, word
    if word in record.alias_words:
        often = 1 - _ALIAS_RARE * (1 - min(1.0, record.alias_words[word] / _ALIAS_OFTEN))
        return _ALIAS * often * quality, _AUTHOR * quality, word
    return _APART * quality, quality, word


def _slip(record: Record, wanted: Wanted) -> float:
    """A typed word that matches nothing may be a bad slip of a word of this title."""
    if len(wanted.word) < _SLIP_SHORTEST or wanted.word.isdigit():
        return 0.0
    alike = process.extractOne(wanted.word, record.title, scorer=fuzz.ratio, score_cutoff=_SLIP_LEAST)
    return max(0.0, _SLIP * alike[1] / 100 - (_SLIP_KNOWN if wanted.known else 0.0)) if alike else 0.0


def _body(document: int, wanted: Wanted) -> float:
    return next((v.quality for v in wanted.variants if document in v.term.bodies), 0.0)


def _precision(record: Record, matched: set[str]) -> float:
    """The share of the title's words that the question has."""
    return len(record.title & matched) / len(record.title) if record.title else 0.0


def _phrase(question: Question, record: Record) -> float:
    if f" {question.folded}" in f" {record.folded}":
        return 1.0
    return 0.5 if any(question.folded in alias for alias in record.aliases) else 0.0


def _goodness(quality: float) -> float:
    return max(0.0, quality - _GOOD) / (1 - _GOOD)
