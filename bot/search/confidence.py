"""Whether to answer, to offer a choice, or to stay silent.

The confidence is a logistic regression over what the best document has and what
the question tells. It was fitted to fifteen hundred questions made of the
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
_LEAST_HEAD: Final = 2.72
_UNKNOWN: Final = -2.56
_UNKNOWN_UNCOVERED: Final = -2.75
_RARE: Final = -3.84
"""Rare words tell documents apart, but what is asked about here is seldom named by rare words alone."""
_FEW: Final = -4.97
_LONELY: Final = -2.55
"""One common word among small ones is no question: "what time is it"."""
_SOLE: Final = 1.11
"""One word alone that occurs as typed is."""
_TELLING: Final = 4
"""So many letters of a title are enough to mean it."""
_MISSPELT: Final = 0.8
"""So like a title is only a misspelling of it."""
_ENOUGH: Final = 0.5
_CLOSE_NAMED: Final = 0.995
_CLOSE_DESCRIBED: Final = 0.8


def confidence(fit: Fit, question: ParsedQuery) -> float:
    """How likely the document answers the question at all, from 0 to 1."""
    if fit.titled and len(question.folded) >= _TELLING:
        return 1.0
    if fit.similar >= _MISSPELT and len(question.folded) >= _TELLING:
        return fit.similar
    words = len(question.wanted)
    if all(wanted.word in STOP_WORDS for wanted in question.wanted):
        return 0.0
    unknown = sum(wanted.weight for wanted in question.wanted if not wanted.known) / question.weight
    evidence = (
        _BIAS
        + _SCORE * min(fit.score, _MOST_SCORE)
        + _COVERED * fit.covered
        + _PRESENT * fit.present
        + _LEAST * fit.least
        + _LEAST_HEAD * fit.least_head
        + _UNKNOWN * unknown
        + _UNKNOWN_UNCOVERED * unknown * (1 - fit.covered)
        + _RARE * question.weight / words
        + _FEW / words
        + (_alone(fit, question) if words == 1 else 0.0)
    )
    return 1 / (1 + math.exp(-evidence))


def _alone(fit: Fit, question: ParsedQuery) -> float:
    if question.small_words:
        return _LONELY * question.small_words * (1 - question.weight)
    return _SOLE if fit.least == 1 else 0.0


def verdict(fits: Sequence[Fit], question: ParsedQuery) -> Verdict:
    """What to do with the documents found, best first.

    Among made questions, what was found by its name was the wrong one in one of
    five hundred, however close the next: there a choice is offered only between
    equals. What was found by its text was wrong in one of two where the next
    had more than four fifths of its score, and in one of fifty where it had less.
    """
    if not fits or confidence(fits[0], question) < _ENOUGH:
        return Verdict.NOTHING
    best = fits[0]
    next_best = next((fit.score for fit in fits[1:] if fit.record.folded != best.record.folded), 0.0)
    close = _CLOSE_NAMED if best.least_head >= NAMED else _CLOSE_DESCRIBED
    return Verdict.CHOICES if next_best > close * best.score else Verdict.ANSWER
