"""The poster against the strict Slack: what its answers mean, and how fast it goes."""

import asyncio
import itertools
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.client import client_of
from adapters.slack.poster import SlackPoster
from bot.digests.poster import ChannelClosed, OutcomeUnknown, Posted, Rejected, RetryLater
from bot.model.digests import LONGEST_WAIT, Delivery
from bot.runtime.clock import Clock
from tests.adapters.slack.digests.poster_bench import Bench
from tests.stand_ins.slack import Answer, Cut, TooMany

SOON = 1
LATE = 30
NEVER = "no such word"


async def test_it_posts_a_message_a_second_in_a_channel_and_is_never_told_to_slow_down(bench: Bench) -> None:
    poster = bench.poster
    deliveries = bench.deliveries(poster)
    assert len(deliveries) > 2
    for delivery in deliveries:
        await poster.post(delivery)
    at = [record.at for record in bench.slack.journal.of("chat.postMessage")]
    assert all(later - earlier >= 1 for earlier, later in itertools.pairwise(at))
    assert not bench.slack.limits.refused
    assert sum(bench.waits) == pytest.approx(len(deliveries) - 1)


async def test_two_digests_of_one_channel_do_not_meet(bench: Bench) -> None:
    poster = bench.poster
    first, second, *_ = bench.deliveries(poster)
    done = await asyncio.gather(poster.post(first), poster.post(second), return_exceptions=True)
    assert isinstance(done[0], Posted)
    assert isinstance(done[1], RetryLater)
    assert len(bench.slack.messages(bench.general)) == 1


async def test_a_short_wait_is_waited_out_and_a_long_one_is_passed_on(bench: Bench) -> None:
    poster = bench.poster
    first, second, *_ = bench.deliveries(poster)
    bench.slack.faults.add(TooMany(retry_after=SOON), method="chat.postMessage")
    await poster.post(first)
    assert bench.waits == [SOON]
    bench.slack.faults.add(TooMany(retry_after=LATE), method="chat.postMessage")
    with pytest.raises(RetryLater) as later:
        await poster.post(second)
    assert later.value.seconds == LATE
    assert len(bench.slack.messages(bench.general)) == 1


async def test_a_wait_without_end_is_cut_short(bench: Bench) -> None:
    poster = bench.poster
    first, *_ = bench.deliveries(poster)
    bench.slack.faults.add(TooMany(retry_after=10**400), method="chat.postMessage")
    with pytest.raises(RetryLater):
        await poster.post(first)
    bench.clock.advance(LONGEST_WAIT.total_seconds())
    assert (await poster.post(first)).message


def in_channels(bench: Bench, poster: SlackPoster, count: int) -> list[Delivery]:
    """The same part for that many more channels of the workspace."""
    (installed,) = bench.slack.world.installations.values()
    made = [bench.slack.build.channel(bench.team, f"c{n}", installed.bot) for n in range(count)]
    first, *_ = bench.deliveries(poster)
    return [replace(first, place=replace(first.place, channel=channel.id)) for channel in made]


async def test_in_many_channels_of_a_workspace_it_posts_three_hundred_messages_a_minute(bench: Bench) -> None:
    poster = bench.poster
    for delivery in in_channels(bench, poster, 20):
        await poster.post(delivery)
    at = [record.at for record in bench.slack.journal.of("chat.postMessage")]
    assert [later - earlier for earlier, later in itertools.pairwise(at)] == pytest.approx(
        [60 / 300] * 19, abs=1e-3
    )


@pytest.mark.parametrize("set_by", [timedelta(days=1), -timedelta(days=1)])
async def test_a_clock_that_is_set_makes_no_channel_wait(bench: Bench, set_by: timedelta) -> None:
    now = [bench.now()]
    clock = Clock(read=lambda: now[0], monotonic=bench.clock.now, sleep=bench.wait)
    poster = SlackPoster(bench.client, clock)
    first, second, *_ = bench.deliveries(poster)
    await poster.post(first)
    now[0] += set_by
    assert (await poster.post(second)).message
    assert sum(bench.waits) == pytest.approx(1)


async def test_a_workspace_that_asks_to_wait_is_asked_nothing_until_then(bench: Bench) -> None:
    poster = bench.poster
    one, other = in_channels(bench, poster, 2)
    bench.slack.faults.add(TooMany(retry_after=LATE), method="chat.postMessage")
    for delivery in (one, other):
        with pytest.raises(RetryLater) as later:
            await poster.post(delivery)
        assert later.value.seconds == LATE
    assert len(bench.slack.journal.of("chat.postMessage")) == 1
    bench.clock.advance(LATE)
    assert (await poster.post(other)).message


