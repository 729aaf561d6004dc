"""Work that hangs does not keep the bot from stopping."""

import asyncio

import pytest

from bot.runtime.stopping import stopped_within


async def test_work_that_ends_in_time_is_finished() -> None:
    stop, done = asyncio.Event(), []

    async def work() -> None:
        await stop.wait()
        await asyncio.sleep(0)
        done.append("finished")

    stop.set()
    await stopped_within(60, work(), stop)
    assert done == ["finished"]


async def test_work_that_hangs_is_cancelled() -> None:
    stop, ended = asyncio.Event(), asyncio.Event()

    async def work() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    stop.set()
    await stopped_within(0, work(), stop)
    assert ended.is_set()


async def test_work_is_not_ended_before_it_is_told_to() -> None:
    async def work() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await stopped_within(0, work(), asyncio.Event())
