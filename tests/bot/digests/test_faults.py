"""A fault in one subscription is contained: it is logged once, shown, and delays no other."""

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.digests.compose import Part
from bot.digests.poster import Posted
from bot.digests.runner import DigestRunner
from bot.model.digests import Delivery, DeliveryState, Digest, DigestOptions, WeeklySlot, delivery_id
from bot.model.places import Place
from bot.runtime.clock import Clock
from store.outbox import SqlOutbox
from tests.bot.digests.platform import FakePlatform
from tests.bot.digests.scene import HERE, MONDAY, START, Scene, issue, scene
from tests.support.leases import acquired, released

BAD = "10"
TEN = [Place(platform="fake", server="1", channel=str(number)) for number in range(10, 20)]


@pytest.fixture
async def place() -> AsyncIterator[Scene]:
    async with scene() as made:
        for each in TEN:
            # What is asked for alike is rendered once, so the bad one asks for something of its own.
            await made.subscribe(DigestOptions(slot=MONDAY, full=each.channel == BAD), each)
        yield made


class Poisoned(FakePlatform):
    """A platform on which one channel's digests raise what nobody expects."""

    def __init__(self, method: str) -> None:
        super().__init__(room=8000)
        self.method = method

    def payload(self, digest: Digest, part: Part, name: str) -> str:
        # What is rendered for many names no place, so the bad one is known by what it asks for.
        bad = digest.subscription.options.full
        self._poison("payload", replace(HERE, channel=BAD if bad else "11"))
        return super().payload(digest, part, name)

    async def post(self, delivery: Delivery) -> Posted:
        if self.method == "find" and delivery.place.channel == BAD:
            raise TimeoutError
        self._poison("post", delivery.place)
        return await super().post(delivery)

    async def find(self, delivery: Delivery) -> Posted | None:
        self._poison("find", delivery.place)
        return await super().find(delivery)

    def _poison(self, method: str, place: Place) -> None:
        if method == self.method and place.channel == BAD:
            raise ZeroDivisionError


def errors(log: pytest.LogCaptureFixture) -> Sequence[logging.LogRecord]:
    return [record for record in log.records if record.levelno >= logging.ERROR]


@pytest.mark.parametrize("method", ["payload", "post", "find"])
async def test_of_ten_subscriptions_nine_are_on_time(
    place: Scene, method: str, caplog: pytest.LogCaptureFixture
) -> None:
    place.platform = Poisoned(method)
    place.issues.append(issue(4))
    loop = place.loop()
    place.now = datetime(2026, 11, 23, 9, tzinfo=UTC)
    for _ in range(60):
        await loop.hold()
        await loop.plan()
        await loop.deliver_due()
        place.later(seconds=10)
    assert {channel for channel, _, _ in place.platform.posted} == {each.channel for each in TEN[1:]}
    assert max(each.settled or START for each in await sent(place)) == datetime(2026, 11, 23, 9, tzinfo=UTC)
    assert len(errors(caplog)) == 1
    card = await place.reports.log(HERE)
    assert "ZeroDivisionError" in "".join(block.text for block in card.body)
    place.platform.method = ""
    await place.settled()
    assert BAD in {channel for channel, _, _ in place.platform.posted}


async def sent(place: Scene) -> list[Delivery]:
    return [each for each in await place.store.outbox.log(None, 100) if each.state is DeliveryState.SENT]


async def test_a_timezone_that_the_host_lacks_stops_no_other_and_is_listed(
    place: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    (first,) = await place.store.subscriptions.of(HERE)
    lost = replace(first, options=DigestOptions(slot=WeeklySlot(weekday=0, hour=9, timezone="Mars/Base")))
    assert await place.store.subscriptions.change(lost)
    place.issues.append(issue(4))
    place.later(weeks=1)
    loop = place.loop()
    for _ in range(60):
        await loop.hold()
        await loop.plan()
        await loop.deliver_due()
    assert {channel for channel, _, _ in place.platform.posted} == {each.channel for each in TEN[1:]}
    assert len(errors(caplog)) == 1
    everywhere = await place.reports.list(replace(HERE, channel=""))
    assert len(everywhere.body) == 10
    assert "knows no timezone Mars/Base" in everywhere.body[0].text


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE subscription SET options = '{\"kind\": 7}' WHERE channel = '10'",
        "UPDATE subscription SET options = '' WHERE channel = '10'",
        "UPDATE subscription SET skipped = '1,' WHERE channel = '10'",
    ],
)
async def test_what_cannot_be_read_of_one_pauses_it_and_hides_none(place: Scene, damage: str) -> None:
    await place.store.connection.execute_fetchall(damage)
    place.issues.append(issue(4))
    place.later(weeks=1)
    await place.settled()
    assert {channel for channel, _, _ in place.platform.posted} == {each.channel for each in TEN[1:]}
    (broken,) = await place.store.subscriptions.of(HERE)
    assert broken.paused.startswith("Its options cannot be read")


