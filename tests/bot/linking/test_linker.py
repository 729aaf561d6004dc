"""What is mentioned in a message is shown once, where linking is on, to who wants it."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from bot.linking.linker import Linker, is_on
from bot.model.places import Place, Preferences
from tests.bot.linking.discussion import RISKS, START, Talk, chat_message


async def test_what_is_mentioned_is_shown_three_at_most_and_the_rest_counted(talk: Talk) -> None:
    await talk.write(f"{RISKS} AN #1 AN #2 AN #3 AN #4 AN #5")
    assert talk.board.shown == [["Risks from Learned Optimization", "AN #1", "AN #2", "+2"]]
    await talk.write("AN #3", "other")
    assert talk.board.shown[1:] == [["AN #3"]]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("AN #1 AN #2 AN #3", ["AN #2", "AN #3"]),
        ("AN #1 AN #2 AN #3 AN #4", ["AN #2", "AN #3", "AN #4"]),
        (f"AN #1 AN #2 AN #3 AN #4 {RISKS}", ["AN #2", "AN #3", "AN #4", "+1"]),
    ],
)
async def test_what_was_shown_lately_is_left_out_and_not_counted(
    talk: Talk, text: str, shown: list[str]
) -> None:
    await talk.write("AN #1", "a")
    await talk.write(text, "b")
    assert talk.board.shown == [["AN #1"], shown]


@pytest.mark.parametrize("restarted", [False, True])
async def test_nothing_is_shown_twice_within_half_an_hour(talk: Talk, restarted: bool) -> None:  # noqa: FBT001 - a parameter
    await talk.write("AN #1", "a")
    if restarted:
        talk.restart()
    talk.now = START + timedelta(minutes=29)
    await talk.write("AN #1 AN #2", "b")
    assert talk.board.shown == [["AN #1"], ["AN #2"]]
    talk.now = START + timedelta(minutes=30)
    await talk.write("AN #1", "c")
    assert talk.board.shown == [["AN #1"], ["AN #2"], ["AN #1"]]


async def test_of_two_messages_at_once_one_is_answered(talk: Talk) -> None:
    await asyncio.gather(talk.write("AN #1", "a"), talk.write("AN #1", "b"))
    assert talk.board.shown == [["AN #1"]]


async def test_a_reply_that_could_not_be_posted_may_be_tried_again(talk: Talk) -> None:
    talk.board.error = OSError("no way")
    with pytest.raises(OSError, match="no way"):
        await talk.write("AN #1")
    talk.board.error = None
    await talk.write("AN #1", "other")
    assert talk.board.shown == [["AN #1"]]


async def test_off_is_silent_and_a_direct_message_is_meant_for_the_bot(talk: Talk) -> None:
    other = Place(platform="slack", server="T", channel="D")
    await talk.write("AN #1", place=other)
    assert talk.board.shown == []
    await talk.write("AN #1", place=other, direct=True)
    assert talk.board.shown == [["AN #1"]]


async def test_who_wants_no_answer_gets_none(talk: Talk) -> None:
    await talk.store.linked_replies.set_opted_out("slack", "U", opted_out=True)
    await talk.write("AN #1")
    await talk.write("AN #1", "d", direct=True)
    assert talk.board.shown == []
    await talk.write("AN #1", "other", author="V")
    assert talk.board.shown == [["AN #1"]]


@pytest.mark.parametrize(
    ("server", "channel", "thread", "on"),
    [
        (None, True, None, True),
        (None, True, False, False),
        (None, None, True, True),
        (None, False, None, False),
        (True, None, None, True),
        (True, False, None, False),
        (True, False, True, True),
        (False, True, False, False),
    ],
)
async def test_a_thread_goes_before_its_channel_and_that_before_its_server(
    talk: Talk,
    server: bool | None,  # noqa: FBT001 - parameters
    channel: bool | None,  # noqa: FBT001 - as above
    thread: bool | None,  # noqa: FBT001 - as above
    on: bool,  # noqa: FBT001 - as above
) -> None:
    places = [Place(platform="x", server="S", channel=name) for name in ("", "C", "T")]
    for place, wanted in zip(places, (server, channel, thread), strict=True):
        await talk.store.preferences.put(place, Preferences(linking=wanted))
    assert await is_on(talk.store.preferences, places[2], within=places[1]) is on


class Untouched:
    """Stands for a database that must not be asked."""

    def __getattr__(self, name: str) -> Any:
        raise AssertionError(name)


async def test_chatter_touches_no_database(talk: Talk) -> None:
    untouched: Any = Untouched()
    linker = Linker(untouched, untouched, untouched, untouched)
    for text in ("good morning", "#58 is fixed, see v1.2.3", "an 58 minute call", ""):
        await linker.written(chat_message(text), talk.board)
    assert talk.board.shown == []
