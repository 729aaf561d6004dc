"""Requests in an even stream, so that what people ask always finds room between them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Final

from bot.runtime.clock import Clock

_LONGEST: Final = timedelta(seconds=2)
"""Nobody waits longer for who came before; if somebody would have to, the clock was set back."""


class RateLimit:
    """Lets through `count` requests in `seconds`, whoever asks.

    The platform counts a request at some moment between its leaving and its
    answer. Its turn is free again that many seconds after the answer, so that
    the platform never counts more in any such span, however long they are under way.
    """

    def __init__(self, clock: Clock, count: int, seconds: float = 1.0) -> None:
        self._clock = clock
        self._span = timedelta(seconds=seconds)
        self._unused = count
        self._free: asyncio.Queue[datetime] = asyncio.Queue()
        self._apart = self._span / count
        self._next: datetime | None = None

    @asynccontextmanager
    async def slot(self) -> AsyncIterator[None]:
        """Inside, one request may leave, and its answer is waited for."""
        free = await self._taken()
        try:
            await self._evenly(free)
            yield
        finally:
            self._free.put_nowait(self._clock() + self._span)

    async def _taken(self) -> datetime:
        """When the turn that is taken here may be used."""
        if not self._unused:
            return await self._free.get()
        self._unused -= 1
        return self._clock()

    async def _evenly(self, free: datetime) -> None:
        now = self._clock()
        mine = free if now < free <= now + self._span else now
        if self._next and mine < self._next < now + self._span + _LONGEST:
            mine = self._next
        self._next = mine + self._apart
        if mine > now:
            await self._clock.sleep((mine - now).total_seconds())
