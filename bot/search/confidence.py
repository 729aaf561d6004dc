"""Whether to answer, to offer a choice, or to abstain.

Two logistic regressions over the best document's fit and the query's words: that
it is the right one, and that the right one is among the first five. Fitted to
questions made by rule, written by hand, asked by people and off topic, and to all of
them asked again while what they ask for was hidden: a lookalike of what is absent is
the worst answer. The thresholds were chosen by ten-fold cross-validation.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.model.search import Verdict
from bot.search.query import ParsedQuery
from bot.search.ranking import NAMED, Fit
from bot.search.tokens import STOP_WORDS


@dataclass(frozen=True, slots=True, kw_only=True)
class _Weights:
    """Of what speaks for an answer, most from 0 to 1.

    `score` and `margin` are of the ranking: the best, and how far ahead of the
    next title. `least_named`, `precise`, `phrase` and `about` are of its
    fit. `nameless` is how much it lacks of a query that is written like a
    name, without small words, and is not its name. `unknown` is the share of unknown
    words as far as its names miss the query, `rare` the mean weight of a word, `few`
    the inverse of their number, `like_a_title` if it is written like one.
    """

    always: float
    score: float
    least_named: float
    precise: float
    phrase: float
    about: float
    nameless: float
    margin: float
    unknown: float
    rare: float
    few: float
    like_a_title: float


_RIGHT: Final = _Weights(
    always=-2.2, score=0, least_named=0, precise=1.7, phrase=1.8, about=3.2, nameless=-4.2,
    margin=3.1, unknown=-6.1, rare=3.2, few=-3.3, like_a_title=-3.2,
)  # fmt: skip
_AMONG: Final = _Weights(
    always=-2.3, score=2.5, least_named=1.9, precise=0.7, phrase=1.5, about=0, nameless=-3.4,
    margin=1.7, unknown=-8.4, rare=2.9, few=-5.4, like_a_title=-3.9,
)  # fmt: skip
_SURE: Final = 0.61
"""Least probability of an answer: where one in a hundred of those asked by people is wrong."""
_ENOUGH: Final = 0.48
"""Least probability of a choice: where one in forty off-topic questions gets any."""
_EQUAL: Final = 0.997
"""Above this share of the best score the next title is as good."""
_MOST_SCORE: Final = 1.8
_MOST_MARGIN: Final = 0.6
_SMALLEST_SCORE: Final = 0.1
_TELLING: Final = 4
"""Fewer letters of a title do not mean it."""
_RARE: Final = 0.85
"""Least weight of a word that few summaries have."""
_COMMON: Final = 0.35
"""Greatest weight of a word that many summaries have."""
_HALF: Final = 0.45
_HARDLY: Final = 0.05
"""Less probable documents are not right."""
_MUCH: Final = 0.4
"""Share of the query's weight that a document on the same subject has."""
_FIRST: Final = 0.5
"""What a work has at least whose first author is cited."""
_NUMBER: Final = re.compile(r"\d+")
_MISSPELT: Final = 0.8
"""At this similarity to a title the query is a misspelling of it."""


def confidence(fit: Fit, query: ParsedQuery, next_score: float) -> float:
    """The probability, from 0 to 1, that the document is the right one."""
    return max(_certainty(fit, query), _probability(fit, query, next_score, _RIGHT))


def verdict(fits: Sequence[Fit], query: ParsedQuery, right: float) -> Verdict:
    """What to do with the documents found, best first; `right` is the confidence in the best."""
    if not fits or all(term.word in STOP_WORDS for term in query.terms):
        return Verdict.CHOICES if fits and _certainty(fits[0], query) else Verdict.NOTHING
    best, following = fits[0], next_other(fits)
    if query.cites and not _certainty(best, query):
        return _verdict_on_citation(fits, query.cites)
    unsure = _only_mentions(best, query) or _is_half_read(query)
    if right >= _SURE and following <= _EQUAL * best.score and not unsure:
        return Verdict.ANSWER
    among = _probability(best, query, following, _AMONG)
    enough = max(right, among) >= _ENOUGH or _has_the_rarest_word(best, query)
    return Verdict.CHOICES if enough else Verdict.NOTHING