@pytest.mark.parametrize("fault", [Cut(taken=True), Cut(taken=False), Answer(status=500), Answer(status=503, body="<html>"),
                                   Answer(status=200, body="{", taken=True)])  # fmt: skip
async def test_what_may_have_been_taken_is_unsure_and_sent_only_once(bench: Bench, fault: Any) -> None:
    poster = bench.poster
    first, *_ = bench.deliveries(poster)
    bench.slack.faults.add(fault, method="chat.postMessage")
    with pytest.raises(OutcomeUnknown):
        await poster.post(first)
    assert len(bench.slack.journal.of("chat.postMessage")) == 1


WORDS = {
    "not_in_channel": ChannelClosed,
    "channel_not_found": ChannelClosed,
    "is_archived": ChannelClosed,
    "restricted_action": ChannelClosed,
    "restricted_action_read_only_channel": ChannelClosed,
    "restricted_action_of_some_day": ChannelClosed,
    "posting_to_general_channel_denied": ChannelClosed,
    "missing_scope": ChannelClosed,
    "enterprise_is_restricted": ChannelClosed,
    "messages_tab_disabled": ChannelClosed,
    "account_inactive": ChannelClosed,
    "token_revoked": ChannelClosed,
    "invalid_auth": ChannelClosed,
    "ratelimited": RetryLater,
    "org_login_required": RetryLater,
    "external_channel_migrating": RetryLater,
    "msg_too_long": Rejected,
    "invalid_blocks": Rejected,
    NEVER: Rejected,
    "internal_error": OutcomeUnknown,
    "fatal_error": OutcomeUnknown,
    "service_unavailable": OutcomeUnknown,
}


@pytest.mark.parametrize(("word", "meaning"), WORDS.items())
async def test_each_of_slacks_words_has_its_meaning(
    bench: Bench, word: str, meaning: type[Exception]
) -> None:
    poster = bench.poster
    first, *_ = bench.deliveries(poster)
    body = f'{{"ok": false, "error": "{word}"}}'
    bench.slack.faults.add(Answer(status=200, body=body), method="chat.postMessage")
    with pytest.raises(meaning):
        await poster.post(first)


@pytest.mark.parametrize(
    ("word", "reason"),
    [
        ("restricted_action_read_only_channel", "Only some members may post in this channel."),
        ("restricted_action_thread_locked", "The thread is locked."),
        ("external_channel_migrating", "Slack is moving the workspace or the channel."),
    ],
)
async def test_a_reason_names_the_cause(bench: Bench, word: str, reason: str) -> None:
    poster = bench.poster
    first, *_ = bench.deliveries(poster)
    body = f'{{"ok": false, "error": "{word}"}}'
    bench.slack.faults.add(Answer(status=200, body=body), method="chat.postMessage")
    with pytest.raises((ChannelClosed, RetryLater), match=reason):
        await poster.post(first)


async def test_where_slack_cannot_be_reached_nothing_was_sent(bench: Bench) -> None:
    async def nowhere(_: str) -> AsyncWebClient:
        return client_of("http://127.0.0.1:9", "xoxb-any", again=False)

    first, *_ = bench.deliveries(bench.poster)
    with pytest.raises(RetryLater):
        await SlackPoster(nowhere, Clock(read=bench.now)).post(first)


async def test_a_workspace_without_the_bot_is_closed(bench: Bench) -> None:
    poster = bench.poster
    first, *_ = bench.deliveries(poster)
    elsewhere = replace(first, place=replace(first.place, server="T0"))
    for asked in (poster.post, poster.find):
        with pytest.raises(ChannelClosed):
            await asked(elsewhere)


async def test_a_notice_goes_to_who_subscribed_alone_and_never_fails(bench: Bench) -> None:
    poster = bench.poster
    await poster.notify(bench.subscription(), "It is <!channel> closed.")
    (notice,) = bench.slack.messages(bench.alice.direct(bench.app))
    assert "&lt;!channel&gt; closed" in notice.text
    assert f"<#{bench.general.id}>" in notice.text
    bench.slack.faults.add(Cut(taken=False), method="chat.postMessage")
    await poster.notify(bench.subscription(), "It is closed.")
    await poster.notify(bench.subscription(by="U0"), "It is closed.")
    await poster.notify(bench.subscription(by=""), "It is closed.")
