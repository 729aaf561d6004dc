"""If it is switched on, what people mention is answered once, quietly, and the answer follows its message."""

import pytest

from tests.adapters.contract.scene import ADA, ALICE, BOB, Card, Scene, turned

MESA = "what of [[risks from learned]]?"
RISKS = "Risks from Learned Optimization"


@pytest.fixture
async def on(scene: Scene) -> Scene:
    """Linking is on in the channel."""
    assert "Linking is on" in (await scene.ask("/linking on", by=ADA)).text
    return scene


def replies(scene: Scene) -> list[Card]:
    """What the bot answered to messages, and what still is there of it."""
    return [card for card in scene.seen_by_all() if card.replies_to]


async def one_reply(scene: Scene) -> Card:
    await scene.until(lambda: replies(scene), "a reply")
    (reply,) = replies(scene)
    return reply


async def test_nothing_is_answered_until_it_is_switched_on(scene: Scene) -> None:
    assert "Linking is off" in (await scene.ask("/linking status")).text
    await scene.say(f"{MESA} AN #58")
    await scene.ask("/linking on", by=ADA)
    assert replies(scene) == []
    assert "Linking is on" in (await scene.ask("/linking status")).text
    await scene.say(MESA)
    await one_reply(scene)
    await scene.ask("/linking off", by=ADA)
    await scene.say("AN #76")
    await scene.settled()
    assert len(replies(scene)) == 1


@pytest.mark.parametrize("line", ["/linking on", "/linking off"])
async def test_a_member_switches_nothing(scene: Scene, line: str) -> None:
    before = await scene.ask("/linking status")
    refusal = await scene.ask(line)
    assert "Only" in refusal.text or "may" in refusal.text
    assert (await scene.ask("/linking status")).text == before.text
    assert scene.seen_by_all() == []


@pytest.mark.parametrize("text", [MESA, "[[!Risks from learned optimization]]", "arXiv:1906.01820"])
async def test_the_reply_is_small_and_pings_nobody(on: Scene, text: str) -> None:
    message = await on.say(text)
    reply = await one_reply(on)
    assert reply.replies_to == message
    assert RISKS in reply.text
    assert not reply.pings
    assert list(reply.buttons) == [f"Read {RISKS}", "Remove"]
    opened = await turned(on, reply, f"Read {RISKS}", by=ALICE)
    assert "Optimizers may" in opened.text
    assert opened in on.seen_by(ALICE)


@pytest.mark.parametrize(
    "text", ["`AN #58`", "> AN #58", "see #58 for $5", "[[pizza]]", "[[!Risks]]", "AN #1000", "good morning"]
)
async def test_code_quotes_weak_matches_and_chatter_stay_silent(on: Scene, text: str) -> None:
    await on.say(text)
    await on.settled()
    assert replies(on) == []


async def test_at_most_three_are_shown_and_the_rest_counted(on: Scene) -> None:
    await on.say("AN #58 AN #76 AN #99 [[risks from learned]] [[A long read]]")
    reply = await one_reply(on)
    assert "and 2 more" in reply.text
    assert list(reply.buttons) == ["AN #58", "AN #76", "AN #99", "Remove"]


async def test_the_same_is_not_shown_again_for_half_an_hour(on: Scene) -> None:
    await on.say(MESA)
    await one_reply(on)
    await on.say(MESA, by=ALICE)
    await on.settled()
    assert len(replies(on)) == 1
    if on.can_leap:
        on.leap(30 * 60)
        await on.say(MESA, by=ALICE)
        await on.until(lambda: len(replies(on)) == 2)


async def test_the_reply_goes_the_way_its_message_goes(on: Scene) -> None:
    message = await on.say(MESA)
    await one_reply(on)
    await on.edit(message, "I mean AN #76")
    await on.until(lambda: "AN #76" in replies(on)[0].text)
    assert RISKS not in replies(on)[0].text
    await on.edit(message, "never mind")
    await on.until(lambda: not replies(on))
    await on.edit(message, MESA)
    await one_reply(on)
    await on.delete(message)
    await on.until(lambda: not replies(on))


async def test_a_slip_that_is_corrected_is_answered(on: Scene) -> None:
    message = await on.say("[[rsks frm lrnd]]")
    await on.settled()
    assert replies(on) == []
    await on.edit(message, MESA)
    await one_reply(on)


async def test_its_poster_and_managers_remove_the_reply_for_good(on: Scene) -> None:
    message = await on.say(MESA)
    reply = await one_reply(on)
    assert "can remove this" in (await turned(on, reply, "Remove", by=ALICE)).text
    await on.press(reply, "Remove", by=BOB)
    await on.until(lambda: not replies(on))
    await on.edit(message, "AN #76")
    await on.settled()
    assert replies(on) == []
    await on.say("AN #99")
    await on.press(await one_reply(on), "Remove", by=ADA)
    await on.until(lambda: not replies(on))


async def test_bots_are_not_answered(on: Scene) -> None:
    await on.say_as_a_bot(MESA)
    await on.settled()
    assert replies(on) == []


async def test_after_a_restart_replies_still_follow_and_nothing_is_repeated(idle: Scene) -> None:
    async with idle.running():
        await idle.ask("/linking on", by=ADA)
        changed, gone = await idle.say(MESA), await idle.say("AN #76")
        await idle.until(lambda: len(replies(idle)) == 2)
    async with idle.running():
        again = await idle.say(f"{MESA} AN #76 AN #58", by=ALICE)
        await idle.until(lambda: len(replies(idle)) == 3)
        assert list(replies(idle)[-1].buttons) == ["Read AN #58", "Remove"]
        await idle.edit(changed, "I mean AN #99")
        await idle.delete(gone)
        await idle.until(lambda: [reply for reply in replies(idle) if "AN #99" in reply.text])
        await idle.until(lambda: {reply.replies_to for reply in replies(idle)} == {changed, again})


async def test_whoever_wants_to_be_ignored_is_until_they_take_it_back(on: Scene) -> None:
    await on.ask("/linking ignore-me", by=BOB)
    await on.say(MESA)
    await on.say("AN #76", by=ALICE)
    assert "AN #76" in (await one_reply(on)).text
    await on.settled()
    assert len(replies(on)) == 1
    await on.ask("/linking answer-me", by=BOB)
    await on.say(MESA)
    await on.until(lambda: len(replies(on)) == 2)