@pytest.mark.parametrize("due", [9 * 10**18, -9 * 10**18])
async def test_a_time_that_is_none_stops_nobody_else(place: Scene, due: int) -> None:
    await place.store.connection.execute_fetchall(
        "UPDATE subscription SET due = ? WHERE channel = '10'", (due,)
    )
    place.issues.append(issue(4))
    place.later(weeks=1)
    await place.settled()
    assert {channel for channel, _, _ in place.platform.posted} >= {each.channel for each in TEN[1:]}
    (first, *_) = await place.store.subscriptions.of(HERE)
    assert first.due
    assert place.now < first.due < place.now + timedelta(weeks=1)


async def test_a_time_by_former_rules_is_computed_anew(place: Scene) -> None:
    (first, *_) = await place.store.subscriptions.of(HERE)
    assert first.due
    late = replace(first, due=first.due + timedelta(hours=1))
    assert await place.store.subscriptions.change(late)
    await place.look()
    (after,) = await place.store.subscriptions.of(HERE)
    assert after.due == first.due


async def test_new_rules_post_no_second_digest_in_a_week(place: Scene) -> None:
    """The digest was posted by old rules an hour before the moment of the new ones."""
    place.now = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
    (first, *_) = await place.store.subscriptions.of(HERE)
    fence = (
        await acquired(place.store.lease, "fake", "old", place.now, place.now + timedelta(seconds=30)) or 0
    )
    posted = replace(first, due=datetime(2026, 11, 30, 8, tzinfo=UTC), digests=1)
    part = Delivery(
        id=delivery_id(first.id, 1, 1),
        subscription=first.id,
        place=HERE,
        digest=1,
        part=1,
        parts=1,
        payload="",
        planned=datetime(2026, 11, 23, 8, tzinfo=UTC),
    )
    assert await place.store.outbox.plan(posted, [part], fence)
    await released(place.store.lease, "fake", "old")
    await place.look()
    (after,) = await place.store.subscriptions.of(HERE)
    assert after.due == datetime(2026, 11, 30, 9, tzinfo=UTC)


async def test_a_database_too_busy_to_mark_a_delivery_delays_it_and_no_more(
    place: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin = SqlOutbox.begin
    calls = 0

    async def busy_at_first(outbox: SqlOutbox, delivery: str, fence: int, now: datetime) -> bool:
        nonlocal calls
        calls += 1
        if calls == 1:
            raise TimeoutError
        return await begin(outbox, delivery, fence, now)

    monkeypatch.setattr(SqlOutbox, "begin", busy_at_first)
    place.issues.append(issue(4))
    place.later(weeks=1)
    await place.look()
    states = {each.state for each in await place.store.outbox.log(None, 100)}
    assert states == {DeliveryState.PENDING, DeliveryState.SENT}
    await place.settled()
    assert {channel for channel, _, _ in place.platform.posted} == {each.channel for each in TEN}


async def test_what_is_marked_as_being_sent_but_was_never_begun_is_sent(place: Scene) -> None:
    place.issues.append(issue(4))
    place.later(weeks=1)
    loop = place.loop()
    await loop.hold()
    marked = await place.store.outbox.head((await place.store.subscriptions.of(HERE))[0].id)
    assert marked
    await place.store.outbox.postpone(marked.id, await place.fence(), DeliveryState.SENDING, place.now, "")
    await place.settled()
    assert {channel for channel, _, _ in place.platform.posted} == {each.channel for each in TEN}


async def test_an_error_of_the_database_is_logged_once_for_as_long_as_it_lasts(
    place: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    stop, ticks = asyncio.Event(), 0

    async def sleep(_: float) -> None:
        nonlocal ticks
        ticks += 1
        place.later(seconds=1)
        if ticks == 60:
            await place.store.connection.execute_fetchall("PRAGMA query_only = OFF")
        if "digests go on" in caplog.messages:
            stop.set()
        await asyncio.sleep(0)

    await place.store.connection.execute_fetchall("PRAGMA query_only = ON")
    clock = Clock(read=lambda: place.now, sleep=sleep)
    await DigestRunner(place.library, place.store, place.platform, clock).run(stop)
    assert len(errors(caplog)) == 1
