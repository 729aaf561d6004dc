"""The time the stand-in keeps: expiries, rate limits and nonces all read it."""

import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    def now(self) -> float:
        """Seconds since 1970."""
        ...


class SystemClock:
    """The wall clock, for tests of a real process."""

    def now(self) -> float:
        return time.time()


class ManualClock:
    """A clock that stands still until a test moves it."""

    def __init__(self, start: float | None = None) -> None:
        self._now = time.time() if start is None else start

    def now(self) -> float:
        return self._now

    def advance(self, seconds: float) -> None:
        """Moves the clock on; it never runs backwards."""
        if seconds < 0:
            raise ValueError("a clock does not run backwards")
        self._now += seconds


def iso(seconds: float) -> str:
    """The way Discord writes an instant.

    >>> iso(0)
    '1970-01-01T00:00:00+00:00'
    """
    return datetime.fromtimestamp(seconds, UTC).isoformat()
