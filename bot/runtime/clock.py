"""Time, which a test can control."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """The time in UTC, and waiting, in seconds.

    Calling it returns the time, so it fits wherever any callable clock does. `monotonic`
    is a clock that nobody sets; without one, the time is taken to be as good.
    """

    read: Callable[[], datetime]
    monotonic: Callable[[], float] | None = None
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    timeout: Callable[[float], AbstractAsyncContextManager[object]] = asyncio.timeout

    def __call__(self) -> datetime:
        """The current time."""
        return self.read()

    def ticks(self) -> float:
        """Seconds since any moment, by a clock that is never set."""
        return self.monotonic() if self.monotonic else self.read().timestamp()

    async def sleep_unless(self, event: asyncio.Event, seconds: float) -> None:
        """Sleep that long, or until the event is set."""
        waiting = [asyncio.ensure_future(self.sleep(seconds)), asyncio.ensure_future(event.wait())]
        try:
            await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in waiting:
                task.cancel()
            for task in waiting:
                with contextlib.suppress(asyncio.CancelledError):
                    await task


class JumpWatch:
    """Notices that the clock was set: its time differs from what has passed."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last = clock(), clock.ticks()

    def jump(self) -> timedelta:
        """How far the clock was set ahead since the last call; negative if it was set back."""
        now = self._clock(), self._clock.ticks()
        (then, ticks), self._last = self._last, now
        return (now[0] - then) - timedelta(seconds=now[1] - ticks)
