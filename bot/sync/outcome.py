"""What became of a source in a round. `due` is when it is asked again."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from bot.indexing.indexer import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class NotDue:
    """It was not asked."""

    source: str
    due: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Unchanged:
    """It holds what it held when it was taken in last."""

    source: str
    due: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Indexed:
    """It held something else, which was taken in; `fresh` are the numbers of
    the issues that were not known before, ascending.
    """

    source: str
    due: datetime
    report: Report
    fresh: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """Nothing could be had of it, for the `failures`th time in a row; what was
    there is kept.
    """

    source: str
    due: datetime
    problem: str
    failures: int


Outcome: TypeAlias = NotDue | Unchanged | Indexed | Failed
