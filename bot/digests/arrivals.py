"""Which issues are new: judged by their numbers rather than by dates, which are often
missing, wrong or corrected later.

Every issue in the library is recorded once. An issue is no news if it is there at
the first recording, if it was known under another number, or if it belongs to the
archive: if it is far below the newest, or below it and dated long ago.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from bot.model.digests import Arrival
from bot.model.newsletter import Issue
from bot.ports import ArrivalLog, Library
from bot.text.folding import fold

ARCHIVE: Final = 10
"""An issue that far below the newest known one is archive."""
LONG_AGO: Final = timedelta(days=60)
"""An issue below the newest known one is archive too if its date is that long ago."""


async def record_arrivals(library: Library, arrivals: ArrivalLog, now: datetime) -> int:
    """Record the issues that came into the library since the last time; the id of the last arrival.

    The embedded sample is not recorded: it is no newsletter that could grow.
    """
    known = await arrivals.all()
    if (await library.origin()).sample:
        return _last(known)
    numbers = sorted(set(await library.numbers()) - {arrival.issue for arrival in known})
    issues = [issue for number in numbers if (issue := await library.issue(number)) and issue.summaries]
    if not issues:
        return _last(known)
    return await arrivals.record(_judged(issues, known, now.date()))


def _judged(issues: Iterable[Issue], known: Sequence[Arrival], today: date) -> list[Arrival]:
    newest = max((arrival.issue for arrival in known), default=None)
    judged = []
    for issue in issues:
        number, names = issue.number or 0, names_of(issue)
        again = any(_same(names, other.names) for other in known)
        news = newest is not None and not again and _is_fresh(issue, newest, today)
        judged.append(Arrival(id=0, issue=number, names=names, news=news))
    return judged


def _is_fresh(issue: Issue, newest: int, today: date) -> bool:
    number = issue.number or 0
    if number > newest:
        return True
    dated = issue.published
    return number > newest - ARCHIVE and (dated is None or today - dated < LONG_AGO)


def names_of(issue: Issue) -> frozenset[str]:
    """The address and the entries of the issue, by which it is recognized if its number is corrected."""
    titles = {fold(summary.title) for summary in issue.summaries}
    return frozenset(name for name in {issue.url, *titles} if name)


def _same(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether most of the smaller set is in both."""
    return bool(one and other) and len(one & other) * 2 > min(len(one), len(other))


def _last(known: Sequence[Arrival]) -> int:
    return known[-1].id if known else 0
