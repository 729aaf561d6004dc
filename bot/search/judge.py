"""Whether to answer, to offer a choice, or to stay silent."""

import math
from collections.abc import Sequence
from typing import Final

from bot.search.interpret import Question
from bot.search.rank import Fit
from bot.types import Verdict

_BIAS: Final = -1.46
_SCORE: Final = 3.80
_MOST_SCORE: Final = 1.6
_COVERED: Final = 0.61
_DESCRIBED: Final = 0.32
_LEAST: Final = 2.01
_LEAST_HEAD: Final = 2.28
_UNKNOWN: Final = -2.22
_UNKNOWN_UNCOVERED: Final = -3.13
_FEW: Final = -2.99
_LONELY: Final = -2.21
_LONELY_BODY: Final = -0.6
_ENOUGH: Final = 0.7
_CLOSE: Final = 0.02


def confidence(fit: Fit, question: Question) -> float:
    """How likely the document answers the question at all, from 0 to 1."""
    unknown = sum(wanted.weight for wanted in question.wanted if not wanted.known) / question.weight
    alone = len(question.wanted) == 1
    evidence = (
        _BIAS
        + _SCORE * min(fit.score, _MOST_SCORE)
        + _COVERED * fit.covered
        + _DESCRIBED * fit.described
        + _LEAST * fit.least
        + _LEAST_HEAD * fit.least_head
        + _UNKNOWN * unknown
        + _UNKNOWN_UNCOVERED * unknown * (1 - fit.covered)
        + _FEW / max(1, len(question.wanted))
        + (_LONELY * question.small_words * (1 - question.weight) if alone else 0.0)
        + (_LONELY_BODY * (1 - fit.least_head) if alone else 0.0)
    )
    return 1 / (1 + math.exp(-evidence))


def verdict(fits: Sequence[Fit], question: Question) -> Verdict:
    """What to do with the documents found, best first."""
    if not fits or confidence(fits[0], question) < _ENOUGH:
        return Verdict.NOTHING
    others = [fit for fit in fits[1:] if fit.record.folded != fits[0].record.folded]
    if others and fits[0].score - others[0].score < _CLOSE * fits[0].score:
        return Verdict.CHOICES
    return Verdict.ANSWER
