"""Runs digests, in one of several processes on one database."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import Final

from bot.digests.arrivals import QUIET
from bot.digests.dispatcher import DeliveryEnded, Dispatcher, unheard
from bot.digests.planner import Planner
from bot.digests.poster import Poster
from bot.digests.turns import Turns
from bot.errors import BotError, StoreError
from bot.ports import DigestStore, Library
from bot.runtime.clock import Clock, JumpWatch
from bot.text.phrases import span
from bot.workers.shards import LEASE, Shards

log: Final = logging.getLogger("anbot.digests")

HISTORY: Final = timedelta(days=180)
"""How long a delivery stays in the log."""
_DAY: Final = 86_400.0
"""Seconds from one sweep to the next."""
REST: Final = 0.01
"""Seconds at least from one step of a sweep to the next: others write and look things up meanwhile."""
RESTS: Final = 4
"""So many times as long as a step took is the rest after it: a busy disk is left alone for longer."""
JUMP: Final = timedelta(seconds=30)
"""A clock that was set by more is not believed at once."""
CALM: Final = 60.0
"""Seconds for which nothing is planned or sent after the clock was set: it may be set right again."""
TICK: Final = 1.0
"""Seconds from one look at what is due to the next."""


class DigestRunner:
    """Plans and delivers on the shards of one platform while it holds their leases; otherwise
    it waits for leases to end.

    A lease has a fence, which is checked before every request: a process that was
    stopped and wakes up late finds its fence outdated.
    """

    def __init__(  # noqa: PLR0913 - a port each, and two that have defaults
        self,
        library: Library,
        store: DigestStore,
        poster: Poster,
        clock: Clock,
        *,
        shards: Shards | None = None,
        quiet: timedelta = QUIET,
        ended: Callable[[DeliveryEnded], None] = unheard,
    ) -> None:
        """`shards` are those of the platform, None if it is not cut; `ended` is told of every
        delivery that was sent or failed.
        """
        self._outbox = store.outbox
        self._platform = poster.platform
        self._clock = clock
        self._planner = Planner(library, store, poster, quiet=quiet)
        self._dispatcher = Dispatcher(store, poster, clock, ended)
        self._shards = shards or Shards(store.lease, poster.platform, clock)
        self._over = asyncio.Event()
        self._sweeping = clock.ticks()
        self._jumps = JumpWatch(clock)
        self._calm = 0.0
        self._known: frozenset[int] = frozenset()
        self._planning = asyncio.Lock()
        self._troubles: dict[str, str] = {}
        self._turns = Turns(self._deliver, poster.rate_bucket)

    async def run(self, stop: asyncio.Event) -> None:
        """Run until `stop` is set; requests that have left are finished first."""
        self._over = stop
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._over_and_over("lease", self.hold, LEASE / 3, stop))
                group.create_task(self._over_and_over("plan", self.plan, TICK, stop))
                group.create_task(self._over_and_over("due", self._start_due, TICK, stop))
                group.create_task(self._over_and_over("sweep", self.sweep, LEASE / 3, stop))
        finally:
            await self._turns.stopped()
            with suppress(StoreError):  # without the database the leases end by themselves
                await self._shards.release()

    async def plan(self) -> None:
        """Write what is due to the outbox, as far as this process holds the leases."""
        async with self._planning:
            if self._held and await self._steady():
                await self._planner.plan(self._clock(), self._shards.fence)

    @property
    def _held(self) -> frozenset[int]:
        """The fences of the shards that this process serves."""
        return self._shards.fences

    @property
    def _delivers(self) -> bool:
        """Whether this process holds a lease, and its clock is steady."""
        return bool(self._held) and not self._calm

    async def _steady(self) -> bool:
        """Whether the clock was not set lately. Once it is steady again, all that is due is computed anew."""
        jump, ticks = self._jumps.jump(), self._clock.ticks()
        if abs(jump) > JUMP:
            direction = "ahead" if jump > timedelta() else "back"
            log.warning(
                "the clock was set %s by %s, or the machine slept: digests wait for %.0f s",
                *(direction, span(abs(jump)), CALM),
            )
            self._calm = ticks + CALM
        elif self._calm and ticks >= self._calm:
            self._calm = 0.0
            await self._planner.recompute(self._clock(), self._shards.fence)
        return not self._calm

    async def _over_and_over(
        self, name: str, work: Callable[[], Awaitable[None]], seconds: float, stop: asyncio.Event
    ) -> None:
        """Repeat the work; an error does not end it, for the database may be busy or a disk full."""
        while not stop.is_set():
            with self._contained(name):
                await work()
            await self._clock.sleep_unless(stop, seconds)

    @contextmanager
    def _contained(self, name: str) -> Iterator[None]:
        """Log an error, once for as long as it lasts, and its end."""
        try:
            yield
        except Exception as error:
            problem = f"{type(error).__name__}: {error}"
            known = problem in self._troubles.values()
            self._troubles[name] = problem
            if known:
                return
            if isinstance(error, BotError):
                log.error("digests: %s", error)  # noqa: TRY400 - it says what is wrong, where and what to do
            else:
                log.exception("digests: a defect; they go on")
        else:
            if self._troubles.pop(name, "") and not self._troubles:
                log.info("digests go on")

    async def once(self) -> None:
        """Plan, deliver and sweep all that is due now, unless another process holds the leases."""
        try:
            await self.hold()
            await self.deliver_due()
            await self.sweep()
        finally:
            await self._shards.release()

    async def deliver_due(self) -> None:
        """Deliver what may be sent now; return when it is done."""
        await self._start_due()
        await self._turns.over()

    async def hold(self) -> None:
        """Acquire or renew leases, as far as no other process has them; a new holder plans at once."""
        now = self._clock()
        await self._shards.renew()
        # A shard is served some time after its lease was taken, and whoever else renews may come first.
        before, self._known = self._known, self._held
        if self._known - before:
            if not before:
                log.info("this process delivers digests on %s", self._platform)
            async with self._planning:
                await self._planner.recompute(now, self._shards.fence)
            await self.plan()

    async def sweep(self) -> None:
        """Once a day delete what was posted long ago, step by step, if this process holds the first lease."""
        now = self._clock()
        while (
            0 in self._shards.share.fences
            and self._delivers
            and not self._over.is_set()
            and self._clock.ticks() >= self._sweeping
        ):
            began = self._clock.ticks()
            if await self._outbox.sweep(now - HISTORY, now + HISTORY):
                took = max(self._clock.ticks() - began, 0)
                await self._clock.sleep_unless(self._over, max(REST, RESTS * took))
            else:
                self._sweeping = self._clock.ticks() + _DAY

    async def _start_due(self) -> None:
        """Give every subscription with a delivery that may be sent now its turn."""
        ready = await self._outbox.ready(self._platform, self._clock()) if self._delivers else ()
        self._turns.begin(each for each in ready if self._shards.fence(each[1]) is not None)

    async def _deliver(self, subscription: str, server: str) -> None:
        with self._contained("deliveries"):
            fence = self._shards.fence(server)
            if fence is not None and not self._over.is_set():
                await self._dispatcher.deliver(subscription, fence)
