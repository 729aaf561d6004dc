"""When a source is asked again. Pure but for the random numbers it is given."""

import random
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

EVERY: Final = timedelta(hours=1)
"""Between two visits to a source that answers."""
SPREAD: Final = 0.1
"""The share by which that is shorter or longer, so that bots do not all come at once."""
FIRST_RETRY: Final = timedelta(minutes=5)
LONGEST_RETRY: Final = timedelta(days=1)
LONGEST_ASKED: Final = timedelta(days=7)
"""How long a server may ask to be left alone."""
_DOUBLINGS: Final = 16
"""More than reach the longest; an exponent needs some bound."""


def next_visit(now: datetime, rng: random.Random) -> datetime:
    """When a source that answered is asked again."""
    share: float = rng.uniform(1 - SPREAD, 1 + SPREAD)
    return now + EVERY * share


def next_try(now: datetime, failures: int, rng: random.Random, retry_after: str = "") -> datetime:
    """When a source is asked again that failed so many times in a row (from 1).

    Twice as late each time, up to `LONGEST_RETRY` and up to a fifth sooner; and
    not before the server wants it by that header.
    """
    patience = min(FIRST_RETRY * (1 << min(failures - 1, _DOUBLINGS)), LONGEST_RETRY)
    return now + max(patience * rng.uniform(1 - 2 * SPREAD, 1), asked_for(retry_after, now))


def asked_for(retry_after: str, now: datetime) -> timedelta:
    """How long a Retry-After header asks to wait, in seconds or as a date.

    >>> now = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
    >>> [str(asked_for(t, now)) for t in ("90", "Fri, 02 Jan 2026 04:04:00 GMT", "-5", "soon")]
    ['0:01:30', '1:00:00', '0:00:00', '0:00:00']
    >>> asked_for("Fri, 02 Jan 99999999999999999999 04:04:00 GMT", now)
    datetime.timedelta(0)
    """
    asked = retry_after.strip()
    if asked.isascii() and asked.isdigit():
        # Longer than any number of seconds that would still be honoured.
        seconds = int(asked[:9])
        return min(timedelta(seconds=seconds), LONGEST_ASKED)
    try:
        until = parsedate_to_datetime(asked)
    except (ValueError, OverflowError):
        return timedelta()
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return min(max(until - now, timedelta()), LONGEST_ASKED)
