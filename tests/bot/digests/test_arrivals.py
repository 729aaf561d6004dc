"""Which issues are news: what appeared lately and is complete, never the archive."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.digests.arrivals import APART, LONGEST, QUIET, newest_of
from bot.model.newsletter import Issue
from tests.bot.digests.scene import HERE, START, Scene, issue, scene

LATELY = START.date()
OLD = date(2020, 5, 1)


async def announced(place: Scene) -> list[int]:
    """The issues that are news so far."""
    return [each.issue for each in await place.store.arrivals.all() if each.news]


async def test_a_new_issue_is_announced_whole_when_nothing_more_comes(place: Scene) -> None:
    place.quiet = QUIET
    await place.subscribe()
    place.issues.append(issue(4, entries=1))
    await place.look()
    place.later(hours=1)
    place.issues[-1] = issue(4, entries=4)
    await place.look()
    place.later(minutes=89)
    await place.look()
    assert place.platform.names == []
    place.later(minutes=1)
    await place.settled()
    (preview,) = {delivery.digest for delivery in await place.store.outbox.log(None, 100)}
    assert preview == 1
    assert len(place.platform.names) == 2, "four entries in parts of 150 characters"
    before = list(place.platform.names)
    place.issues[-1] = issue(4, entries=6)
    place.later(hours=9)
    await place.settled()
    assert place.platform.names == before, "what is added later is not announced again"


async def test_what_was_coming_in_when_it_began_is_no_news_to_it(place: Scene) -> None:
    place.quiet = QUIET
    await place.subscribe()
    place.issues.append(issue(4))
    await place.look()
    there = replace(HERE, channel="11")
    await place.subscribe(place=there)
    place.later(hours=2)
    await place.settled()
    assert {channel for channel, _, _ in place.platform.posted} == {HERE.channel}


async def test_what_never_rests_is_announced_after_a_day(place: Scene) -> None:
    place.quiet = QUIET
    await place.subscribe()
    for entries in range(1, 25):
        place.issues[3:] = [issue(4, entries=entries)]
        await place.look()
        assert not await announced(place)
        place.later(hours=1)
    assert place.now == START + LONGEST
    await place.look()
    assert await announced(place) == [4]


async def test_an_issue_dated_long_ago_is_archive_even_above_the_newest(place: Scene) -> None:
    await place.subscribe()
    place.issues += [issue(number, published=OLD) for number in range(4, 160)]
    await place.settled()
    assert await announced(place) == []
    place.issues.append(issue(160))
    await place.settled()
    assert await announced(place) == [160]


async def test_without_dates_the_next_in_order_are_news_and_what_follows_at_once_is_archive(
    place: Scene,
) -> None:
    await place.subscribe()
    place.issues.append(issue(4, published=None))
    await place.settled()
    assert await announced(place) == [4]
    place.issues.append(issue(5, published=None))
    await place.settled()
    assert await announced(place) == [4], "a newsletter takes a while to be written"
    place.now += APART
    place.issues.append(issue(6, published=None))
    await place.settled()
    assert await announced(place) == [4, 6]


async def test_many_without_dates_are_an_archive(place: Scene) -> None:
    await place.subscribe()
    place.issues += [issue(number, published=None) for number in range(4, 8)]
    await place.settled()
    assert await announced(place) == []


async def test_what_fills_up_an_archive_day_by_day_is_no_news_where_a_date_is_missing(place: Scene) -> None:
    await place.subscribe()
    place.later(hours=1)
    for number in range(4, 24):
        place.issues.append(issue(number, published=OLD if number % 2 == 0 else None))
        await place.look()
        place.later(days=1)
    assert await announced(place) == []


async def test_a_slip_of_the_pen_ends_no_news(place: Scene) -> None:
    await place.subscribe()
    place.issues.append(issue(999, published=OLD))
    await place.settled()
    place.issues.append(issue(4))
    await place.settled()
    assert await announced(place) == [4]
    assert newest_of([1, 2, 3, 4, 999]) == 4


async def test_a_corrected_number_is_no_news(place: Scene) -> None:
    await place.subscribe()
    place.issues.append(issue(4))
    await place.settled()
    place.issues.append(replace(issue(4), number=5))
    await place.settled()
    assert await announced(place) == [4]


@pytest.mark.slow
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
async def test_no_order_of_taking_in_an_archive_posts_more_than_one_digest_of_three(
    data: st.DataObject,
) -> None:
    """Sources with dates and without, in any order, in any portions, while a digest waits."""
    known = data.draw(st.integers(1, 20), label="known at first")
    rest = data.draw(st.permutations(range(known + 1, 41)), label="order")
    dated = data.draw(st.sets(st.integers(1, 40)), label="dated")
    async with scene() as place:
        place.platform.room = 8000
        place.quiet = data.draw(st.sampled_from([timedelta(0), QUIET]), label="quiet")
        place.issues[:] = [_archived(number, dated) for number in range(1, known + 1)]
        await place.subscribe()
        while rest:
            portion = data.draw(st.integers(1, len(rest)), label="portion")
            place.issues += [_archived(number, dated) for number in rest[:portion]]
            rest = rest[portion:]
            place.later(minutes=data.draw(st.sampled_from([1, 30, 120]), label="minutes"))
            await place.look()
        place.later(hours=2)
        await place.look()
        assert len(await announced(place)) <= 3
        assert not dated & set(await announced(place))
        assert len(place.platform.names) <= 1


def _archived(number: int, dated: set[int]) -> Issue:
    return issue(number, published=OLD if number in dated else None)
