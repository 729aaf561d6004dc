"""Digests: subscribed to by those who may, posted once, and ended."""

from datetime import UTC, datetime

import pytest

from bot.model.digests import DeliveryState, DigestKind
from bot.model.newsletter import Issue
from tests.adapters.contract.scene import ADA, Scene, appear, digests, turned
from tests.stand_ins.common.faults import Cut
from tests.support.fakes import summary

EACH = "/digest here each"


def issue(number: int) -> Issue:
    entries = tuple(summary(f"Entry {n} of {number}", number, n, text="It says so.") for n in (1, 2))
    today = datetime.now(UTC).date()
    return Issue(number=number, title=f"Title of {number}", published=today, summaries=entries)


async def posted(scene: Scene, count: int) -> None:
    """So many digests are there, and the bot knows it."""
    await scene.passing(lambda: len(digests(scene)) >= count)
    while {each.state for each in await scene.deliveries()} != {DeliveryState.SENT}:
        await scene.passes(1)


async def test_a_channel_is_subscribed_and_told_what_comes(scene: Scene) -> None:
    card = await scene.ask(EACH, by=ADA)
    for part in ("Subscribed", "New issues", "as each appears", "headlines"):
        assert part in card.text
    (subscription,) = await scene.subscriptions()
    assert (subscription.place.platform, subscription.by_name.lower()) == (scene.name, ADA)
    assert scene.seen_by(ADA) == [card]


async def test_a_second_of_a_kind_asks_whether_to_change_it(scene: Scene) -> None:
    await scene.ask(EACH, by=ADA)
    question = await scene.ask(f"{EACH} full", by=ADA)
    assert [each.options.full for each in await scene.subscriptions()] == [False]
    changed = await turned(scene, question, "Change it", by=ADA)
    assert "Changed" in changed.text
    assert not changed.buttons
    assert [each.options.full for each in await scene.subscriptions()] == [True]


async def test_it_stays_as_it_is_if_that_was_pressed(scene: Scene) -> None:
    await scene.ask(EACH, by=ADA)
    question = await scene.ask(f"{EACH} full", by=ADA)
    keep = next(label for label in question.buttons if label.startswith("Keep"))
    answer = await turned(scene, question, keep, by=ADA)
    assert not answer.buttons
    assert [each.options.full for each in await scene.subscriptions()] == [False]


@pytest.mark.parametrize("command", ["here each", "pause", "resume", "stop"])
async def test_a_member_changes_nothing(scene: Scene, command: str) -> None:
    await scene.ask(EACH, by=ADA)
    before = await scene.subscriptions()
    await scene.ask(f"/digest {command}")
    assert await scene.subscriptions() == before
    assert scene.seen_by_all() == []


async def test_of_two_kinds_it_has_to_be_said_which(scene: Scene) -> None:
    await scene.ask(EACH, by=ADA)
    await scene.ask("/digest here club monday 9 UTC", by=ADA)
    assert "Say which: news or club" in (await scene.ask("/digest stop", by=ADA)).text
    await scene.ask("/digest stop club", by=ADA)
    assert [each.options.kind for each in await scene.subscriptions()] == [DigestKind.NEWS]


async def test_pausing_resuming_and_stopping_say_what_is_then(scene: Scene) -> None:
    assert "There is no digest" in (await scene.ask("/digest stop", by=ADA)).text
    await scene.ask(EACH, by=ADA)
    assert "Paused" in (await scene.ask("/digest pause", by=ADA)).text
    assert [bool(each.paused) for each in await scene.subscriptions()] == [True]
    assert "Resumed" in (await scene.ask("/digest resume", by=ADA)).text
    assert [bool(each.paused) for each in await scene.subscriptions()] == [False]
    await scene.ask("/digest stop", by=ADA)
    assert await scene.subscriptions() == []


async def test_the_list_and_the_log_say_what_there_is(scene: Scene) -> None:
    assert "No digests" in (await scene.ask("/digest list", by=ADA)).text
    await scene.ask(EACH, by=ADA)
    assert "as each appears" in (await scene.ask("/digest list", by=ADA)).text
    assert "Nothing was posted here yet" in (await scene.ask("/digest log", by=ADA)).text
    appear(scene, issue(100))
    await posted(scene, 1)
    log = (await scene.ask("/digest log", by=ADA)).text
    assert "AN #100 — Title of 100" in log
    assert " · posted" in log


async def test_a_new_issue_is_posted_once_and_nothing_old(scene: Scene) -> None:
    await scene.ask(EACH, by=ADA)
    appear(scene, issue(100))
    await posted(scene, 1)
    appear(scene, issue(101))
    await posted(scene, 2)
    first, second = digests(scene)
    assert "Title of 100" in first.text
    assert "Entry 1 of 100" in first.text
    assert "Title of 101" in second.text


async def test_what_appears_during_a_pause_is_left_out(scene: Scene) -> None:
    await scene.ask(EACH, by=ADA)
    await scene.ask("/digest pause", by=ADA)
    appear(scene, issue(100))
    await scene.passes(10)
    await scene.ask("/digest resume", by=ADA)
    appear(scene, issue(101))
    await posted(scene, 1)
    assert ["Title of 101" in card.text for card in digests(scene)] == [True]


@pytest.mark.slow
async def test_subscriptions_outlive_a_restart_and_nothing_is_doubled(idle: Scene) -> None:
    async with idle.running():
        await idle.ask(EACH, by=ADA)
    appear(idle, issue(100))
    async with idle.running():
        await posted(idle, 1)
    appear(idle, issue(101))
    async with idle.running():
        await posted(idle, 2)
    assert [f"Title of {n}" in card.text for n, card in zip((100, 101), digests(idle), strict=True)] == [
        True,
        True,
    ]


@pytest.mark.slow
@pytest.mark.parametrize("taken", [False, True])
async def test_a_part_whose_answer_is_lost_is_looked_for_and_posted_once(
    scene: Scene, *, taken: bool
) -> None:
    await scene.ask(EACH, by=ADA)
    struck = scene.fail_post(Cut(taken=taken))
    appear(scene, issue(100))
    await scene.passing(struck.is_set)
    await posted(scene, 1)
    appear(scene, issue(101))
    await posted(scene, 2)
    assert [f"Title of {n}" in card.text for n, card in zip((100, 101), digests(scene), strict=True)] == [
        True,
        True,
    ]


async def test_a_closed_channel_pauses_says_why_in_plain_text_and_is_made_up_for(scene: Scene) -> None:
    await scene.ask(EACH, by=ADA)
    scene.close_channel()
    appear(scene, issue(100))
    while not (paused := (await scene.subscriptions())[0].paused):
        await scene.passes(1)
    assert "/digest resume" in paused
    assert not set("*`<>") & set(paused)
    assert digests(scene) == []
    scene.open_channel()
    await scene.ask("/digest resume", by=ADA)
    await posted(scene, 1)
    assert "Title of 100" in digests(scene)[0].text
