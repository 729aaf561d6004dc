"""A rate limit that spaces requests evenly, so that there is always room for what people ask."""

import asyncio
from bisect import bisect_right, insort
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from bot.runtime.clock import Clock


class RateLimit:
    """Allows `count` requests in `seconds`.

    The platform counts a request at some moment between its start and its answer.
    Its slot is free again `seconds` after the answer, so the platform never counts
    more than `count` in any such span, however long requests take.
    """

    def __init__(
        self, clock: Clock, count: int, seconds: float = 1.0, *, part: Callable[[], float] = lambda: 1.0
    ) -> None:
        """If several processes share the limit, `part` is what this one has of it at the moment,
        from 0 to 1: so many whole requests, or a single one in a longer span.
        """
        self._clock = clock
        self._count = count
        self._seconds = seconds
        self._part = part
        self._under_way = 0
        self._resting: list[float] = []
        # Made only for who waits: there may be as many limits as there are workspaces.
        self._answered: asyncio.Event | None = None
        self._next = 0.0

    @asynccontextmanager
    async def slot(self) -> AsyncIterator[None]:
        """A slot for one request, up to its answer."""
        free = await self._take()
        try:
            await self._wait(free)
            yield
        finally:
            self._under_way -= 1
            insort(self._resting, self._clock.ticks() + self._seconds * max(1 / self._rate, 1))
            if self._answered:
                self._answered.set()
                self._answered = None

    @property
    def _rate(self) -> float:
        """Requests in a span; who has no part any more may finish what it has begun."""
        return self._count * self._part() or 1.0

    async def _take(self) -> float:
        """Take a slot; the ticks from which it may be used."""
        while True:
            now = self._clock.ticks()
            del self._resting[: bisect_right(self._resting, now)]
            too_many = self._under_way + len(self._resting) + 1 - max(int(self._rate), 1)
            if too_many <= len(self._resting):
                self._under_way += 1
                free = [now, *self._resting[: max(too_many, 0)]]
                del self._resting[: len(free) - 1]
                return free[-1]
            self._answered = self._answered or asyncio.Event()
            await self._answered.wait()

    async def _wait(self, free: float) -> None:
        now = self._clock.ticks()
        start = max(free, self._next)
        self._next = start + self._seconds / self._rate
        if start > now:
            await self._clock.sleep(start - now)
