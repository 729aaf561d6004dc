"""Once a day what was posted long ago is deleted, in steps that keep nobody waiting."""

import asyncio
import itertools
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.digests.runner import HISTORY, REST, RESTS, DigestRunner
from bot.model.digests import Delivery, delivery_id
from tests.bot.digests.scene import HERE, Scene
from tests.support.leases import acquired


async def posted_long_ago(place: Scene, count: int) -> None:
    """So many deliveries that were given up before all that is kept."""
    subscription = await place.subscribe()
    fence = await acquired(place.store.lease, "fake", "before", place.now, place.now) or 0
    names = [delivery_id(subscription.id, 0, part) for part in range(count)]
    deliveries = [
        Delivery(
            id=name,
            subscription=subscription.id,
            place=HERE,
            digest=0,
            part=part,
            parts=count,
            payload="",
            planned=place.now,
        )
        for part, name in enumerate(names)
    ]
    assert await place.store.outbox.plan(subscription, deliveries, fence)
    for name in names:
        await place.store.outbox.fail(name, fence, "of old", place.now - HISTORY - timedelta(seconds=1))


@pytest.mark.parametrize(("took", "rest"), [(0.0, REST), (0.5, RESTS * 0.5)])
async def test_what_was_posted_long_ago_is_deleted_in_steps_between_which_others_have_their_turn(
    place: Scene, took: float, rest: float
) -> None:
    await posted_long_ago(place, 350)
    rests: list[float] = []
    ticks = itertools.count(0.0, took)

    async def resting(seconds: float) -> None:
        rests.append(seconds)

    clock = replace(place.clock, sleep=resting, monotonic=lambda: next(ticks))
    runner = DigestRunner(place.library, place.store, place.platform, clock, quiet=place.quiet)
    await runner.hold()
    await runner.sweep()
    assert await place.store.outbox.log(HERE, 1000) == []
    assert rests == [rest] * 14


async def test_a_process_that_has_to_stop_does_not_end_its_sweep_first(place: Scene) -> None:
    await posted_long_ago(place, 350)
    stop = asyncio.Event()

    async def stopped(seconds: float) -> None:
        if seconds == REST:
            stop.set()

    clock = replace(place.clock, sleep=stopped)
    runner = DigestRunner(place.library, place.store, place.platform, clock, quiet=place.quiet)
    await runner.hold()
    await runner.run(stop)
    assert len(await place.store.outbox.log(HERE, 1000)) == 325
