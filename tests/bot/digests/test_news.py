"""What is planned when: each new issue once, weekly digests at their hour, a club's next issue."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.model.digests import DeliveryState, DigestKind, DigestOptions, WeeklySlot
from tests.bot.digests.scene import ADA, HERE, MONDAY, START, Scene, issue

CLUB = DigestOptions(kind=DigestKind.CLUB, slot=MONDAY, start=2)


async def test_a_new_subscription_posts_nothing_old_and_then_each_issue_once(place: Scene) -> None:
    await place.subscribe()
    await place.look()
    assert place.platform.names == []
    place.issues.append(issue(4))
    await place.settled()
    assert len(place.platform.names) == 2
    place.issues += [issue(5), issue(6)]
    await place.settled()
    titles = {delivery.digest for delivery in await place.store.outbox.log(HERE, 100)}
    assert titles == {1, 2}, "two issues that appear together are one digest"
    assert len(set(place.platform.names)) == len(place.platform.names)


async def test_corrections_are_no_news(place: Scene) -> None:
    await place.subscribe()
    place.issues.append(issue(4))
    await place.settled()
    before = list(place.platform.names)
    place.issues[-1] = replace(issue(4, entries=5), title="Corrected", published=None)
    await place.settled()
    place.issues.append(replace(place.issues[-1], number=5))
    await place.settled()
    assert place.platform.names == before


@pytest.mark.parametrize(
    ("dated", "posted"),
    [(START - timedelta(days=200), False), (START - timedelta(days=9), True), (None, False)],
)
async def test_an_issue_below_the_newest_is_news_only_if_it_is_dated_lately(
    place: Scene, dated: datetime | None, *, posted: bool
) -> None:
    place.issues[:] = [issue(100)]
    await place.subscribe()
    place.issues.append(issue(98, published=dated and dated.date()))
    await place.settled()
    assert bool(place.platform.names) is posted


async def test_what_fills_in_the_archive_is_no_news(place: Scene) -> None:
    place.issues[:] = [issue(100)]
    await place.subscribe()
    place.issues += [issue(number) for number in range(1, 50)]
    await place.settled()
    assert place.platform.names == []
    place.issues.append(issue(99))
    await place.settled()
    assert place.platform.names, "an issue that came late is news all the same"


async def test_many_at_once_are_one_digest(place: Scene) -> None:
    place.platform.room = 4000
    await place.subscribe()
    place.issues += [issue(number) for number in range(4, 12)]
    await place.settled()
    assert {delivery.digest for delivery in await place.store.outbox.log(HERE, 100)} == {1}
    assert len(place.platform.names) <= 2


async def test_a_weekly_digest_waits_for_its_hour_and_is_not_piled_up(place: Scene) -> None:
    await place.subscribe(DigestOptions(slot=MONDAY))
    place.issues.append(issue(4))
    await place.look()
    assert place.platform.names == []
    place.issues.append(issue(5))
    place.later(weeks=3)
    await place.settled()
    log = await place.store.outbox.log(HERE, 100)
    assert {delivery.digest for delivery in log} == {1}
    assert {delivery.state for delivery in log} == {DeliveryState.SENT}


async def test_a_club_reads_an_issue_a_week_and_stops_at_the_end(place: Scene) -> None:
    made = await place.subscribe(CLUB)
    for _ in range(4):
        place.later(weeks=1)
        await place.look()
    digests = {name.split("-")[1] for name in place.platform.names}
    assert digests == {"1", "2"}, "AN #2 and AN #3"
    (after,) = await place.store.subscriptions.of(HERE)
    assert "read through" in after.paused
    assert after.id == made.id
    assert place.platform.notices == [(ADA.id, after.paused)], "nothing stops in silence, and once is enough"


async def test_a_club_that_was_down_for_three_weeks_reads_one_issue_then(place: Scene) -> None:
    await place.subscribe(CLUB)
    place.later(weeks=3)
    for _ in range(5):
        await place.look()
        place.later(minutes=1)
    assert {name.split("-")[1] for name in place.platform.names} == {"1"}


@pytest.mark.slow
async def test_daylight_saving_neither_skips_nor_doubles(place: Scene) -> None:
    await place.subscribe(
        DigestOptions(
            kind=DigestKind.CLUB, slot=WeeklySlot(weekday=6, hour=2, timezone="Europe/Berlin"), start=1
        )
    )
    place.issues += [issue(number) for number in range(4, 80)]
    for _ in range(52 * 7 * 4):
        await place.look()
        place.later(hours=6)
    digests = {name.split("-")[1] for name in place.platform.names}
    assert len(digests) == 52