def _verdict_on_citation(fits: Sequence[Fit], authors: int) -> Verdict:
    """Sure only of the one work that the citation fits best: many have the same first author and year."""
    best = fits[0]
    if not best.cited:
        return Verdict.NOTHING
    others = (fit for fit in fits[1:] if fit.record.folded != best.record.folded)
    as_good = any(_fits_citation(other, authors) >= _fits_citation(best, authors) for other in others)
    return Verdict.CHOICES if as_good or best.least_named < NAMED else Verdict.ANSWER


def _fits_citation(fit: Fit, authors: int) -> tuple[float, float]:
    """How well words and authors fit; who cites one author may mean the first of several."""
    return fit.least_named, min(fit.cited, _FIRST) if authors == 1 else fit.cited


def doubtful(fits: Sequence[Fit], query: ParsedQuery) -> bool:
    """Whether choices are only the closest: the best is no such title or work, or its names lack a word."""
    if not fits or _certainty(fits[0], query):
        return not fits
    return query.titled or query.well_known or fits[0].least_named < NAMED


def is_close(fit: Fit, query: ParsedQuery, right: float) -> bool:
    """Whether a document is worth naming where nothing fits: it may be right after all, or it has much of the
    query, or as much of it as a rare word.
    """
    meant = any(term.word not in STOP_WORDS for term in query.terms)
    much = fit.about >= _MUCH or fit.about * query.weight >= _RARE
    return meant and (right >= _HARDLY or much)


def _only_mentions(best: Fit, query: ParsedQuery) -> bool:
    """Whether the query is the name of a well-known work, and the document has it in its texts alone."""
    return query.well_known and best.least_named < NAMED


def _is_half_read(query: ParsedQuery) -> bool:
    """Whether it has common words alone, beside words in a script that no summary uses."""
    return query.unread and max(term.weight for term in query.terms) < _COMMON


def _has_the_rarest_word(best: Fit, query: ParsedQuery) -> bool:
    """Whether the title has a rare word, as typed, that is about half of the query."""
    return any(
        term.word in best.record.title and term.weight >= max(_RARE, _HALF * query.weight)
        for term in query.terms
    )


def next_other(fits: Sequence[Fit]) -> float:
    """The score of the best document with another title."""
    return next((fit.score for fit in fits[1:] if fit.record.folded != fits[0].record.folded), 0.0)


def _certainty(fit: Fit, query: ParsedQuery) -> float:
    """How much the query is the title, its beginning or a misspelling; another number is no misspelling."""
    if len(query.folded) < _TELLING:
        return 0.0
    if fit.titled:
        return 1.0
    if fit.similar < _MISSPELT or _NUMBER.findall(query.folded) != _NUMBER.findall(fit.record.folded):
        return 0.0
    return fit.similar


def _probability(fit: Fit, query: ParsedQuery, next_score: float, weights: _Weights) -> float:
    words = max(1, len(query.terms))
    margin = (fit.score - next_score) / max(fit.score, _SMALLEST_SCORE)
    evidence = (
        weights.always
        + weights.score * min(fit.score, _MOST_SCORE)
        + weights.least_named * fit.least_named
        + weights.precise * fit.precise
        + weights.phrase * fit.phrase
        + weights.about * fit.about
        + weights.margin * min(_MOST_MARGIN, margin)
        + weights.unknown * query.unknown * (1 - fit.covered)
        + weights.rare * query.weight / words
        + weights.few / words
    )
    if fit.least_named < NAMED:
        evidence += weights.nameless * (1 - fit.about) * words / (words + query.small_words)
    if query.titled:
        evidence += weights.like_a_title
    return 1 / (1 + math.exp(-evidence))
