"""Digests are posted by themselves: once, in order, and never where they are not wanted."""

from functools import partial

import pytest

from tests.adapters.slack.digests.scene import (
    PARAGRAPH,
    appear,
    digests,
    names,
    new_issue,
    settled,
    subscribed,
)
from tests.adapters.slack.world import World, labels, words
from tests.stand_ins.slack import Answer, Cut, TooMany


async def test_a_new_issue_is_posted_once_under_the_name_of_its_delivery(place: World) -> None:
    await subscribed(place)
    appear(place, new_issue())
    await place.passing(lambda: digests(place))
    (posted,) = digests(place)
    assert "Title of 100" in words(posted)
    assert "Asked for by alice" in words(posted)
    assert "/digest stop" in words(posted)
    assert (posted.unfurl_links, posted.unfurl_media, posted.pings) == (False, False, set())
    assert posted.metadata
    assert posted.metadata["event_type"] == "anbot_digest"
    (subscription,) = await place.subscriptions()
    assert names(place) == [f"{subscription.id}-1-01"]


async def test_its_menu_opens_an_entry_and_its_buttons_the_issue_and_who_asked_for_it_privately(
    place: World,
) -> None:
    await subscribed(place)
    await place.whispered()
    appear(place, new_issue())
    await place.passing(lambda: digests(place))
    (posted,) = digests(place)
    await (await place.bob.use(posted, "Open the whole issue")).acknowledged()
    assert "Entry 2 of 100" in words(await place.whispered(to=place.bob))
    await (await place.bob.use(posted, "About this digest")).acknowledged()
    assert "Asked for by alice" in words(await place.whispered(2, to=place.bob))
    menu = next(each for block in posted.blocks for each in block.get("elements", ()) if "options" in each)
    await (await place.bob.use(posted, menu["action_id"], menu["options"][1]["value"])).acknowledged()
    assert "Entry 2 of 100" in words(await place.whispered(3, to=place.bob))
    assert digests(place) == [posted]
    assert "Remove" not in labels(posted)


async def test_a_long_digest_stands_in_a_thread_in_its_order(by_socket: World) -> None:
    async with by_socket.run():
        await subscribed(by_socket, "each full thread")
        appear(by_socket, new_issue(count=30, text=PARAGRAPH))
        await by_socket.passing(lambda: len(digests(by_socket)) > 4)
        first, *others = digests(by_socket)
        count = int(words(first).partition("Part 1 of ")[2].split()[0])
        await by_socket.passing(lambda: len(digests(by_socket)) == count)
        first, *others = digests(by_socket)
        assert first.thread_ts is None
        assert {each.thread_ts for each in others} == {first.ts}
        assert [name.rpartition("-")[2] for name in names(by_socket)] == [
            f"{n:02d}" for n in range(1, count + 1)
        ]
        assert "Asked for by" not in words(others[0])
        whole = " ".join(words(each) for each in digests(by_socket))
        assert all(f"Entry {n} of 100" in whole for n in range(1, 31))


async def test_its_group_is_mentioned_once_and_nobody_else(by_socket: World) -> None:
    readers = by_socket.slack.build.group(by_socket.team, by_socket.bob.user)
    async with by_socket.run():
        await subscribed(by_socket, f"each full mention:<!subteam^{readers}|@readers>")
        appear(by_socket, new_issue(count=20, text=PARAGRAPH + " <!channel> @here", title="<!everyone>"))
        await by_socket.passing(lambda: len(digests(by_socket)) > 2)
        first, *others = digests(by_socket)
        assert first.pings == {by_socket.bob.id}
        assert [each.pings for each in others] == [set()] * len(others)


@pytest.mark.parametrize("fault", [Cut(taken=True), Answer(status=500, taken=True)])
async def test_an_answer_that_was_lost_is_settled_by_looking(place: World, fault: Cut | Answer) -> None:
    await subscribed(place)
    place.slack.faults.add(fault, method="chat.postMessage")
    appear(place, new_issue())
    await place.passing(lambda: digests(place) and place.slack.journal.of("conversations.history"))
    await settled(place, "sent")
    assert len(digests(place)) == 1


async def test_a_connection_cut_before_it_was_taken_is_posted_when_it_is_not_found(place: World) -> None:
    await subscribed(place)
    place.slack.faults.add(Cut(taken=False), method="chat.postMessage")
    appear(place, new_issue())
    await place.passing(lambda: digests(place))
    assert place.slack.journal.of("conversations.history")
    await settled(place, "sent")
    assert len(digests(place)) == 1


async def test_told_to_wait_it_waits_as_long_as_it_was_told(place: World) -> None:
    await subscribed(place)
    place.slack.faults.add(TooMany(retry_after=90), method="chat.postMessage")
    appear(place, new_issue())
    await place.passing(lambda: digests(place))
    refused, taken = place.slack.journal.of("chat.postMessage")
    assert 90 <= taken.at - refused.at < 300
    assert len(digests(place)) == 1


async def test_of_a_cut_in_a_thread_the_thread_is_asked(by_socket: World) -> None:
    async with by_socket.run():
        await subscribed(by_socket, "each full thread")
        appear(by_socket, new_issue(count=12, text=PARAGRAPH))
        await by_socket.passing(lambda: digests(by_socket))
        by_socket.slack.faults.add(Cut(taken=True), method="chat.postMessage")
        await by_socket.passing(lambda: by_socket.slack.journal.of("conversations.replies"))
        await by_socket.passing(lambda: len(digests(by_socket)) > 2)
        assert len(set(names(by_socket))) == len(names(by_socket))
        assert by_socket.slack.journal.of("conversations.history") == []


