"""What a check found: its health in one word, a sentence, and what to do."""

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

from bot.text.phrases import span

_NOTICED: Final = timedelta(seconds=30)
"""What the time of an answer may differ by: it has whole seconds, and was on its way."""
_HARMFUL: Final = timedelta(minutes=5)
"""Slack's signatures are good for as long."""


class Health(enum.StrEnum):
    """BAD does not work; WARN works, but maybe not as intended."""

    OK = "ok"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """The result of a check; `advice` says what to do, "" for nothing."""

    health: Health
    what: str
    advice: str = ""


def ok(what: str) -> Finding:
    """A finding that all is well."""
    return Finding(health=Health.OK, what=what)


def warn(what: str, advice: str) -> Finding:
    """A finding that may not be intended."""
    return Finding(health=Health.WARN, what=what, advice=advice)


def bad(what: str, advice: str = "") -> Finding:
    """A finding that something does not work."""
    return Finding(health=Health.BAD, what=what, advice=advice)


def clock_finding(platform: str, date: str, now: datetime) -> Sequence[Finding]:
    """A finding on our clock by a platform's, whose time is the header Date of an answer; none without it."""
    try:
        theirs = parsedate_to_datetime(date).astimezone(UTC)
    except ValueError:
        return []
    off = now - theirs
    if abs(off) < _NOTICED:
        return [ok(f"The clock agrees with {platform}'s")]
    way = "ahead of" if off > timedelta() else "behind"
    what = f"The clock is {span(abs(off))} {way} {platform}'s"
    advice = "Have the clock of this machine set by NTP."
    return [bad(what, advice) if abs(off) >= _HARMFUL else warn(what, advice)]
