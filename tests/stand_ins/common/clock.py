"""The time a stand-in keeps: expiries, retries and limits all read it."""

import asyncio
import time
from typing import Protocol


class Clock(Protocol):
    def now(self) -> float:
        """Seconds since 1970."""
        ...

    async def wait(self, seconds: float) -> None:
        """Returns once so many seconds have passed."""
        ...


class SystemClock:
    """The wall clock, for tests of a real process."""

    def now(self) -> float:
        return time.time()

    async def wait(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class ManualClock:
    """A clock that stands still until a test moves it."""

    def __init__(self, start: float | None = None) -> None:
        self._now = time.time() if start is None else start
        self._waiting: list[tuple[float, asyncio.Future[None]]] = []

    def now(self) -> float:
        return self._now

    @property
    def waiting(self) -> int:
        """How many wait for time to pass."""
        return sum(not future.done() for _, future in self._waiting)

    async def wait(self, seconds: float) -> None:
        if seconds > 0:
            future = asyncio.get_running_loop().create_future()
            self._waiting.append((self._now + seconds, future))
            await future

    def advance(self, seconds: float) -> None:
        """Moves the clock on, waking whose time has come; it never runs backwards."""
        if seconds < 0:
            raise ValueError("a clock does not run backwards")
        self._now += seconds
        for when, future in self._waiting:
            if when <= self._now and not future.done():
                future.set_result(None)
        self._waiting = [(when, future) for when, future in self._waiting if not future.done()]
