"""`/digest`: subscribing by form and by words, and everything that is done to a digest then."""

import pytest

from bot.model.digests import DigestKind, WeeklySlot
from tests.adapters.slack.digests.scene import (
    appear,
    chosen,
    digests,
    form,
    group,
    labels,
    new_issue,
    option,
    ready,
    settled,
    subscribed,
)
from tests.adapters.slack.world import World, words
from tests.stand_ins.slack import Message

LONDON = WeeklySlot(weekday=0, hour=9, timezone="Europe/London")


async def said(place: World, line: str, count: int = 1) -> Message:
    """What alice alone is told to the line, as the last of so many."""
    await place.command(line)
    return await place.whispered(count)


async def test_the_form_subscribes_the_channel_and_tells_what_comes_next(place: World) -> None:
    await ready(place)
    shown = await form(place)
    readers = place.slack.build.group(place.team, place.bob.user)
    shown = await chosen(place, shown, "digest:when", "0")
    filled = {
        "digest:zone": option("Asia/Tokyo"),
        "digest:how": ["highlights", "thread"],
        "digest:sections": ["Mesa optimization"],
        "digest:mention": group(readers),
    }
    await (await place.alice.submit(shown, filled)).acknowledged()
    told = words(await place.whispered())
    assert "Subscribed" in told
    assert "Mondays at 09:00 Asia/Tokyo" in told
    assert "next: Monday" in told
    assert place.alice.modal is None
    (held,) = await place.held()
    assert (held.by, held.by_name, held.place.channel) == (place.alice.id, "alice", place.general.id)
    assert held.options.slot == WeeklySlot(weekday=0, hour=9, timezone="Asia/Tokyo")
    assert (held.options.highlights, held.options.thread, held.options.full) == (True, True, False)
    assert held.options.sections == ("Mesa optimization",)
    assert held.options.mention == readers


async def test_untouched_it_asks_for_each_new_issue_in_the_persons_own_timezone(place: World) -> None:
    await ready(place)
    shown = await form(place)
    assert labels(shown) == ["Channel", "What", "When", "How", "Sections", "User group to mention"]
    await (await place.alice.submit(shown, {})).acknowledged()
    assert "as each appears" in words(await place.whispered())


async def test_timezones_are_suggested_as_they_are_typed(place: World) -> None:
    await ready(place)
    shown = await chosen(place, await form(place), "digest:when", "0")
    assert "Europe/London" in words(shown)
    answered = await (await place.alice.suggestions(shown, "digest:zone", "berl")).acknowledged()
    assert answered["options"][0]["value"] == "Europe/Berlin"


async def test_the_form_shows_the_fields_that_apply_and_keeps_what_was_chosen(place: World) -> None:
    await ready(place)
    shown = await form(place)
    always = ["Channel", "What", "When"]
    rest = ["How", "Sections", "User group to mention"]
    weekly = ["Hour", "Timezone of that hour"]
    club = ["The reading club begins with AN #"]
    shown = await chosen(place, shown, "digest:kind", "club")
    assert labels(shown) == [*always, *weekly, *club, *rest]
    shown = await chosen(place, shown, "digest:kind", "news")
    assert labels(shown) == [*always, *weekly, *rest]
    shown = await chosen(place, shown, "digest:when", "each")
    assert labels(shown) == [*always, *rest]
    shown = await chosen(place, shown, "digest:when", "4")
    assert labels(shown) == [*always, *weekly, *rest]
    await (await place.alice.submit(shown, {"digest:time": "17"})).acknowledged()
    await place.whispered()
    (held,) = await place.held()
    assert held.options.slot == WeeklySlot(weekday=4, hour=17, timezone="Europe/London")


async def test_another_channel_is_chosen_in_the_form_or_typed(place: World) -> None:
    other = place.slack.build.channel(place.team, "other", place.alice.user)
    await ready(place, other)
    shown = await form(place)
    assert shown.blocks[0]["element"]["initial_conversation"] == place.general.id
    await (await place.alice.submit(shown, {"digest:channel": other.id})).acknowledged()
    while not (held := await place.held()):
        await place.until(lambda: True)
    assert [each.place.channel for each in held] == [other.id]
    assert "as each appears" in words(await said(place, f"/digest list channel:<#{other.id}|other>"))
    assert "No digests" in words(await said(place, "/digest list", 2))
    asked = await said(place, f"/digest here full channel:<#{other.id}|other>", 3)
    await (await place.alice.use(asked, "Change it")).acknowledged()
    while not (await place.held())[0].options.full:
        await place.until(lambda: True)
    await said(place, f"/digest stop <#{other.id}|other>", 4)
    assert await place.held() == []
    assert "Type # and choose it" in words(await said(place, "/digest here each channel:papers", 5))
    place.alice.user.is_admin = False
    assert "Only admins" in words_or_text(await said(place, f"/digest log <#{other.id}>", 6))


