"""Which subscriptions are posted to at the same time, and which wait for their turn."""

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine, Iterable
from typing import Any, Final

WIDTH: Final = 16
"""Subscriptions of one rate bucket that are posted to at the same time."""
AT_ONCE: Final = 64
"""Subscriptions of all rate buckets together."""


class Turns:
    """Has a task for each subscription that is posted to. Of those that wait it knows the names alone,
    so that ten thousand take little room.
    """

    def __init__(
        self, deliver: Callable[[str, str], Coroutine[Any, Any, None]], bucket: Callable[[str], str]
    ) -> None:
        """`deliver` is called with a subscription and its server; `bucket` returns the rate bucket of a server."""
        self._deliver = deliver
        self._bucket = bucket
        self._waiting: dict[str, str] = {}
        self._running: dict[str, asyncio.Task[None]] = {}
        self._busy: Counter[str] = Counter()

    def begin(self, ready: Iterable[tuple[str, str]]) -> None:
        """Deliver for these subscriptions, each with its server, as soon as there is room; for
        others only what has begun.
        """
        self._waiting = {
            subscription: server for subscription, server in ready if subscription not in self._running
        }
        self._fill(AT_ONCE)

    async def over(self) -> None:
        """Wait until nothing is delivered or waits. Raises what a delivery raises."""
        while self._running:
            await asyncio.gather(*self._running.values())

    async def stopped(self) -> None:
        """Begin nothing more, and wait for what has begun."""
        self._waiting.clear()
        await asyncio.gather(*self._running.values(), return_exceptions=True)

    def _fill(self, most: int) -> None:
        """Begin up to so many of those that wait, as far as there is room."""
        begun: list[str] = []
        for subscription, server in self._waiting.items():
            if len(begun) == most or len(self._running) >= AT_ONCE:
                break
            bucket = self._bucket(server)
            if self._busy[bucket] < WIDTH:
                self._busy[bucket] += 1
                self._running[subscription] = asyncio.create_task(self._run(subscription, server, bucket))
                begun.append(subscription)
        for subscription in begun:
            del self._waiting[subscription]

    async def _run(self, subscription: str, server: str, bucket: str) -> None:
        try:
            await self._deliver(subscription, server)
        finally:
            del self._running[subscription]
            self._busy -= Counter([bucket])  # without those that are not busy any more
            self._fill(1)
