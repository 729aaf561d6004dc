"""`anbot doctor` on digests: those that come, are late, are paused, or could not be posted."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot.digests.subscriptions import BY_HAND
from bot.model.digests import Delivery, DeliveryState, DigestOptions, Subscription, WeeklySlot
from bot.model.places import Place
from bot.ports import SourceState
from bot.sources.named import FEED
from store import Store
from tests.support.checkup import Doctor, inside, lines
from tests.support.drafts import NOW
from tests.support.leases import acquired

HOUR = timedelta(hours=1)
HERE = Place(platform="discord", server="1", channel="10")
pytestmark = pytest.mark.usefixtures("filled")


async def subscribed(store: Store, **facts: Any) -> Subscription:
    """Somebody asked for each issue."""
    known: dict[str, Any] = {
        "id": "k3jx92ab",
        "place": HERE,
        "options": DigestOptions(),
        "by": "7",
        "by_name": "Ada",
    }
    made = Subscription(**known | facts)
    await store.subscriptions.add(made)
    return made


async def posted(store: Store, state: DeliveryState, problem: str = "") -> None:
    """A digest of one part was due an hour ago, and came into that state."""
    made, then = await subscribed(store), NOW - HOUR
    part = Delivery(
        id="k3jx92ab-1-01",
        subscription=made.id,
        place=HERE,
        digest=1,
        part=1,
        parts=1,
        payload="{}",
        planned=then,
        again=then,
    )
    fence = await acquired(store.lease, "discord", "one", then, then + timedelta(minutes=1)) or 0
    assert await store.outbox.plan(made, [part], fence)
    if state is DeliveryState.SENT:
        await store.outbox.begin(part.id, fence, then)
        await store.outbox.sent(part.id, "900", then)
    if state is DeliveryState.FAILED:
        await store.outbox.begin(part.id, fence, then)
        await store.outbox.fail(part.id, fence, problem, then)


def test_digests_that_are_posted_are_reported_with_the_last_time(doctor: Doctor, database: Path) -> None:
    inside(database, partial(posted, state=DeliveryState.SENT))
    assert "1 digest: last posted 1 hour ago" in lines(doctor(), "ok")


@pytest.mark.parametrize(
    "overdue",
    [partial(posted, state=DeliveryState.PENDING), partial(subscribed, due=NOW - HOUR)],
    ids=["written down", "due"],
)
def test_a_late_digest_is_reported(
    doctor: Doctor, database: Path, overdue: Callable[[Store], Awaitable[object]]
) -> None:
    inside(database, overdue)
    result = doctor()
    assert "1 digest should have been posted by now" in lines(result, "warn")
    assert "with discord configured?" in result.stdout
    soon = doctor(at=NOW - HOUR + timedelta(minutes=5))
    assert "by now" not in soon.stdout, "its time has just come"


def test_a_digest_that_the_bot_paused_is_reported_and_one_that_a_member_paused_is_not(
    doctor: Doctor, database: Path
) -> None:
    elsewhere = Place(platform="slack", server="T1", channel="C1")
    inside(database, partial(subscribed, paused="The channel was deleted.", due=NOW - HOUR))
    inside(database, partial(subscribed, id="b", place=elsewhere, paused=BY_HAND))
    result = doctor()
    (warning,) = [line for line in lines(result, "warn") if "paused" in line]
    assert warning == "New issues in discord channel 10 of 1: paused: The channel was deleted."
    assert "/digest resume" in result.stdout


def test_failed_parts_are_reported_for_a_week(doctor: Doctor, database: Path) -> None:
    inside(database, partial(posted, state=DeliveryState.FAILED, problem="Discord rejected it."))
    warning = "1 part of a digest could not be posted this week, the last: Discord rejected it."
    assert warning in lines(doctor(), "warn")
    assert warning not in lines(doctor(at=NOW + timedelta(days=8)), "warn")


def test_what_a_fast_clock_wrote_is_bad(doctor: Doctor, database: Path) -> None:
    slot = WeeklySlot(weekday=0, hour=9, timezone="Europe/London")
    decade = NOW + timedelta(days=3653)

    async def write(store: Store) -> None:
        await posted(store, DeliveryState.SENT)
        await subscribed(
            store,
            id="weekly",
            place=replace(HERE, channel="11"),
            options=DigestOptions(slot=slot),
            due=decade,
        )
        await acquired(store.lease, "slack", "one", decade, decade)
        await store.sources.put(SourceState(name=FEED, due=decade))

    inside(database, write)
    result = doctor(ANBOT_SOURCES=FEED)
    assert result.exit_code == 1
    (finding,) = lines(result, "bad")
    assert "the lease of slack ends in" in finding
    assert "digest weekly is due in" in finding
    assert f"{FEED} is asked in" in finding
    assert "NTP" in result.stdout
    posted_then = doctor(NOW - timedelta(days=1))
    assert "delivery k3jx92ab-1-01 was dealt with in" in lines(posted_then, "bad")[0]
