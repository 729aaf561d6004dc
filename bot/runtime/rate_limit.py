"""A rate limit that spaces requests evenly, so that there is always room for what people ask."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Final

from bot.runtime.clock import Clock

_LONGEST: Final = timedelta(seconds=2)
"""The longest wait for earlier requests; a longer one means that the clock was set back."""


class RateLimit:
    """Allows `count` requests in `seconds`.

    The platform counts a request at some moment between its start and its answer.
    Its slot is free again `seconds` after the answer, so the platform never counts
    more than `count` in any such span, however long requests take. If it is `shared_by`
    several processes, each leaves the others their part.
    """

    def __init__(
        self, clock: Clock, count: int, seconds: float = 1.0, *, shared_by: Callable[[], int] = lambda: 1
    ) -> None:
        self._clock = clock
        self._span = timedelta(seconds=seconds)
        self._unused = count
        self._free: asyncio.Queue[datetime] = asyncio.Queue()
        self._interval = self._span / count
        self._shared_by = shared_by
        self._next: datetime | None = None

    @asynccontextmanager
    async def slot(self) -> AsyncIterator[None]:
        """A slot for one request, up to its answer."""
        free = await self._take()
        try:
            await self._wait(free)
            yield
        finally:
            self._free.put_nowait(self._clock() + self._span)

    async def _take(self) -> datetime:
        """Take a slot; the time from which it may be used."""
        if not self._unused:
            return await self._free.get()
        self._unused -= 1
        return self._clock()

    async def _wait(self, free: datetime) -> None:
        now = self._clock()
        start = free if now < free <= now + self._span else now
        if self._next and start < self._next < now + self._span + _LONGEST:
            start = self._next
        self._next = start + self._interval * max(self._shared_by(), 1)
        if start > now:
            await self._clock.sleep((start - now).total_seconds())
