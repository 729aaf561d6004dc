"""Which issues are new.

Every issue in the library is recorded once, when it is complete: when nothing was
added to the new issues for a while. An issue that is there at the first recording is no
news, nor one that was known under another number, nor one of the archive: dated long
ago, or without a date and not next in order.
"""

import hashlib
from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from bot.model.digests import Arrival
from bot.model.newsletter import Issue
from bot.ports import ArrivalLog, Library
from bot.text.folding import fold

QUIET: Final = timedelta(minutes=90)
"""A new issue is complete if nothing was added for that long: a poll of each source fits in."""
LONGEST: Final = timedelta(days=1)
"""A new issue is announced by then even if something is still being added."""
LONG_AGO: Final = timedelta(days=60)
"""An issue whose date is that long ago is archive."""
ARCHIVE: Final = 10
"""An issue that far below the newest is archive, whatever its date."""
NEXT: Final = 3
"""So many issues without dates may follow the newest at once; more are an archive."""
APART: Final = timedelta(days=5)
"""Issues without dates that come sooner after others are an archive, taken in bit by bit."""


async def record_arrivals(library: Library, log: ArrivalLog, now: datetime, quiet: timedelta = QUIET) -> int:
    """Record the complete issues that came into the library since the last time; the id of the last arrival.

    The embedded sample is not recorded: it is no newsletter that could grow.
    """
    known = await log.all()
    if (await library.origin()).sample:
        return _last(known)
    issues = await _unrecorded(library, known)
    if not known:
        return await log.record(_arrivals(issues, (), now)) if issues else 0
    newest = newest_of([arrival.issue for arrival in known])
    old = [issue for issue in issues if _is_archive(issue, newest, now.date())]
    growing = [issue for issue in issues if issue not in old]
    if old:
        await log.record(_arrivals(old, (), now))
    if growing and await _is_complete(log, growing, now, quiet):
        await log.record(_arrivals(growing, _news(growing, known, newest, now), now))
        await log.watch("", now)
    elif not old:
        return _last(known)
    return _last(await log.all())


async def _is_complete(log: ArrivalLog, growing: Sequence[Issue], now: datetime, quiet: timedelta) -> bool:
    began, changed = await log.watch(_contents(growing), now)
    if max(began, changed) > now:  # of a clock that was ahead
        await log.watch("", now)
        began, changed = await log.watch(_contents(growing), now)
    return now - changed >= quiet or now - began >= LONGEST


async def last_arrival(library: Library, log: ArrivalLog, now: datetime) -> tuple[int, tuple[int, ...]]:
    """The id of the last arrival, and the issues that are not recorded yet: what comes after
    both is new to a subscription that begins now.

    If nothing was recorded yet, all that is there is recorded first, and is no news.
    """
    known = await log.all()
    if not known:
        return await record_arrivals(library, log, now), ()
    if (await library.origin()).sample:
        return _last(known), ()
    coming = set(await library.numbers()) - {arrival.issue for arrival in known}
    return _last(known), tuple(sorted(coming))


async def latest(log: ArrivalLog) -> int:
    """The id of the last arrival that was recorded, 0 if none was; nothing is recorded for it."""
    return _last(await log.all())


def newest_of(numbers: Collection[int]) -> int:
    """The highest of the numbers that is not far from all others, as one with a slip of the pen is.

    >>> newest_of([57, 58, 999]), newest_of([58])
    (58, 58)
    """
    known = set(numbers)
    in_order = (n for n in known if any(n - step in known for step in range(1, ARCHIVE + 1)))
    return max(in_order, default=max(known))


def names_of(issue: Issue) -> frozenset[str]:
    """The address and the entries of the issue, by which it is recognized if its number is corrected."""
    titles = {fold(summary.title) for summary in issue.summaries}
    return frozenset(name for name in {issue.url, *titles} if name)


async def _unrecorded(library: Library, known: Sequence[Arrival]) -> list[Issue]:
    numbers = sorted(set(await library.numbers()) - {arrival.issue for arrival in known})
    return [issue for number in numbers if (issue := await library.issue(number)) and issue.summaries]


def _is_archive(issue: Issue, newest: int, today: date) -> bool:
    number = issue.number or 0
    if issue.published is None:
        return number < newest
    return today - issue.published >= LONG_AGO or number <= newest - ARCHIVE


def _news(issues: Sequence[Issue], known: Sequence[Arrival], newest: int, now: datetime) -> list[Issue]:
    fresh = [issue for issue in issues if not any(_same(names_of(issue), each.names) for each in known)]
    dated = [issue for issue in fresh if issue.published]
    undated = [issue for issue in fresh if not issue.published]
    latest = max([newest, *(issue.number or 0 for issue in dated)])
    began = known[0].recorded
    since = (
        each.recorded for each in known if each.news or (each.recorded != began and each.issue <= newest)
    )
    lately = any(abs(now - recorded) < APART for recorded in since)
    in_order = all((issue.number or 0) <= latest + NEXT for issue in undated)
    return [*dated, *(undated if in_order and not lately and len(undated) <= NEXT else ())]


def _arrivals(issues: Sequence[Issue], news: Sequence[Issue], now: datetime) -> list[Arrival]:
    return [
        Arrival(id=0, issue=issue.number or 0, names=names_of(issue), news=issue in news, recorded=now)
        for issue in issues
    ]


def _contents(issues: Sequence[Issue]) -> str:
    """A fingerprint that changes if an issue or an entry is added."""
    names = [f"{issue.number} {sorted(names_of(issue))}" for issue in issues]
    return hashlib.sha256("\n".join(names).encode()).hexdigest()


def _same(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether most of the smaller set is in both."""
    return bool(one and other) and len(one & other) * 2 > min(len(one), len(other))


def _last(known: Sequence[Arrival]) -> int:
    return known[-1].id if known else 0
