"""The poster against the strict Slack: what its answers mean, and how fast it goes."""

import asyncio
import itertools
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.client import client_of
from adapters.slack.poster import MOST_PAGES, SlackPoster
from bot.digests.poster import ChannelClosed, HistoryUnreadable, OutcomeUnknown, Rejected, RetryLater
from bot.model.digests import Delivery, Digest, DigestOptions, Subscription, delivery_id
from bot.model.places import Place
from bot.runtime.clock import Clock
from tests.adapters.slack.digest_scene import PARAGRAPH, new_issue
from tests.stand_ins.slack import Answer, App, Channel, Cut, ManualClock, Person, StandIn, Team, TooMany

SOON = 1
LATE = 30
NEVER = "no such word"


@dataclass
class Bench:
    """A poster for two workspaces, one of which has removed the bot."""

    slack: StandIn
    clock: ManualClock
    app: App
    team: Team
    general: Channel
    alice: Person
    waits: list[float] = field(default_factory=list)

    @property
    def poster(self) -> SlackPoster:
        return SlackPoster(self._client, Clock(read=self.now, sleep=self._sleep))

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.clock.now(), UTC)

    async def _sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.clock.advance(seconds)

    async def _client(self, team: str) -> AsyncWebClient | None:
        installed = [each for each in self.slack.world.installations.values() if each.team.id == team]
        return (
            client_of(self.slack.api_url.rstrip("/"), installed[0].token, again=False) if installed else None
        )

    def subscription(self, **facts: Any) -> Subscription:
        place = Place(platform="slack", server=self.team.id, channel=self.general.id)
        known = {
            "id": "k3jx92ab",
            "place": place,
            "options": DigestOptions(),
            "by": self.alice.id,
            "by_name": "alice",
        }
        return Subscription(**{**known, **facts})

    def deliveries(self, poster: SlackPoster, *, thread: bool = False) -> list[Delivery]:
        """The parts of a long digest."""
        subscription = self.subscription(options=DigestOptions(full=True, thread=thread))
        digest = Digest(subscription=subscription, issues=(new_issue(count=12, text=PARAGRAPH),))
        parts = poster.parts(digest)
        made = [(delivery_id(subscription.id, 1, part.number), part) for part in parts]
        return [
            Delivery(
                id=name,
                subscription=subscription.id,
                place=subscription.place,
                digest=1,
                part=part.number,
                parts=part.count,
                payload=poster.payload(digest, part, name),
                planned=self.now(),
                began=self.now(),
                thread=thread,
            )
            for name, part in made
        ]


@pytest.fixture
async def bench() -> AsyncIterator[Bench]:
    clock = ManualClock()
    async with StandIn(clock=clock, limits_clock=clock) as slack:
        team, app = slack.build.team("readers"), slack.build.app()
        slack.build.install(app, team)
        general = slack.general(team)
        alice = slack.person("alice", team, general)
        alice.invite(app, general)
        yield Bench(slack=slack, clock=clock, app=app, team=team, general=general, alice=alice)


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
    assert isinstance(done[0], str)
    assert isinstance(done[1], RetryLater)
    assert len(bench.slack.messages(bench.general)) == 1


async def test_what_was_posted_is_found_by_its_name_and_nothing_else(bench: Bench) -> None:
    poster = bench.poster
    first, second, *_ = bench.deliveries(poster)
    ts = await poster.post(first)
    assert await poster.find(first) == ts
    assert await poster.find(second) is None


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


async def settled(bench: Bench, poster: SlackPoster, delivery: Delivery) -> tuple[int, str | None]:
    """How often Slack asked to wait until it was known, and what was found or raised."""
    for waits in itertools.count():
        try:
            return waits, await poster.find(delivery)
        except RetryLater as later:
            bench.clock.advance(later.seconds)
        except HistoryUnreadable as unreadable:
            return waits, type(unreadable).__name__
    raise AssertionError


@pytest.mark.parametrize(("count", "found"), [(40, True), (400, True), (4000, False)])
async def test_settling_ends_however_much_was_written_since(bench: Bench, count: int, *, found: bool) -> None:
    """Outside the Marketplace: 15 messages a page, one page a minute."""
    bench.slack.limits.outside_marketplace()
    poster = bench.poster
    first = bench.deliveries(poster)[0]
    posted = await poster.post(first)
    await chatter(bench, count)
    bench.clock.advance(60)
    waits, outcome = await settled(bench, poster, first)
    assert outcome == (posted if found else "HistoryUnreadable")
    pages = [each for each in bench.slack.journal.of("conversations.history") if each.taken]
    cursors = [each.args.get("cursor") for each in pages]
    assert len(cursors) == len(set(cursors)) == waits + 1 <= MOST_PAGES


async def test_what_was_written_long_after_the_attempt_is_not_read(bench: Bench) -> None:
    first, second, *_ = bench.deliveries(bench.poster)
    await bench.poster.post(first)
    bench.clock.advance(3600)
    await chatter(bench, 400)
    assert await bench.poster.find(second) is None
    assert len(bench.slack.journal.of("conversations.history")) == 1


async def test_what_is_older_than_the_attempt_is_not_read(bench: Bench) -> None:
    poster = bench.poster
    first, *_ = bench.deliveries(poster)
    await poster.post(first)
    bench.clock.advance(3600)
    assert await poster.find(replace(first, began=bench.now())) is None


async def test_parts_of_a_thread_stand_and_are_found_below_the_first(bench: Bench) -> None:
    poster = bench.poster
    first, second, *_ = bench.deliveries(poster, thread=True)
    root = await poster.post(first)
    ts = await poster.post(replace(second, root=root))
    assert bench.general.messages[ts].thread_ts == root
    assert await poster.find(replace(second, root=root)) == ts
    assert bench.slack.journal.of("conversations.history") == []


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
    assert await poster.post(other)


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
    "restricted_action_read_only_channel": ChannelClosed,
    "missing_scope": ChannelClosed,
    "account_inactive": ChannelClosed,
    "token_revoked": ChannelClosed,
    "invalid_auth": ChannelClosed,
    "ratelimited": RetryLater,
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
