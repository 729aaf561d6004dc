"""What became of a source in a round. `due` is when it is asked again."""

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeAlias

from bot.indexing.indexer import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class NotDue:
    """The source was not asked."""

    source: str
    due: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Unchanged:
    """The source has not changed since it was indexed last."""

    source: str
    due: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Indexed:
    """The source had changed and was indexed; `fresh` are the numbers of the
    issues that are new to the library, ascending.
    """

    source: str
    due: datetime
    report: Report
    fresh: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """The source could not be read, for the `failures`th time in a row; what is
    indexed of it stays.
    """

    source: str
    due: datetime
    problem: str
    failures: int


Outcome: TypeAlias = NotDue | Unchanged | Indexed | Failed


_LEVELS: Final = {Failed: logging.WARNING, Indexed: logging.INFO}
_NAMED: Final = 5
"""How many new issues are named by number."""
_WHEN: Final = "%Y-%m-%d %H:%M UTC"


def line_of(outcome: Outcome) -> str:
    """One line on the outcome, for a person."""
    match outcome:
        case NotDue(source=source, due=due):
            return f"{source}: not due before {due:{_WHEN}}"
        case Unchanged(source=source):
            return f"{source}: unchanged"
        case Indexed(source=source, report=report, fresh=fresh):
            counts = f"{report.new:,} new, {report.changed:,} changed, {report.unchanged:,} unchanged"
            return f"{source}: {counts}{_issues(fresh)}"
        case Failed(source=source, problem=problem, failures=failures, due=due):
            message = problem if source in problem else f"{source}: {problem}"
            again = f"{failures:,} times in a row, " if failures > 1 else ""
            return f"{message} ({again}next try {due:{_WHEN}})"


def fresh_line(fresh: tuple[int, ...]) -> str:
    """Which issues are new, or ""; of many, how many and the last.

    >>> fresh_line((58,)), fresh_line((58, 59)), fresh_line(tuple(range(1, 173)))
    ('new issue: AN #58', 'new issues: AN #58, AN #59', '172 new issues, the last AN #172')
    """
    if not fresh:
        return ""
    if len(fresh) > _NAMED:
        return f"{len(fresh):,} new issues, the last AN #{fresh[-1]}"
    return f"new issue{'s' if len(fresh) > 1 else ''}: {', '.join(f'AN #{number}' for number in fresh)}"


def log_outcome(log: logging.Logger, outcome: Outcome) -> None:
    """Log the outcome, a failure as a warning."""
    log.log(_LEVELS.get(type(outcome), logging.DEBUG), "%s", line_of(outcome))


def _issues(fresh: tuple[int, ...]) -> str:
    return f"; {fresh_line(fresh)}" if fresh else ""