async def test_what_is_wrong_is_said_at_its_field_and_nothing_is_kept(place: World) -> None:
    await ready(place)
    shown = await form(place)
    answered = await (await place.alice.submit(shown, {"digest:kind": "club"})).acknowledged()
    assert list(answered["errors"]) == ["digest:when"], "it was handed in before the fields of a club came"
    words_only = {"digest:mention": {"type": "rich_text", "elements": [
        {"type": "rich_text_section", "elements": [{"type": "text", "text": "everyone"}]}]}}  # fmt: skip
    answered = await (await place.alice.submit(shown, words_only)).acknowledged()
    assert list(answered["errors"]) == ["digest:mention"]
    shown = await chosen(place, shown, "digest:kind", "club")
    answered = await (await place.alice.submit(shown, {"digest:start": "500"})).acknowledged()
    assert "AN #500" in answered["errors"]["digest:start"]
    assert place.alice.modal is shown
    assert await place.held() == []


async def test_a_second_form_is_filled_in_with_what_there_is_and_changes_it(by_socket: World) -> None:
    async with by_socket.run():
        await subscribed(by_socket, 'weekly friday 17 full in:"Mesa optimization"')
        shown = await form(by_socket)
        assert "has it already" in words(shown)
        assert shown.body["submit"]["text"] == "Change"
        await (await by_socket.alice.submit(shown, {"digest:time": "18"})).acknowledged()
        assert "Changed" in words(await by_socket.whispered(2))
        (held,) = await by_socket.held()
        assert held.options.slot == WeeklySlot(weekday=4, hour=18, timezone="Europe/London")
        assert held.options.sections == ("Mesa optimization",)
        assert held.options.full


async def test_who_may_change_nothing_gets_no_form_but_may_look(place: World) -> None:
    place.alice.invite(place.app, place.general)
    for count, line in enumerate(("/digest", "/digest here each", "/digest here club"), 1):
        assert "Only admins" in words_or_text(await said(place, line, count))
    assert "No digests" in words(await said(place, "/digest list", 4))
    assert await place.held() == []


async def test_rights_are_asked_when_something_is_done_not_when_it_was_offered(place: World) -> None:
    await ready(place)
    shown = await form(place)
    place.alice.user.is_admin = False
    await (await place.alice.submit(shown, {})).acknowledged()
    assert "Only admins" in words(await place.whispered())
    assert await place.held() == []


async def test_who_asked_for_a_digest_may_end_it_without_being_an_admin(place: World) -> None:
    await subscribed(place)
    place.alice.user.is_admin = False
    await place.command("/digest stop", by=place.bob)
    assert "Only admins" in words_or_text(await place.whispered(to=place.bob))
    assert len(await place.held()) == 1
    await said(place, "/digest stop", 2)
    assert await place.held() == []


@pytest.mark.parametrize(
    "line", ["/digest pause", "/digest resume", "/digest stop", "/digest here each full"]
)
async def test_nobody_else_changes_it(by_socket: World, line: str) -> None:
    async with by_socket.run():
        await subscribed(by_socket)
        (before,) = await by_socket.held()
        await by_socket.command(line, by=by_socket.bob)
        assert "Only admins" in words_or_text(await by_socket.whispered(to=by_socket.bob))
        assert await by_socket.held() == [before]


async def test_a_typed_wish_is_kept_as_it_was_typed(place: World) -> None:
    await subscribed(place, "weekly monday 9 Europe/London highlights full thread in:“mesa optimization”")
    (held,) = await place.held()
    assert held.options.slot == LONDON
    assert held.options.sections == ("Mesa optimization",)
    assert (held.options.highlights, held.options.full, held.options.thread) == (True, True, True)
    await place.command("/digest here club from:76 friday 8 Asia/Tokyo")
    await place.whispered(2)
    assert {each.options.kind for each in await place.held()} == set(DigestKind)


