"""Requests that are let through in turn, as the platform counts them."""

import asyncio
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.runtime.clock import Clock
from bot.runtime.rate_limit import RateLimit
from tests.stand_ins.common.clock import ManualClock

COUNT = 5
STEP = 0.01
DELAY = st.floats(min_value=0, max_value=0.7)


def paced(clock: ManualClock) -> RateLimit:
    now = Clock(read=lambda: datetime.fromtimestamp(clock.now(), UTC), sleep=clock.wait)
    return RateLimit(now, COUNT)


async def counted(delays: Iterable[tuple[float, float]]) -> list[float]:
    """When the platform counts requests that take so long to it and back, in order; all are made at once."""
    clock, moments = ManualClock(0), []
    rate_limit = paced(clock)

    async def request(there: float, back: float) -> None:
        async with rate_limit.slot():
            await clock.wait(there)
            moments.append(clock.now())
            await clock.wait(back)

    requests = asyncio.gather(*(request(there, back) for there, back in delays))
    while not requests.done():
        for _ in range(10):
            await asyncio.sleep(0)
        clock.advance(STEP)
    await requests
    return sorted(moments)


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


async def test_a_clock_that_was_set_back_holds_nobody_up() -> None:
    now = datetime(2026, 10, 25, 12, tzinfo=UTC)
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    rate_limit = RateLimit(Clock(read=lambda: now, sleep=sleep), COUNT)
    for _ in range(2 * COUNT):
        async with rate_limit.slot():
            pass
    now -= timedelta(hours=1)
    slept.clear()
    for _ in range(2 * COUNT):
        async with rate_limit.slot():
            pass
    assert max(slept) == pytest.approx(2 - 0.2)
