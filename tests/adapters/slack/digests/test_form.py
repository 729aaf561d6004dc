"""The form that `/digest` opens on Slack."""

from bot.model.digests import WeeklySlot
from bot.model.newsletter import Issue
from tests.adapters.slack.digests.scene import (
    answer_to,
    appear,
    chosen,
    form,
    group,
    labels,
    new_issue,
    option,
    ready,
    subscribed,
    words_or_text,
)
from tests.adapters.slack.world import World, words
from tests.support.fakes import summary

LONDON = WeeklySlot(weekday=0, hour=9, timezone="Europe/London")


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
    sentence = words(await place.whispered())
    assert "Subscribed" in sentence
    assert "Mondays at 09:00 Asia/Tokyo" in sentence
    assert "next: Monday" in sentence
    assert place.alice.modal is None
    (subscription,) = await place.subscriptions()
    assert (subscription.by, subscription.by_name, subscription.place.channel) == (
        place.alice.id,
        "alice",
        place.general.id,
    )
    assert subscription.options.slot == WeeklySlot(weekday=0, hour=9, timezone="Asia/Tokyo")
    assert (subscription.options.highlights, subscription.options.thread, subscription.options.full) == (
        True,
        True,
        False,
    )
    assert subscription.options.sections == ("Mesa optimization",)
    assert subscription.options.mention == readers


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
    (subscription,) = await place.subscriptions()
    assert subscription.options.slot == WeeklySlot(weekday=4, hour=17, timezone="Europe/London")


async def test_a_heading_that_no_menu_takes_is_left_out_of_the_form(place: World) -> None:
    await ready(place)
    appear(
        place, new_issue(), Issue(number=101, summaries=(summary("A title", 101, section=("Long " * 40,)),))
    )
    sections = next(
        block["element"]
        for block in (await form(place)).blocks
        if block.get("label", {}).get("text") == "Sections"
    )
    offered = [each["value"] for each in sections["options"]]
    assert "Mesa optimization" in offered
    assert not [each for each in offered if each.startswith("Long")]


async def test_another_channel_is_chosen_in_the_form_or_typed(place: World) -> None:
    other = place.slack.build.channel(place.team, "other", place.alice.user)
    await ready(place, other)
    shown = await form(place)
    assert shown.blocks[0]["element"]["initial_conversation"] == place.general.id
    await (await place.alice.submit(shown, {"digest:channel": other.id})).acknowledged()
    while not (subscriptions := await place.subscriptions()):
        await place.until(lambda: True)
    assert [each.place.channel for each in subscriptions] == [other.id]
    assert "as each appears" in words(await answer_to(place, f"/digest list channel:<#{other.id}|other>"))
    assert "No digests" in words(await answer_to(place, "/digest list", 2))
    asked = await answer_to(place, f"/digest here full channel:<#{other.id}|other>", 3)
    await (await place.alice.use(asked, "Change it")).acknowledged()
    while not (await place.subscriptions())[0].options.full:
        await place.until(lambda: True)
    await answer_to(place, f"/digest stop <#{other.id}|other>", 4)
    assert await place.subscriptions() == []
    assert "Type # and choose it" in words(await answer_to(place, "/digest here each channel:papers", 5))
    place.alice.user.is_admin = False
    assert "Only admins" in words_or_text(await answer_to(place, f"/digest log <#{other.id}>", 6))


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
    assert await place.subscriptions() == []


async def test_a_second_form_is_filled_in_with_what_there_is_and_changes_it(by_socket: World) -> None:
    async with by_socket.run():
        await subscribed(by_socket, 'weekly friday 17 full in:"Mesa optimization"')
        shown = await form(by_socket)
        assert "has it already" in words(shown)
        assert shown.body["submit"]["text"] == "Change"
        await (await by_socket.alice.submit(shown, {"digest:time": "18"})).acknowledged()
        assert "Changed" in words(await by_socket.whispered(2))
        (subscription,) = await by_socket.subscriptions()
        assert subscription.options.slot == WeeklySlot(weekday=4, hour=18, timezone="Europe/London")
        assert subscription.options.sections == ("Mesa optimization",)
        assert subscription.options.full


async def test_who_may_change_nothing_gets_no_form_but_may_look(place: World) -> None:
    place.alice.invite(place.app, place.general)
    for count, line in enumerate(("/digest", "/digest here each", "/digest here club"), 1):
        assert "Only admins" in words_or_text(await answer_to(place, line, count))
    assert "No digests" in words(await answer_to(place, "/digest list", 4))
    assert await place.subscriptions() == []


async def test_rights_are_asked_when_something_is_done_not_when_it_was_offered(place: World) -> None:
    await ready(place)
    shown = await form(place)
    place.alice.user.is_admin = False
    await (await place.alice.submit(shown, {})).acknowledged()
    assert "Only admins" in words(await place.whispered())
    assert await place.subscriptions() == []


async def test_a_form_filled_in_for_one_channel_asks_before_it_changes_another(by_socket: World) -> None:
    async with by_socket.run():
        other = by_socket.slack.build.channel(by_socket.team, "other", by_socket.alice.user)
        await subscribed(by_socket, "each full", other)
        await subscribed(by_socket)
        before = await by_socket.subscriptions()
        shown = await form(by_socket)
        filled = {"digest:channel": other.id, "digest:how": ["highlights"]}
        await (await by_socket.alice.submit(shown, filled)).acknowledged()
        await by_socket.until(
            lambda: any(
                "Do you want to change it?" in words(each)
                for each in by_socket.slack.ephemerals(by_socket.general, by_socket.alice)
            )
        )
        assert await by_socket.subscriptions() == before


async def test_a_form_that_brings_back_nothing_says_to_open_it_anew(place: World) -> None:
    await ready(place)
    shown = await form(place)
    place.slack.world.transit.payload = lambda sent: {
        **sent,
        "view": {**sent["view"], "private_metadata": "{"},
    }
    await (await place.alice.use(shown, "digest:when", "0")).acknowledged()
    answered = await (await place.alice.submit(shown, {})).acknowledged()
    assert answered["errors"] == {
        "digest:kind": "This form cannot be read any more. Open it anew with `/digest here`."
    }
    assert not await place.subscriptions()