async def test_without_the_scope_to_look_it_counts_as_failed_and_is_not_doubled(by_socket: World) -> None:
    installed = by_socket.slack.world.installed(by_socket.app, by_socket.team)
    assert installed
    installed.scopes = frozenset(scope for scope in installed.scopes if "history" not in scope)
    async with by_socket.run():
        await subscribed(by_socket)
        by_socket.slack.faults.add(Cut(taken=True), method="chat.postMessage")
        appear(by_socket, new_issue())
        await by_socket.passing(lambda: by_socket.slack.journal.of("conversations.history"))
        await settled(by_socket, "failed")
        await by_socket.command("/digest log")
        assert "anbot manifest --settling" in words(await by_socket.whispered(2))
        assert len(digests(by_socket)) == 1


async def test_a_closed_channel_pauses_with_a_reason_tells_who_asked_and_stops_trying(place: World) -> None:
    await subscribed(place)
    place.general.archived = True
    appear(place, new_issue())
    direct = place.alice.direct(place.app)
    await place.passing(lambda: place.slack.messages(direct))
    (notice,) = place.slack.messages(direct)
    assert "archived" in notice.text
    assert "/digest resume" in notice.text
    (subscription,) = await place.subscriptions()
    assert "archived" in subscription.paused
    tries = len(place.slack.journal.of("chat.postMessage"))
    start = place.clock.now()
    await place.passing(lambda: place.clock.now() > start + 60)
    assert len(place.slack.journal.of("chat.postMessage")) == tries


async def test_what_it_missed_is_posted_when_it_is_resumed(place: World) -> None:
    await subscribed(place)
    bot = next(iter(place.general.members - {place.alice.id, place.bob.id}))
    place.general.members.remove(bot)
    appear(place, new_issue())
    await place.passing(lambda: place.slack.messages(place.alice.direct(place.app)))
    assert digests(place) == []
    place.alice.invite(place.app, place.general)
    await place.command("/digest resume")
    await place.passing(lambda: digests(place))
    assert "Title of 100" in words(digests(place)[0])


async def test_a_group_is_not_mentioned_for_somebody_who_left(by_socket: World) -> None:
    readers = by_socket.slack.build.group(by_socket.team, by_socket.bob.user)
    async with by_socket.run():
        await subscribed(by_socket, f"each mention:<!subteam^{readers}|@readers>")
        by_socket.alice.user.deleted = True
        appear(by_socket, new_issue())
        await by_socket.passing(lambda: digests(by_socket))
        (posted,) = digests(by_socket)
        assert posted.pings == set()
        assert readers not in str(posted.blocks)
        assert "Title of 100" in words(posted)


async def test_who_removes_the_bot_ends_all_its_digests(place: World) -> None:
    await subscribed(place)
    place.slack.uninstall(place.app, place.team)
    while await place.subscriptions():
        await place.until(lambda: True)
    appear(place, new_issue())
    start = place.clock.now()
    await place.passing(lambda: place.clock.now() > start + 20)
    assert place.slack.journal.of("chat.postMessage") == []


async def test_a_club_reads_an_issue_a_week(by_socket: World) -> None:
    async with by_socket.run():
        await subscribed(by_socket, "club from:58 weekly monday 9 UTC thread")
        week = 7 * 24 * 3600
        for count, title in enumerate(("Mesa optimization", "Goodhart"), 1):
            by_socket.clock.advance(week)
            await by_socket.passing(partial(lambda wanted: len(digests(by_socket)) == 2 * wanted, count))
            issue, thread = digests(by_socket)[-2:]
            assert "Reading club: AN #" in words(issue)
            assert title in words(issue)
            assert thread.thread_ts == issue.ts
            assert "Discuss it" in words(thread)


@pytest.mark.parametrize("cut", [None, Cut(taken=True), Cut(taken=False)])
async def test_a_thread_is_opened_below_a_digest_of_one_message_once(
    place: World, cut: Cut | None, caplog: pytest.LogCaptureFixture
) -> None:
    await subscribed(place, "each thread")
    appear(place, new_issue())
    await place.passing(lambda: digests(place))
    if cut:
        place.slack.faults.add(cut, method="chat.postMessage")
    await place.passing(lambda: len(digests(place)) > 1)
    await settled(place, "sent", "sent")
    first, reply = digests(place)
    assert (first.thread_ts, reply.thread_ts) == (None, first.ts)
    assert "Part" not in words(first)
    assert "Discuss it in this thread" in words(reply)
    assert "/digest stop" not in words(reply)
    await place.command("/digest log")
    assert "AN #100 — Title of 100> · posted" in words(await place.whispered(2))
    assert "reply that opens its thread" in caplog.text


async def test_without_the_digest_no_thread_is_opened(place: World) -> None:
    await subscribed(place, "each thread")
    place.slack.faults.add(
        Answer(status=200, body='{"ok": false, "error": "msg_too_long"}'), method="chat.postMessage"
    )
    appear(place, new_issue())
    await place.passing(lambda: place.slack.journal.of("chat.postMessage"))
    await settled(place, "failed", "failed")
    assert digests(place) == []
