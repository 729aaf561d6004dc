"""What a card says beside its answer: how old the data is, and how much fits."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from adapters.slack.spots import Spot
from bot.types import Origin

_DAYS_A_MONTH: Final = 30
_DAYS_A_YEAR: Final = 365
_TWO: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """`length` is how many characters of a text stand on a page; `matches` is
    the query that led here, where others fitted it as well.
    """

    now: datetime
    origin: Origin
    length: int
    matches: Spot | None = None

    def footer(self, *facts: str) -> str:
        """The facts that are known, and how old the data is, in one line."""
        return " · ".join(fact for fact in (*facts, self._age()) if fact)

    def _age(self) -> str:
        if self.origin.sample:
            return "from the embedded sample"
        if self.origin.updated is None:
            return ""
        days = max((self.now - self.origin.updated).days, 0)
        return f"updated {_ago(days)}"


def _ago(days: int) -> str:
    """How long ago that many days are, in words.

    >>> [_ago(n) for n in (0, 1, 13, 75, 800)]
    ['today', 'yesterday', '13 days ago', '2 months ago', '2 years ago']
    """
    if days < _TWO:
        return ("today", "yesterday")[days]
    for length, name in ((_DAYS_A_YEAR, "years"), (_DAYS_A_MONTH, "months")):
        if days >= _TWO * length:
            return f"{days // length} {name} ago"
    return f"{days} days ago"
