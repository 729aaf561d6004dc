"""A reply goes the way its message goes."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.linking import linker
from tests.bot.linking.discussion import HERE, RISKS, START, Talk


async def test_an_edit_shows_the_first_three_then_and_counts_the_rest_anew(talk: Talk) -> None:
    await talk.write("AN #1 AN #2 AN #3")
    await talk.edit("AN #4 AN #1 AN #2 AN #3")
    assert talk.board.shown == [["AN #4", "AN #1", "AN #2", "+1"]]
    await talk.write("AN #3 AN #4", "other")
    assert talk.board.posts["r2"] == ["AN #3"]
    await talk.edit("AN #4 AN #1 AN #2")
    assert talk.board.posts["r1"] == ["AN #4", "AN #1", "AN #2"]


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


async def test_what_became_of_the_replies_is_told_where_linking_is_on(talk: Talk) -> None:
    await talk.write("AN #1", "a")
    await talk.edit("AN #2", "a")
    await talk.edit("nothing", "a")
    await talk.write("AN #999", "b")
    await talk.write("hello", "c")
    await talk.write("AN #2", "d", place=replace(HERE, channel="D"))
    await talk.write("AN #2", "e")
    await talk.delete("e")
    outcomes = ["posted", "edited", "deleted", "none", "posted", "deleted"]
    assert talk.heard == [("slack", outcome) for outcome in outcomes]
