"""Spans of time in words."""

from datetime import timedelta
from typing import Final

_UNITS: Final = ((86400, "day"), (3600, "hour"), (60, "minute"))


def span(time: timedelta) -> str:
    """About how long that is, whichever way it points.

    >>> [span(timedelta(seconds=s)) for s in (5, 60, -3 * 3600, 100_000)]
    ['a moment', '1 minute', '3 hours', '1 day']
    """
    seconds = abs(int(time.total_seconds()))
    for length, name in _UNITS:
        if seconds >= length:
            count = seconds // length
            return f"{count} {name}{'s' if count > 1 else ''}"
    return "a moment"
