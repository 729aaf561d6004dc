"""What Slack may send is served: fields and kinds that are new, and what is not as usual."""

import logging
from collections.abc import Callable
from typing import Any

import pytest

from adapters.slack import scopes
from tests.adapters.slack.test_linking import PAPER, replies, switched_on
from tests.adapters.slack.world import World, words
from tests.stand_ins.common.transit import widened
from tests.stand_ins.slack import Way, payloads

Json = dict[str, Any]
MESA = "what of [[risks from learned]]?"
RISKS = "Risks from Learned Optimization"


@pytest.fixture(autouse=True)
def listening(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)


def changing(place: World, change: Callable[[Json], Json]) -> None:
    """Have what is sent changed on its way, as `change` returns it for what it was."""
    place.slack.world.transit.payload = lambda payload: change({**payload})


async def told(place: World, event: Json) -> None:
    """Have the app told of an event, in an envelope like any other; it is acknowledged when this returns."""
    installation = place.slack.world.installed(place.app, place.team)
    assert installation
    body = payloads.event(installation, place.slack.world.id("Ev"), event, at=place.clock.now())
    await place.slack.post.send(place.app, Way.EVENT, body).acknowledged()


async def test_fields_that_are_new_change_nothing(place: World, caplog: pytest.LogCaptureFixture) -> None:
    by_form = bool(place.app.request_url)  # which has fields of text alone
    changing(
        place, lambda sent: {**sent, "yet_to_come": "x"} if by_form and "command" in sent else widened(sent)
    )
    await place.command("/an 58")
    card = await place.posted()
    await (await place.alice.use(card, "AN #76 ▸")).acknowledged()
    await place.until(lambda: "AN #76" in words(card))
    await (await place.alice.open_home(place.app) or pytest.fail("no home")).acknowledged()
    await place.until(lambda: place.alice.home(place.app))
    await switched_on(place)
    message = await place.bob.send(place.general, MESA)
    await place.until(lambda: replies(place)[1:])
    await (await place.alice.shortcut(scopes.FIND_SUMMARIES, message)).acknowledged()
    assert RISKS in words(await place.whispered(2))
    assert "refused" not in caplog.text


@pytest.mark.parametrize(
    "event",
    [
        {"type": "user_change", "user": {"id": "U1", "profile": {"fields": []}}},
        {"type": "channel_rename", "channel": {"id": "C1", "name": "new", "created": 1}},
        {"type": "call_rejected", "links": "none", "tokens": [], "message": "busy", "ts": 1.5},
        {"type": "yet_to_come", "message_ts": None, "source": {}, "text": 58},
    ],
    ids=lambda event: event["type"],
)
async def test_what_the_bot_did_not_ask_for_is_passed_over_in_a_line(
    place: World, caplog: pytest.LogCaptureFixture, event: Json
) -> None:
    await told(place, event)
    await place.command("/an 58")
    assert RISKS in words(await place.posted())
    assert "refused a request: the bot has no use for it" in caplog.text
    assert "could not be read" not in caplog.text


@pytest.mark.parametrize(
    "unusual",
    [
        {"subtype": None, "bot_id": None, "blocks": None, "attachments": None, "files": {}},
        {"blocks": [{"type": "new", "elements": {"type": "none"}}, {"type": "context", "elements": None}]},
        {"thread_ts": None, "edited": {}, "root": "none", "team": None, "user_profile": []},
    ],
    ids=lambda unusual: next(iter(unusual)),
)
async def test_a_message_is_answered_whatever_else_is_in_it(
    place: World, caplog: pytest.LogCaptureFixture, unusual: Json
) -> None:
    await switched_on(place)
    changing(place, lambda sent: {**sent, "event": {**sent["event"], **unusual}} if "event" in sent else sent)
    await place.bob.send(place.general, MESA)
    await place.until(lambda: replies(place))
    assert "refused" not in caplog.text


