"""The time a stand-in keeps: expiries, retries and limits all read it."""

import asyncio
import time
from collections.abc import Callable
from typing import Any, Protocol

from tests.stand_ins.common.changes import Changes
from tests.stand_ins.common.patience import HANG


class Clock(Protocol):
    @property
    def changes(self) -> Changes:
        """Those who wait for anything to change, in time or in the world that keeps it."""
        ...

    def now(self) -> float:
        """Seconds since 1970."""
        ...

    async def wait(self, seconds: float) -> None:
        """Returns once so many seconds have passed."""
        ...


class SystemClock:
    """The wall clock, for tests of a real process."""

    def __init__(self) -> None:
        self.changes = Changes()

    def now(self) -> float:
        return time.time()

    async def wait(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class ManualClock:
    """A clock that stands still until a test moves it."""

    def __init__(self, start: float | None = None) -> None:
        self.changes = Changes()
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
            self.changes.notify()
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

    async def until(
        self, holds: Callable[[], object], *, idle: int, busy: Callable[[], object] = lambda: False
    ) -> None:
        """Lets time pass, a second whenever so many wait for it and nothing is busy, until something holds."""
        async with asyncio.timeout(HANG):
            while not holds():
                if self.waiting >= idle and not busy():
                    self.advance(1)
                    await asyncio.sleep(0)
                else:
                    await self.changes.next()

    async def done(self, task: "asyncio.Future[Any]") -> None:
        """Lets time pass whenever someone waits for it, until a task has ended; what it raised is raised."""
        task.add_done_callback(lambda _: self.changes.notify())
        await self.until(task.done, idle=1)
        await task
