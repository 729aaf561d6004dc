"""Whether to answer, to offer a choice, or to abstain.

The confidence is a logistic regression over the best document's fit and the
query's words. It was fitted to fifteen hundred questions made of the
newsletters by rule and written by hand, and to five hundred that they do not
answer (recipes, other sciences, random words, mashed keys); the bias is set so
that one in forty of the latter is answered.
"""

import math
from collections.abc import Sequence
from typing import Final

from bot.model.search import Verdict
from bot.search.query import ParsedQuery
from bot.search.ranking import NAMED, Fit
from bot.search.tokens import STOP_WORDS

_BIAS: Final = -0.82
_SCORE: Final = 3.70
_MOST_SCORE: Final = 1.6
_COVERED: Final = 1.30
_PRESENT: Final = 2.10
_LEAST: Final = 0.79
_LEAST_NAMED: Final = 2.72
_UNKNOWN: Final = -2.56
_UNKNOWN_UNCOVERED: Final = -2.75
_RARE: Final = -3.84
"""Rare words tell documents apart, but what is asked about here is seldom named by rare words alone."""
_FEW: Final = -4.97
_LONELY: Final = -2.55
"""Of one common word among small ones: "what time is it"."""
_SOLE: Final = 1.11
"""Of a single word that occurs as typed."""
_TELLING: Final = 4
"""Fewer letters of a title do not mean it."""
_MISSPELT: Final = 0.8
"""At this similarity to a title the query is a misspelling of it."""
_ENOUGH: Final = 0.5
_CLOSE_NAMED: Final = 0.995
_CLOSE_DESCRIBED: Final = 0.8


def confidence(fit: Fit, query: ParsedQuery) -> float:
    """The probability, from 0 to 1, that the document answers the query."""
    if fit.titled and len(query.folded) >= _TELLING:
        return 1.0
    if fit.similar >= _MISSPELT and len(query.folded) >= _TELLING:
        return fit.similar
    words = len(query.terms)
    if all(term.word in STOP_WORDS for term in query.terms):
        return 0.0
    unknown = sum(term.weight for term in query.terms if not term.known) / query.weight
    evidence = (
        _BIAS
        + _SCORE * min(fit.score, _MOST_SCORE)
        + _COVERED * fit.covered
        + _PRESENT * fit.present
        + _LEAST * fit.least
        + _LEAST_NAMED * fit.least_named
        + _UNKNOWN * unknown
        + _UNKNOWN_UNCOVERED * unknown * (1 - fit.covered)
        + _RARE * query.weight / words
        + _FEW / words
        + (_alone(fit, query) if words == 1 else 0.0)
    )
    return 1 / (1 + math.exp(-evidence))


def _alone(fit: Fit, query: ParsedQuery) -> float:
    if query.small_words:
        return _LONELY * query.small_words * (1 - query.weight)
    return _SOLE if fit.least == 1 else 0.0


def verdict(fits: Sequence[Fit], query: ParsedQuery) -> Verdict:
    """What to do with the documents found, best first.

    Of made questions, a document found by name was wrong once in five hundred,
    however close the next: only equals are a choice. One found by its text was
    wrong once in two if the next had over four fifths of its score, else once in fifty.
    """
    if not fits or confidence(fits[0], query) < _ENOUGH:
        return Verdict.NOTHING
    best = fits[0]
    next_best = next((fit.score for fit in fits[1:] if fit.record.folded != best.record.folded), 0.0)
    close = _CLOSE_NAMED if best.least_named >= NAMED else _CLOSE_DESCRIBED
    return Verdict.CHOICES if next_best > close * best.score else Verdict.ANSWER
