"""Time, which a test can control."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """The time in UTC, and waiting, in seconds.

    Calling it returns the time, so it fits wherever any callable clock does.
    """

    read: Callable[[], datetime]
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    timeout: Callable[[float], AbstractAsyncContextManager[object]] = asyncio.timeout

    def __call__(self) -> datetime:
        """The current time."""
        return self.read()

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