@pytest.mark.parametrize(
    ("line", "told"),
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
async def test_what_cannot_be_done_is_told_to_who_typed_it(by_socket: World, line: str, told: str) -> None:
    async with by_socket.run():
        await ready(by_socket)
        if told:
            assert told in words(await said(by_socket, line))
        else:
            shown = await form(by_socket, line)
            assert shown.blocks[1]["element"]["initial_option"]["value"] == "club"
        assert await by_socket.held() == []


async def test_what_was_not_said_stays(by_socket: World) -> None:
    async with by_socket.run():
        await subscribed(by_socket)
        await by_socket.whispered()
        asked = await said(by_socket, "/digest here weekly monday 9 Europe/London full", 2)
        assert "When: as each appears → Mondays at 09:00" in words(asked)
        await (await by_socket.alice.use(asked, "Change it")).acknowledged()
        await by_socket.until(
            lambda: "Changed" in words(by_socket.slack.ephemerals(by_socket.general, by_socket.alice)[-1])
        )
        again = await said(by_socket, "/digest here 10 am", 3)
        assert "Mondays at 09:00 Europe/London → Mondays at 10:00 Europe/London" in words(again)
        assert "Texts: whole texts" in words(again)


async def test_it_says_where_the_bot_is_not_in_the_channel_yet(place: World) -> None:
    place.alice.user.is_admin = True
    told = words(await said(place, "/digest here each"))
    assert "Subscribed" in told
    assert "/invite" in told
    place.alice.invite(place.app, place.general)
    await said(place, "/digest pause", 2)
    assert "/invite" not in words(await said(place, "/digest resume", 3))


async def test_list_preview_pause_resume_log_and_stop_do_what_they_say(place: World) -> None:
    assert "No digests" in words(await said(place, "/digest list"))
    assert "There is no digest" in words(await said(place, "/digest preview", 2))
    await subscribed(place, "each full")
    await place.whispered(3)
    assert "with their texts" in words(await said(place, "/digest list", 4))
    assert "Paused" in words(await said(place, "/digest pause", 5))
    appear(place, new_issue(100))
    start = place.clock.now()
    await place.passing(lambda: place.clock.now() > start + 10)
    assert digests(place) == []
    preview = words(await said(place, "/digest preview", 6))
    assert "Title of 100" in preview
    assert "Resumed" in words(await said(place, "/digest resume", 7))
    appear(place, new_issue(101))
    await place.passing(lambda: digests(place))
    await settled(place, "sent")
    assert "Title of 101" in words(digests(place)[0])
    assert "Title of 101> · posted" in words(await said(place, "/digest log", 8))
    assert "Stopped" in words(await said(place, "/digest stop news", 9))
    assert await place.held() == []


async def test_a_preview_posts_nothing_mentions_nobody_and_is_cut_where_it_is_long(by_socket: World) -> None:
    readers = by_socket.slack.build.group(by_socket.team, by_socket.bob.user)
    async with by_socket.run():
        await subscribed(by_socket, f"each full mention:<!subteam^{readers}|@readers>")
        await by_socket.whispered()
        await said(by_socket, "/digest pause", 2)
        appear(by_socket, new_issue(count=60, text="Many words that say something. " * 60))
        last = await said(by_socket, "/digest preview", 6)
        assert "would follow" in words(last)
        shown = by_socket.slack.ephemerals(by_socket.general, by_socket.alice)
        assert [each.pings for each in shown] == [set()] * len(shown)
        assert by_socket.slack.messages(by_socket.general) == []


async def test_a_digest_that_was_ended_says_so_when_its_button_is_pressed(by_socket: World) -> None:
    async with by_socket.run():
        await subscribed(by_socket)
        appear(by_socket, new_issue())
        await by_socket.passing(lambda: digests(by_socket))
        await said(by_socket, "/digest stop", 2)
        await (await by_socket.bob.use(digests(by_socket)[0], "About this digest")).acknowledged()
        assert "was ended" in words(await by_socket.whispered(to=by_socket.bob))


async def test_the_app_home_lists_the_workspaces_digests_for_everybody(place: World) -> None:
    await subscribed(place, "weekly monday 9 Europe/London")
    opened = await place.bob.open_home(place.app)
    assert opened
    await opened.acknowledged()
    await place.until(lambda: place.bob.home(place.app))
    shown = words(place.bob.home(place.app))
    assert f"<#{place.general.id}>" in shown
    assert "New issues · Mondays at 09:00 Europe/London · next: Monday" in shown


def words_or_text(message: Message) -> str:
    return words(message) + message.text


async def test_who_asks_to_be_forgotten_is_no_longer_named_by_digests(place: World) -> None:
    await subscribed(place)
    await place.whispered()
    await place.command("/linking forget-me")
    assert "I keep nothing of you" in (await place.whispered(2)).text
    (held,) = await place.held()
    assert (held.by, held.by_name) == ("", "")
