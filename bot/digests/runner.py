"""Runs digests, in one of several processes on one database."""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Final
from weakref import WeakValueDictionary

from bot.digests.arrivals import QUIET
from bot.digests.dispatcher import Dispatcher
from bot.digests.planner import Planner
from bot.digests.poster import Poster
from bot.errors import BotError
from bot.ports import DigestStore, Library
from bot.runtime.clock import Clock

log: Final = logging.getLogger("anbot.digests")

LEASE: Final = 30.0
"""Seconds for which one process may deliver; it renews the lease long before they end."""
HISTORY: Final = timedelta(days=180)
"""How long a delivery stays in the log."""
_DAY: Final = timedelta(days=1)
TICK: Final = 1.0
"""Seconds from one look at what is due to the next."""
WIDTH: Final = 16
"""Subscriptions of one rate bucket that are posted at the same time."""
AT_ONCE: Final = 64
"""Subscriptions of all rate buckets together."""


class DigestRunner:
    """Plans and delivers on one platform while it holds the lease; otherwise it waits
    for the lease to end.

    The lease has a fence, which is checked before every request: a process that was
    stopped and wakes up late finds its fence outdated.
    """

    def __init__(
        self, library: Library, store: DigestStore, poster: Poster, clock: Clock, *, quiet: timedelta = QUIET
    ) -> None:
        self._outbox = store.outbox
        self._lease = store.lease
        self._poster = poster
        self._platform = poster.platform
        self._clock = clock
        self._planner = Planner(library, store, poster, quiet=quiet)
        self._dispatcher = Dispatcher(store, poster, clock)
        self._holder = secrets.token_hex(8)
        self._fence: int | None = None
        self._over = asyncio.Event()
        self._sweeping = clock()
        self._running: dict[str, asyncio.Task[None]] = {}
        self._buckets: WeakValueDictionary[str, asyncio.Semaphore] = WeakValueDictionary()
        self._room = asyncio.Semaphore(AT_ONCE)

    async def run(self, stop: asyncio.Event) -> None:
        """Run until `stop` is set; requests that have left are finished first."""
        self._over = stop
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._over_and_over(self.hold, LEASE / 3, stop))
                group.create_task(self._over_and_over(self.plan, TICK, stop))
                group.create_task(self._over_and_over(self._start_due, TICK, stop))
        finally:
            await asyncio.gather(*self._running.values(), return_exceptions=True)
            await self._lease.release(self._platform, self._holder)

    async def plan(self) -> None:
        """Write what is due to the outbox, if this process holds the lease."""
        if self._fence is not None:
            await self._planner.plan(self._clock(), self._fence)

    async def _over_and_over(
        self, work: Callable[[], Awaitable[None]], seconds: float, stop: asyncio.Event
    ) -> None:
        """Repeat the work; an error does not end it, for the database may be busy or a disk full."""
        while not stop.is_set():
            try:
                await work()
            except BotError as error:
                log.error("digests: %s", error)  # noqa: TRY400 - it says what is wrong, where and what to do
            except Exception:
                log.exception("digests: a defect; they go on")
            await self._clock.sleep_unless(stop, seconds)

    async def once(self) -> None:
        """Plan and deliver all that is due now, unless another process holds the lease."""
        try:
            await self.hold()
            await self.deliver_due()
        finally:
            await self._lease.release(self._platform, self._holder)

    async def deliver_due(self) -> None:
        """Deliver what may be sent now; return when it is done."""
        await self._start_due()
        await asyncio.gather(*self._running.values())

    async def hold(self) -> None:
        """Acquire or renew the lease, if no other process has it; a new holder plans at once."""
        now = self._clock()
        before = self._fence
        until = now + timedelta(seconds=LEASE)
        self._fence = await self._lease.acquire(self._platform, self._holder, now, until)
        if self._fence is not None and self._fence != before:
            log.info("this process delivers digests on %s", self._platform)
            await self._planner.recompute(now)
            await self.plan()
        if self._fence is not None and now >= self._sweeping:
            self._sweeping = now + _DAY
            await self._outbox.sweep(now - HISTORY)

    async def _start_due(self) -> None:
        """Start a task for every subscription with a delivery that may be sent now."""
        if self._fence is None:
            return
        for subscription, server in await self._outbox.ready(self._platform, self._clock()):
            if subscription not in self._running:
                delivering = self._deliver(subscription, self._bucket(server))
                self._running[subscription] = asyncio.create_task(delivering)

    def _bucket(self, server: str) -> asyncio.Semaphore:
        """The semaphore of the server's rate bucket; it exists as long as something waits in it."""
        return self._buckets.setdefault(self._poster.rate_bucket(server), asyncio.Semaphore(WIDTH))

    async def _deliver(self, subscription: str, rate_bucket: asyncio.Semaphore) -> None:
        try:
            async with rate_bucket, self._room:
                if self._fence is not None and not self._over.is_set():
                    await self._dispatcher.deliver(subscription, self._fence)
        except BotError as error:
            log.error("digests: %s", error)  # noqa: TRY400 - as above
        except Exception:
            log.exception("digests: a defect in a delivery; it is tried again")
        finally:
            del self._running[subscription]
