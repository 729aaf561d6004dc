"""A clock that was set ahead or back never silences digests, and never doubles one."""

import asyncio
import logging
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from bot.digests.runner import CALM, DigestRunner
from bot.digests.schedule import next_slot
from bot.model.digests import DeliveryState, DigestKind, DigestOptions
from bot.runtime.clock import Clock
from bot.workers.shards import LEASE, Shards
from tests.bot.digests.platform import Killed, Trouble
from tests.bot.digests.scene import MONDAY, START, Scene, issue

DECADE = timedelta(days=3653)
SKEWS = [timedelta(seconds=400), timedelta(hours=1), timedelta(days=1), DECADE]
CLUB = DigestOptions(kind=DigestKind.CLUB, slot=MONDAY, start=1)


@dataclass
class Setting:
    """A process whose clock can be set while real time goes on."""

    place: Scene
    passed: float = 0.0

    def runner(self) -> DigestRunner:
        clock = Clock(read=lambda: self.place.now, monotonic=lambda: self.passed, sleep=asyncio.sleep)
        place = self.place
        return DigestRunner(place.library, place.store, place.platform, clock, quiet=place.quiet)

    def later(self, seconds: float) -> None:
        self.passed += seconds
        self.place.now += timedelta(seconds=seconds)


async def tick(runner: DigestRunner) -> None:
    """What a process does all the time."""
    await runner.hold()
    await runner.plan()
    await runner.deliver_due()


@pytest.mark.parametrize("ahead", SKEWS)
async def test_a_lease_from_the_future_is_not_believed(place: Scene, ahead: timedelta) -> None:
    await place.subscribe()
    place.now += ahead
    await place.loop().hold()  # and is killed
    place.now = START
    place.issues.append(issue(4))
    await place.look()
    assert len(place.platform.names) == 2


async def test_a_lease_of_now_is_believed(place: Scene) -> None:
    await place.subscribe()
    place.issues.append(issue(4))
    await place.loop().hold()
    place.later(seconds=LEASE - 1)
    await place.look()
    assert place.platform.names == []


@pytest.mark.parametrize("ahead", SKEWS)
async def test_a_time_that_a_fast_clock_computed_is_computed_anew(place: Scene, ahead: timedelta) -> None:
    subscription = await place.subscribe(CLUB)
    due = next_slot(MONDAY, START + ahead + timedelta(days=7))
    assert await place.store.subscriptions.change(replace(subscription, due=due))
    place.now = next_slot(MONDAY, START) - timedelta(hours=1)
    await place.look()
    place.later(hours=1)
    await place.look()
    assert place.platform.names


async def test_where_a_shard_is_served_later_than_it_was_taken_times_are_computed_anew_then(
    place: Scene,
) -> None:
    subscription, right = await place.subscribe(CLUB), next_slot(MONDAY, START)
    wrong = right + timedelta(days=7)
    assert await place.store.subscriptions.change(replace(subscription, due=wrong))
    serving: set[int] = set()
    shards = Shards(place.store.lease, "fake", place.clock, serving=serving)
    runner = DigestRunner(place.library, place.store, place.platform, place.clock, shards=shards)
    await runner.hold()
    assert [each.due for each in await place.store.subscriptions.all()] == [wrong]
    serving.add(0)
    await shards.renew()  # whoever serves it does that, too, and may come first
    await runner.hold()
    assert [each.due for each in await place.store.subscriptions.all()] == [right]


async def test_one_tick_of_a_clock_ten_years_ahead_posts_nothing_and_moves_nothing(
    place: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    setting = Setting(place)
    before = await place.subscribe(CLUB)
    runner = setting.runner()
    await tick(runner)
    setting.later(1)
    place.now += DECADE
    await tick(runner)
    setting.later(1)
    place.now -= DECADE
    for _ in range(int(CALM) + 2):
        await tick(runner)
        setting.later(1)
    (after,) = await place.store.subscriptions.all()
    assert (after.due, after.digests, place.platform.names) == (before.due, 0, [])
    assert ["set ahead" in text or "set back" in text for text in caplog.messages] == [True, True]
    place.now = next_slot(MONDAY, START)
    for _ in range(int(CALM) + 2):  # to get there, the clock was set again
        await tick(runner)
        setting.later(1)
    assert place.platform.names


@pytest.mark.parametrize("ahead", SKEWS)
@pytest.mark.parametrize("taken", [False, True])
async def test_what_was_being_sent_by_a_fast_clock_is_settled_and_posted_once(
    place: Scene, ahead: timedelta, *, taken: bool
) -> None:
    await place.subscribe()
    place.issues.append(issue(4, published=(START + ahead).date()))
    place.now += ahead
    place.platform.troubles = [Trouble(what=Killed, taken=taken)]
    with pytest.raises(Killed):
        await place.look()
    place.now = START
    await place.settled()
    assert len(place.platform.names) == 2
    assert {each.state for each in await place.store.outbox.log(None, 9)} == {DeliveryState.SENT}


@pytest.mark.parametrize("ahead", SKEWS[2:])
async def test_a_try_put_off_by_a_fast_clock_is_made(place: Scene, ahead: timedelta) -> None:
    await place.subscribe()
    place.issues.append(issue(4))
    runner = place.loop()
    await runner.hold()
    head = (await place.store.outbox.log(None, 1))[0]
    for delivery in await place.store.outbox.log(None, 9):
        await place.store.outbox.postpone(
            delivery.id, await place.fence(), DeliveryState.PENDING, START + ahead, "later"
        )
    await runner.deliver_due()
    assert head.id in place.platform.names


@pytest.mark.parametrize("ahead", SKEWS)
async def test_an_issue_that_a_fast_clock_saw_growing_is_announced(place: Scene, ahead: timedelta) -> None:
    place.quiet = timedelta(minutes=90)
    await place.subscribe()
    place.issues.append(issue(4, published=(START + ahead).date()))
    place.now += ahead
    await place.look()
    place.now = START
    await place.look()
    place.later(minutes=91)
    await place.look()
    assert len(place.platform.names) == 2
