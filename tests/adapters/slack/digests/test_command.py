"""`/digest` as it is typed, and everything that is done to a digest then."""

import pytest

from bot.model.digests import DigestKind, WeeklySlot
from tests.adapters.slack.digests.scene import (
    answer_to,
    appear,
    digests,
    form,
    new_issue,
    ready,
    settled,
    subscribed,
    words_or_text,
)
from tests.adapters.slack.world import World, words

LONDON = WeeklySlot(weekday=0, hour=9, timezone="Europe/London")


async def test_who_asked_for_a_digest_may_end_it_without_being_an_admin(place: World) -> None:
    await subscribed(place)
    place.alice.user.is_admin = False
    await place.command("/digest stop", by=place.bob)
    assert "Only admins" in words_or_text(await place.whispered(to=place.bob))
    assert len(await place.subscriptions()) == 1
    await answer_to(place, "/digest stop", 2)
    assert await place.subscriptions() == []


@pytest.mark.parametrize(
    "line", ["/digest pause", "/digest resume", "/digest stop", "/digest here each full"]
)
async def test_nobody_else_changes_it(by_socket: World, line: str) -> None:
    async with by_socket.run():
        await subscribed(by_socket)
        (before,) = await by_socket.subscriptions()
        await by_socket.command(line, by=by_socket.bob)
        assert "Only admins" in words_or_text(await by_socket.whispered(to=by_socket.bob))
        assert await by_socket.subscriptions() == [before]


async def test_a_typed_wish_is_kept_as_it_was_typed(place: World) -> None:
    await subscribed(place, "weekly monday 9 Europe/London highlights full thread in:“mesa optimization”")
    (subscription,) = await place.subscriptions()
    assert subscription.options.slot == LONDON
    assert subscription.options.sections == ("Mesa optimization",)
    assert (subscription.options.highlights, subscription.options.full, subscription.options.thread) == (
        True,
        True,
        True,
    )
    await place.command("/digest here club from:76 friday 8 Asia/Tokyo")
    await place.whispered(2)
    assert {each.options.kind for each in await place.subscriptions()} == set(DigestKind)


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("/digest here weekly", "which day"),
        ("/digest here hilights", "highlights"),
        ("/digest here club", ""),
        ("/digest here mention:@readers", "which group"),
        ("/digest here in:nonsense", "No section is called"),
        ("/digest here club monday 9 Europe/London from:500", "AN #500"),
        ("/digest tomorrow", "What I do"),
        ("/digest list all", "What I do"),
        ("/digest pause everything", "What I do"),
        ("/digest help", "/digest preview"),
    ],
)
async def test_what_cannot_be_done_is_told_to_who_typed_it(
    by_socket: World, line: str, sentence: str
) -> None:
    async with by_socket.run():
        await ready(by_socket)
        if sentence:
            assert sentence in words(await answer_to(by_socket, line))
        else:
            shown = await form(by_socket, line)
            assert shown.blocks[1]["element"]["initial_option"]["value"] == "club"
        assert await by_socket.subscriptions() == []


async def test_what_was_not_said_stays(by_socket: World) -> None:
    async with by_socket.run():
        await subscribed(by_socket)
        await by_socket.whispered()
        asked = await answer_to(by_socket, "/digest here weekly monday 9 Europe/London full", 2)
        assert "When: as each appears → Mondays at 09:00" in words(asked)
        await (await by_socket.alice.use(asked, "Change it")).acknowledged()
        await by_socket.until(
            lambda: "Changed" in words(by_socket.slack.ephemerals(by_socket.general, by_socket.alice)[-1])
        )
        again = await answer_to(by_socket, "/digest here 10 am", 3)
        assert "Mondays at 09:00 Europe/London → Mondays at 10:00 Europe/London" in words(again)
        assert "Texts: whole texts" in words(again)


async def test_it_says_where_the_bot_is_not_in_the_channel_yet(place: World) -> None:
    place.alice.user.is_admin = True
    sentence = words(await answer_to(place, "/digest here each"))
    assert "Subscribed" in sentence
    assert "/invite" in sentence
    place.alice.invite(place.app, place.general)
    await answer_to(place, "/digest pause", 2)
    assert "/invite" not in words(await answer_to(place, "/digest resume", 3))


async def test_list_preview_pause_resume_log_and_stop_do_what_they_say(place: World) -> None:
    assert "No digests" in words(await answer_to(place, "/digest list"))
    assert "There is no digest" in words(await answer_to(place, "/digest preview", 2))
    await subscribed(place, "each full")
    await place.whispered(3)
    assert "with their texts" in words(await answer_to(place, "/digest list", 4))
    assert "Paused" in words(await answer_to(place, "/digest pause", 5))
    appear(place, new_issue(100))
    start = place.clock.now()
    await place.passing(lambda: place.clock.now() > start + 10)
    assert digests(place) == []
    preview = words(await answer_to(place, "/digest preview", 6))
    assert "Title of 100" in preview
    assert "Resumed" in words(await answer_to(place, "/digest resume", 7))
    appear(place, new_issue(101))
    await place.passing(lambda: digests(place))
    await settled(place, "sent")
    assert "Title of 101" in words(digests(place)[0])
    assert "Title of 101> · posted" in words(await answer_to(place, "/digest log", 8))
    assert "Stopped" in words(await answer_to(place, "/digest stop news", 9))
    assert await place.subscriptions() == []


async def test_a_preview_posts_nothing_mentions_nobody_and_is_cut_where_it_is_long(by_socket: World) -> None:
    readers = by_socket.slack.build.group(by_socket.team, by_socket.bob.user)
    async with by_socket.run():
        await subscribed(by_socket, f"each full mention:<!subteam^{readers}|@readers>")
        await by_socket.whispered()
        await answer_to(by_socket, "/digest pause", 2)
        appear(by_socket, new_issue(count=60, text="Many words that say something. " * 60))
        last = await answer_to(by_socket, "/digest preview", 6)
        assert "would follow" in words(last)
        shown = by_socket.slack.ephemerals(by_socket.general, by_socket.alice)
        assert [each.pings for each in shown] == [set()] * len(shown)
        assert by_socket.slack.messages(by_socket.general) == []


async def test_a_digest_that_was_stopped_says_so_when_its_button_is_pressed(by_socket: World) -> None:
    async with by_socket.run():
        await subscribed(by_socket)
        appear(by_socket, new_issue())
        await by_socket.passing(lambda: digests(by_socket))
        await answer_to(by_socket, "/digest stop", 2)
        await (await by_socket.bob.use(digests(by_socket)[0], "About this digest")).acknowledged()
        assert "was stopped" in words(await by_socket.whispered(to=by_socket.bob))


async def test_the_app_home_lists_the_workspaces_digests_for_everybody(place: World) -> None:
    await subscribed(place, "weekly monday 9 Europe/London")
    opened = await place.bob.open_home(place.app)
    assert opened
    await opened.acknowledged()
    await place.until(lambda: place.bob.home(place.app))
    shown = words(place.bob.home(place.app))
    assert f"<#{place.general.id}>" in shown
    assert "New issues · Mondays at 09:00 Europe/London · next: Monday" in shown


async def test_who_asks_to_be_forgotten_is_no_longer_named_by_digests(place: World) -> None:
    await subscribed(place)
    await place.whispered()
    await place.command("/linking forget-me")
    assert "I keep nothing of you" in (await place.whispered(2)).text
    (subscription,) = await place.subscriptions()
    assert (subscription.by, subscription.by_name) == ("", "")