async def test_messages_of_kinds_to_come_are_passed_over(
    place: World, caplog: pytest.LogCaptureFixture
) -> None:
    await switched_on(place)
    said = {"type": "message", "channel": place.general.id, "ts": "1.5", "text": "AN #58"}
    await told(place, {**said, "subtype": "yet_to_come", "room": {"id": "R1"}, "user": "USLACKBOT"})
    await told(place, {**said, "subtype": "bot_message", "username": "cron", "user": None})
    await told(place, {"type": "app_home_opened", "user": place.bob.id, "channel": "D1"})
    await told(place, {"type": "tokens_revoked", "tokens": None})
    await place.command("/an 76")
    assert "AN #76" in words(await place.posted())
    assert len(replies(place)) == 1
    assert "refused" not in caplog.text


async def test_links_are_previewed_while_they_are_composed_in_no_channel(by_socket: World) -> None:
    async with by_socket.run():
        await switched_on(by_socket)
        await by_socket.command("/linking on everywhere")
        await by_socket.whispered(2)

        def elsewhere(sent: Json) -> Json:
            event = {
                name: value for name, value in sent["event"].items() if name not in {"channel", "message_ts"}
            }
            return {**sent, "event": {**event, "channel_id": "COMPOSER"}}

        changing(by_socket, elsewhere)
        unfurl_id = await by_socket.bob.compose(by_socket.general, PAPER)
        await by_socket.until(lambda: by_socket.slack.journal.of("chat.unfurl"))
        (shown,) = by_socket.slack.journal.of("chat.unfurl")
        assert shown.args["unfurl_id"] == unfurl_id


async def test_summaries_are_found_in_a_message_with_parts_of_any_form(place: World) -> None:
    message = await place.bob.send(place.general, MESA)
    parts: Json = {
        "blocks": [
            {"type": "new", "elements": {"type": "none"}, "text": [None]},
            {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": "none"}, None]},
            None,
        ],
        "attachments": {"text": 5},
        "user": None,
        "ts": 1.5,
    }
    changing(place, lambda sent: {**sent, "message": {**sent["message"], **parts}})
    await (await place.alice.shortcut(scopes.FIND_SUMMARIES, message)).acknowledged()
    assert RISKS in words(await place.whispered())


async def test_a_button_works_whatever_else_is_in_its_message(place: World) -> None:
    await place.command("/an 58")
    card = await place.posted()
    unusual: Json = {
        "message": {"ts": card.ts, "blocks": [{"type": "context", "elements": {"new": 1}}, None]},
        "container": {"message_ts": card.ts, "is_ephemeral": 0, "attachment_id": 1},
        "state": {"values": []},
        "enterprise": None,
        "channel": {"id": place.general.id},
    }
    changing(place, lambda sent: {**sent, **unusual})
    await (await place.alice.use(card, "AN #76 ▸")).acknowledged()
    await place.until(lambda: "AN #76" in words(card))


async def test_a_button_in_a_window_works_whatever_is_told_of_the_window(place: World) -> None:
    await place.alice.open_home(place.app)
    await place.until(lambda: place.alice.home(place.app))
    home = place.alice.home(place.app)
    assert home
    unusual: Json = {"state": {"values": []}, "private_metadata": None, "hash": None}
    changing(place, lambda sent: {**sent, "view": {**sent["view"], **unusual}, "response_url": None})
    await (await place.alice.use(home, "◂ AN #76")).acknowledged()
    await place.until(lambda: place.alice.modal)
    assert "AN #76" in words(place.alice.modal)


@pytest.mark.parametrize(
    "wrong",
    [{"channel_id": None}, {"user_id": "U" * 300}, {"response_url": "https://[1"}],
    ids=lambda wrong: next(iter(wrong)),
)
async def test_what_cannot_be_read_is_refused_in_a_line(
    by_socket: World, caplog: pytest.LogCaptureFixture, wrong: Json
) -> None:
    async with by_socket.run():
        changing(by_socket, lambda sent: {**sent, **wrong})
        await by_socket.command("/an 58")
        by_socket.slack.world.transit.clear()
        await by_socket.command("/an 76")
        assert "AN #76" in words(await by_socket.posted())
    assert caplog.text.count("refused a request: ") == 1
    assert f"$.{next(iter(wrong))}" in caplog.text


async def test_a_command_may_have_the_word_by_which_slack_names_what_is_pressed(place: World) -> None:
    await place.command("/an payload=58&payload")
    assert "payload" in words(await place.whispered())
