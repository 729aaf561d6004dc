"""How old the data is, in words for the foot of a card."""

from datetime import datetime
from typing import Final

from bot.types import Origin

_DAYS_A_MONTH: Final = 30
_DAYS_A_YEAR: Final = 365
_TWO: Final = 2


def footer(origin: Origin, now: datetime, *facts: str) -> str:
    """The facts that are known, and how old the data is, in one line."""
    return " · ".join(fact for fact in (*facts, _age(origin, now)) if fact)


def _age(origin: Origin, now: datetime) -> str:
    if origin.sample:
        return "from the embedded sample"
    if origin.updated is None:
        return ""
    days = max((now - origin.updated).days, 0)
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
