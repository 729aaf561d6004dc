"""When a weekly digest is due.

Hours are those of a clock on the wall. If daylight saving skips an hour, the digest
is due when the clock jumps; if an hour comes twice, at the first.
"""

from datetime import UTC, datetime, time, timedelta
from typing import Final

from bot.digests.timezones import UnknownTimezone, rules_of
from bot.model.digests import WeeklySlot
from bot.text.rich_text import Span

DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
HOUR: Final = 9
"""The hour of a weekly digest without one: a time at which people read."""
_ONE_HOUR: Final = timedelta(hours=1)
_DAY: Final = timedelta(days=1)
_WEEK: Final = 7
WEEK: Final = _WEEK * _DAY


def next_slot(slot: WeeklySlot, after: datetime) -> datetime:
    """The first moment of the slot later than `after`, in UTC.

    >>> next_slot(WeeklySlot(weekday=6, hour=2, timezone="Europe/Berlin"), datetime(2027, 3, 27, tzinfo=UTC))
    datetime.datetime(2027, 3, 28, 1, 0, tzinfo=datetime.timezone.utc)
    """
    timezone = rules_of(slot.timezone)
    today = after.astimezone(timezone).date()
    ahead = (slot.weekday - today.weekday()) % _WEEK
    for days in (ahead, ahead + _WEEK):
        local = datetime.combine(today + timedelta(days=days), time(slot.hour), timezone)
        if (moment := local.astimezone(UTC)) > after:
            return moment
    raise AssertionError("a week has one of each of its hours")  # pragma: no cover


def same_week(slot: WeeklySlot, due: datetime) -> datetime:
    """The moment of the slot in the week of `due`, which other rules may have computed."""
    return next_slot(slot, due - WEEK / 2)


def format_slot(slot: WeeklySlot) -> str:
    """The slot as text: "Mondays at 09:00 Europe/London"."""
    return f"{DAYS[slot.weekday]}s at {slot.hour:02d}:00 {slot.timezone}"


def format_moment(slot: WeeklySlot, moment: datetime, now: datetime) -> str:
    """The moment on the clock of the slot's timezone, and how far away it is.

    >>> at = datetime(2026, 11, 23, 9, tzinfo=UTC)
    >>> format_moment(WeeklySlot(weekday=0, hour=9, timezone="Europe/London"), at, at - timedelta(days=3))
    'Monday 23 November 09:00 Europe/London, in 3 days'
    """
    return "".join(span.text for span in moment_spans(slot, moment, now))


def moment_spans(slot: WeeklySlot, moment: datetime, now: datetime) -> tuple[Span, ...]:
    """As `format_moment`; how far away it is names the moment, for the reader's own clock."""
    try:
        local = moment.astimezone(rules_of(slot.timezone))
    except UnknownTimezone as unknown:
        return (Span(text=str(unknown)),)
    wall = f"{DAYS[local.weekday()]} {local.day} {local:%B %H:%M} {slot.timezone}, "
    return Span(text=wall), Span(text=_far(moment - now), moment=moment)


def _far(ahead: timedelta) -> str:
    if ahead < _ONE_HOUR:
        return "within the hour"
    unit, name = (_DAY, "day") if ahead >= _DAY else (_ONE_HOUR, "hour")
    count = round(ahead / unit)
    return f"in {count} {name}" + ("s" if count > 1 else "")
