"""What nobody knows the outcome of is looked for, within bounds."""

import itertools
from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.slack.poster import MOST_PAGES, SlackPoster
from bot.digests.deadline import leaving_within
from bot.digests.dispatcher import SENDING
from bot.digests.poster import ChannelClosed, HistoryUnreadable, OutcomeUnknown, Posted, RetryLater
from bot.model.digests import Delivery
from bot.runtime.clock import Clock
from tests.adapters.slack.digests.poster_bench import Bench
from tests.stand_ins.slack import Answer, TooMany

LATE = 30


async def test_what_was_posted_is_found_by_its_name_and_nothing_else(bench: Bench) -> None:
    poster = bench.poster
    first, second, *_ = bench.deliveries(poster)
    posted = await poster.post(first)
    assert await poster.find(first) == posted
    assert await poster.find(second) is None


async def test_what_the_bot_held_while_it_was_stopped_does_not_leave(bench: Bench) -> None:
    poster = bench.poster
    first, *_ = bench.deliveries(poster)
    with leaving_within(SENDING, Clock(read=bench.now)):
        bench.clock.advance(SENDING + 1)
        with pytest.raises(OutcomeUnknown):
            await poster.post(first)
    assert not list(bench.slack.journal.of("chat.postMessage"))


async def test_it_is_found_behind_hundreds_of_other_messages(bench: Bench) -> None:
    poster = bench.poster
    first, *_ = bench.deliveries(poster)
    ts = await poster.post(first)
    for number in range(450):
        await bench.alice.send(bench.general, f"message {number}")
    assert await poster.find(first) == ts
    assert len(bench.slack.journal.of("conversations.history")) == 3


async def chatter(bench: Bench, count: int) -> None:
    for number in range(count):
        bench.clock.advance(0.01)
        await bench.alice.send(bench.general, f"message {number}")


async def settled(bench: Bench, poster: SlackPoster, delivery: Delivery) -> tuple[int, Posted | str | None]:
    """How often Slack asked to wait until it was known, and what was found or raised."""
    for waits in itertools.count():
        try:
            return waits, await poster.find(delivery)
        except RetryLater as later:
            bench.clock.advance(later.seconds)
        except HistoryUnreadable as unreadable:
            return waits, type(unreadable).__name__
    raise AssertionError


@pytest.mark.parametrize(("count", "within"), [(40, True), (400, True), (4000, False)])
async def test_settling_ends_however_much_was_written_since(
    bench: Bench, count: int, *, within: bool
) -> None:
    """Outside the Marketplace: 15 messages a page, one page a minute."""
    bench.slack.limits.outside_marketplace()
    poster = bench.poster
    first = bench.deliveries(poster)[0]
    posted = await poster.post(first)
    await chatter(bench, count)
    bench.clock.advance(60)
    waits, outcome = await settled(bench, poster, first)
    assert outcome == (posted if within else "HistoryUnreadable")
    pages = [each for each in bench.slack.journal.of("conversations.history") if each.taken]
    cursors = [each.args.get("cursor") for each in pages]
    assert len(cursors) == len(set(cursors)) == waits + 1 <= MOST_PAGES


async def test_a_history_that_goes_on_without_a_cursor_is_no_proof(bench: Bench) -> None:
    poster = bench.poster
    first, *_ = bench.deliveries(poster)
    body = '{"ok": true, "messages": [], "has_more": true}'
    bench.slack.faults.add(Answer(status=200, body=body), method="conversations.history")
    with pytest.raises(HistoryUnreadable):
        await poster.find(first)


async def test_what_is_older_than_the_part_before_is_not_read(bench: Bench) -> None:
    first, second, *_ = bench.deliveries(bench.poster)
    await chatter(bench, 400)
    posted = await bench.poster.post(first)
    await chatter(bench, 100)
    assert await bench.poster.find(replace(second, previous=posted.message)) is None
    assert len(bench.slack.journal.of("conversations.history")) == 1


async def test_what_is_older_than_the_attempt_is_not_read(bench: Bench) -> None:
    poster = bench.poster
    first, *_ = bench.deliveries(poster)
    await poster.post(first)
    bench.clock.advance(27 * 3600)
    assert await poster.find(replace(first, began=bench.now())) is None


async def test_parts_of_a_thread_stand_and_are_found_below_the_first(bench: Bench) -> None:
    poster = bench.poster
    first, second, *_ = bench.deliveries(poster, thread=True)
    root = (await poster.post(first)).message
    below = await poster.post(replace(second, root=root))
    assert bench.general.messages[below.message].thread_ts == root
    assert await poster.find(replace(second, root=root)) == below
    assert bench.slack.journal.of("conversations.history") == []


async def test_who_may_not_look_says_what_would_let_it(bench: Bench) -> None:
    poster = bench.poster
    first, *_ = bench.deliveries(poster)
    (installed,) = bench.slack.world.installations.values()
    installed.scopes -= {"channels:history"}
    with pytest.raises(HistoryUnreadable, match="--settling"):
        await poster.find(first)


async def test_what_looking_meets_is_not_taken_for_an_answer(bench: Bench) -> None:
    poster = bench.poster
    first, *_ = bench.deliveries(poster)
    bench.slack.faults.add(Answer(status=500), method="conversations.history")
    with pytest.raises(OutcomeUnknown):
        await poster.find(first)
    bench.slack.faults.add(TooMany(retry_after=LATE), method="conversations.history")
    with pytest.raises(RetryLater):
        await poster.find(first)
    bench.general.members.clear()
    with pytest.raises(ChannelClosed):
        await poster.find(first)


SKEWS = [timedelta(seconds=400), timedelta(hours=1), timedelta(days=1)]


@pytest.mark.parametrize("skew", [*SKEWS, *(-skew for skew in SKEWS)])
@pytest.mark.parametrize("thread", [False, True])
async def test_however_wrong_our_clock_is_what_was_posted_is_found(
    bench: Bench, skew: timedelta, *, thread: bool
) -> None:
    poster = bench.poster_at(skew)
    first, second, *_ = bench.deliveries(poster, thread=thread)
    began = bench.now() + skew
    posted = await poster.post(replace(first, began=began))
    root = posted.message
    assert await poster.find(replace(first, began=began)) == posted
    below = replace(second, began=began, root=root, previous=root)
    assert await poster.find(below) is None
    ts = await poster.post(below)
    assert await poster.find(replace(below, tries=1)) == ts
