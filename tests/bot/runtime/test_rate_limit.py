"""Requests that are let through in turn, as the platform counts them."""

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import cycle, pairwise
from operator import truediv
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.runtime.clock import Clock
from bot.runtime.rate_limit import RateLimit
from tests.stand_ins.common.clock import ManualClock

COUNT = 5
STEP = 0.01
DELAY = st.floats(min_value=0, max_value=0.7)


def paced(clock: ManualClock, part: Callable[[], float] = lambda: 1.0) -> RateLimit:
    now = Clock(read=lambda: datetime.fromtimestamp(clock.now(), UTC), sleep=clock.wait)
    return RateLimit(now, COUNT, part=part)


async def counted(
    delays: Iterable[tuple[float, float]], parts: Sequence[Callable[[], float]] = (lambda: 1.0,)
) -> list[float]:
    """When the platform counts requests that take so long to it and back, in order; all are made at once,
    by as many processes in turn as there are parts of the limit.
    """
    clock, moments = ManualClock(0), []
    rate_limits = cycle([paced(clock, part) for part in parts])

    async def request(rate_limit: RateLimit, there: float, back: float) -> None:
        async with rate_limit.slot():
            await clock.wait(there)
            moments.append(clock.now())
            await clock.wait(back)

    await passed(clock, [request(next(rate_limits), there, back) for there, back in delays])
    return sorted(moments)


async def passed(clock: ManualClock, work: Iterable[Coroutine[Any, Any, None]]) -> None:
    """Let time pass until all is done."""
    working = asyncio.gather(*work)
    while not working.done():
        for _ in range(10):
            await asyncio.sleep(0)
        clock.advance(STEP)
    await working


@given(st.lists(st.tuples(DELAY, DELAY), max_size=25))
def test_however_long_requests_take_the_platform_never_counts_more_in_a_second(
    delays: list[tuple[float, float]],
) -> None:
    moments = asyncio.run(counted(delays))
    assert len(moments) == len(delays)
    assert all(late - early > 1 - STEP for early, late in zip(moments, moments[COUNT:], strict=False))


async def test_requests_that_take_no_time_leave_evenly_and_as_many_as_may() -> None:
    moments = await counted([(0, 0)] * 4 * COUNT)
    assert moments[-1] - moments[0] < 4 * 1.05
    assert all(0.2 - STEP < after - before < 0.2 + 3 * STEP for before, after in pairwise(moments))


@given(
    st.lists(st.tuples(DELAY, DELAY), max_size=25), st.lists(st.integers(1, 4), min_size=1, max_size=COUNT)
)
def test_processes_that_share_it_together_are_never_counted_more(
    delays: list[tuple[float, float]], shards: list[int]
) -> None:
    parts = [partial(truediv, each, sum(shards)) for each in shards]
    moments = asyncio.run(counted(delays, parts))
    assert len(moments) == len(delays)
    assert all(late - early > 1 - STEP for early, late in zip(moments, moments[COUNT:], strict=False))


async def test_of_more_processes_than_requests_each_gets_its_turn() -> None:
    processes, rounds = 4 * COUNT, 3
    moments = await counted([(0, 0)] * rounds * processes, [lambda: 1 / processes] * processes)
    assert all(late - early > 4 - STEP for early, late in zip(moments, moments[processes:], strict=False))
    assert moments[-1] < (rounds - 1) * 4 * 1.05


async def test_a_part_that_changes_counts_at_once() -> None:
    clock, part, moments = ManualClock(0), 1.0, list[float]()
    rate_limit = paced(clock, lambda: part)

    async def request() -> None:
        async with rate_limit.slot():
            moments.append(clock.now())

    for now, apart in ((1.0, 0.2), (0.2, 1.0), (1.0, 0.2)):
        part = now
        moments.clear()
        await passed(clock, [request() for _ in range(COUNT)])
        assert all(apart - STEP < after - before < apart + 3 * STEP for before, after in pairwise(moments))


async def test_whoever_gives_up_waiting_leaves_the_turn_to_others() -> None:
    clock = ManualClock(0)
    rate_limit = paced(clock)
    for _ in range(2 * COUNT):
        waiting = asyncio.create_task(rate_limit.slot().__aenter__())
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        clock.advance(1)
    async with rate_limit.slot():
        pass


@pytest.mark.parametrize("hours", [-1, 1])
async def test_a_clock_that_was_set_changes_nothing(hours: int) -> None:
    clock, ahead = ManualClock(0), timedelta()

    def read() -> datetime:
        return datetime.fromtimestamp(clock.now(), UTC) + ahead

    rate_limit = RateLimit(Clock(read=read, monotonic=clock.now, sleep=clock.wait), COUNT)
    moments: list[float] = []

    async def request() -> None:
        async with rate_limit.slot():
            moments.append(clock.now())

    async def setting() -> None:
        nonlocal ahead
        await clock.wait(1)
        ahead = timedelta(hours=hours)

    await passed(clock, [setting(), *(request() for _ in range(3 * COUNT))])
    assert moments[-1] - moments[0] < 3 * 1.05
    assert all(0.2 - STEP < after - before < 0.2 + 3 * STEP for before, after in pairwise(moments))
