"""A message that mentions something has one reply, which goes the way its message goes."""

import asyncio
import random
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.linking import linker
from bot.linking.linker import ChatMessage, Linker, is_on
from bot.lookup.lookup import Lookup
from bot.model.newsletter import Issue, Summary
from bot.model.places import Place, Preferences
from store import Store, open_store
from tests.support.fakes import MemoryFinder, MemoryLibrary, summary

START = datetime(2026, 1, 12, tzinfo=UTC)
HERE = Place(platform="slack", server="T", channel="C")
RISKS = "what of [[risks from learned]]?"


@dataclass
class Board:
    """A `Poster` that keeps what it was told."""

    posts: dict[str, list[str]] = field(default_factory=dict)
    counted: int = 0
    error: Exception | None = None

    async def post(self, mentioned: Sequence[Issue | Summary], more: int) -> str:
        await asyncio.sleep(0)
        if self.error:
            raise self.error
        self.counted += 1
        self.posts[f"r{self.counted}"] = titles(mentioned, more)
        return f"r{self.counted}"

    async def edit(self, reply: str, mentioned: Sequence[Issue | Summary], more: int) -> str:
        if reply not in self.posts:
            return ""
        self.posts[reply] = titles(mentioned, more)
        return reply

    async def delete(self, reply: str) -> None:
        self.posts.pop(reply, None)

    @property
    def shown(self) -> list[list[str]]:
        return list(self.posts.values())


def titles(mentioned: Sequence[Issue | Summary], more: int) -> list[str]:
    named = [thing.title if isinstance(thing, Summary) else f"AN #{thing.number}" for thing in mentioned]
    return [*named, f"+{more}"] if more else named


def chat_message(text: str, message: str = "m", **facts: Any) -> ChatMessage:
    return ChatMessage(**{"place": HERE, "id": message, "author": "U", "text": text, **facts})


@dataclass
class Talk:
    """A channel where linking is on, and a discussion that can begin anew, as after a restart."""

    store: Store
    board: Board = field(default_factory=Board)
    now: datetime = START

    def __post_init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        issues = [Issue(number=n, summaries=()) for n in (1, 2, 3, 4)]
        issues.append(Issue(number=58, summaries=(summary("Risks from Learned Optimization"),)))
        library = MemoryLibrary(issues=issues)
        lookup = Lookup(library, MemoryFinder(library.summaries), random.Random(1))  # noqa: S311 - no secret
        self.discussion = Linker(lookup, self.store.preferences, self.store.linked_replies, lambda: self.now)

    async def write(self, text: str, message: str = "m", **facts: Any) -> None:
        await self.discussion.written(chat_message(text, message, **facts), self.board)

    async def edit(self, text: str, message: str = "m") -> None:
        await self.discussion.edited(chat_message(text, message), self.board)

    async def delete(self, message: str = "m") -> None:
        await self.discussion.deleted(HERE, message, self.board)


@pytest.fixture
async def talk() -> AsyncIterator[Talk]:
    async with open_store(":memory:", clock=lambda: START) as store:
        await store.preferences.put(HERE, Preferences(linking=True))
        yield Talk(store)


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


async def test_an_edit_shows_the_first_three_then_and_counts_the_rest_anew(talk: Talk) -> None:
    await talk.write("AN #1 AN #2 AN #3")
    await talk.edit("AN #4 AN #1 AN #2 AN #3")
    assert talk.board.shown == [["AN #4", "AN #1", "AN #2", "+1"]]
    await talk.write("AN #3 AN #4", "other")
    assert talk.board.posts["r2"] == ["AN #3"]
    await talk.edit("AN #4 AN #1 AN #2")
    assert talk.board.posts["r1"] == ["AN #4", "AN #1", "AN #2"]


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


@pytest.mark.parametrize("restarted", [False, True])
async def test_a_reply_follows_its_message(talk: Talk, restarted: bool) -> None:  # noqa: FBT001 - a parameter
    await talk.write("AN #1")
    if restarted:
        talk.restart()
    await talk.edit("AN #1 and AN #2")
    assert talk.board.posts == {"r1": ["AN #1", "AN #2"]}
    await talk.edit("AN #2")
    assert talk.board.posts == {"r1": ["AN #2"]}
    await talk.write("AN #1", "other")
    assert talk.board.posts == {"r1": ["AN #2"], "r2": ["AN #1"]}
    await talk.delete()
    assert talk.board.posts == {"r2": ["AN #1"]}


async def test_an_old_reply_that_goes_does_not_break_the_silence_of_a_newer(talk: Talk) -> None:
    await talk.write("AN #1", "a")
    talk.now = START + timedelta(minutes=31)
    await talk.write("AN #1", "b")
    await talk.delete("a")
    await talk.write("AN #1", "c")
    assert talk.board.posts == {"r2": ["AN #1"]}


async def test_a_message_that_mentions_nothing_any_more_loses_its_reply_and_may_get_another(
    talk: Talk,
) -> None:
    await talk.write("AN #1")
    await talk.edit("never mind")
    assert talk.board.shown == []
    await talk.edit("AN #1 it is")
    assert talk.board.shown == [["AN #1"]]


async def test_a_corrected_slip_is_answered_and_what_was_never_looked_at_is_not(talk: Talk) -> None:
    await talk.write("AN #9")
    await talk.edit("AN #1")
    await talk.edit("AN #2", "old")
    assert talk.board.shown == [["AN #1"]]


async def test_only_the_latest_slips_can_be_corrected(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linker, "_UNANSWERED", 1)
    await talk.write("AN #9", "a")
    await talk.write("AN #9", "b")
    await talk.edit("AN #1", "a")
    await talk.edit("AN #2", "b")
    assert talk.board.shown == [["AN #2"]]


async def test_what_happens_to_a_message_while_it_is_answered_waits_its_turn(talk: Talk) -> None:
    await asyncio.gather(talk.write("AN #1"), talk.edit("AN #1 AN #2"))
    assert talk.board.posts == {"r1": ["AN #1", "AN #2"]}
    await asyncio.gather(talk.write("AN #3", "other"), talk.delete("other"))
    assert talk.board.posts == {"r1": ["AN #1", "AN #2"]}


async def test_an_event_that_changes_no_word_changes_nothing(talk: Talk) -> None:
    await talk.write("AN #1", "a")
    await talk.write("AN #1", "b")
    talk.now = START + timedelta(hours=1)
    await talk.edit("AN #1", "b")
    assert talk.board.shown == [["AN #1"]]


@pytest.mark.parametrize("restarted", [False, True])
async def test_what_was_removed_stays_removed(talk: Talk, restarted: bool) -> None:  # noqa: FBT001 - a parameter
    await talk.write("AN #1")
    talk.board.posts.clear()
    for text in ("AN #2", "AN #3"):
        if restarted:
            talk.restart()
        await talk.edit(text)
        assert talk.board.shown == []
    await talk.write("AN #2 AN #3", "other")
    assert talk.board.shown == [["AN #2", "AN #3"]]


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


async def test_of_two_processes_that_hear_a_message_one_answers_and_either_follows_its_edits(
    talk: Talk,
) -> None:
    other = Talk(talk.store, board=talk.board)
    await asyncio.gather(talk.write(RISKS), other.write(RISKS))
    assert talk.board.shown == [["Risks from Learned Optimization"]]
    for either in (other, talk):  # an edit is told to one, and again to another if that one is silent
        await either.edit("AN #1")
        assert talk.board.shown == [["AN #1"]]
    for either in (other, talk):
        await either.delete()
        assert talk.board.shown == []
