"""Buttons do for each person what is theirs to do, before and after a restart."""

from tests.adapters.contract.scene import ALICE, BOB, Scene, picked, turned
from tests.support.fakes import summary


async def test_pages_are_turned_in_place_to_the_end_of_the_text(scene: Scene) -> None:
    card = await scene.ask("/paper A long read")
    texts = [card.text]
    while "Next" in card.buttons:
        before, card = card, await turned(scene, card, "Next")
        assert card.id == before.id
        texts.append(card.text)
    assert len(texts) > 1
    assert all(f"Paragraph {n} " in "".join(texts) for n in range(1, 12))


async def test_all_that_filters_allow_is_counted_and_turned_through(scene: Scene) -> None:
    scene.finder.summaries = [summary(f"The {n}th of many", position=n) for n in range(1, 24)]
    card = await scene.ask("/paper year:2019")
    assert "23 summaries fit:" in card.text
    shown = list(card.entries or ())
    while "Next" in card.buttons:
        card = await turned(scene, card, "Next")
        shown += card.entries or ()
    assert "Page 3 of 3" in card.text
    assert (len(shown), len(set(shown))) == (23, 23)
    assert scene.seen_by_all() == []


async def test_somebody_else_gets_a_copy_of_their_own_and_turns_that(scene: Scene) -> None:
    card = await scene.ask("/paper A long read")
    copy = await turned(scene, card, "Next", by=BOB)
    assert "Page 2 of 3" in copy.text
    assert scene.seen_by(BOB) == [copy]
    assert scene.seen_by_all() == [card]
    again = await turned(scene, copy, "Next", by=BOB)
    assert again.id == copy.id
    assert "Page 3 of 3" in again.text


async def test_an_answer_is_removed_by_its_asker_and_by_no_other_member(scene: Scene) -> None:
    card = await scene.ask("/an 58")
    refusal = await turned(scene, card, "Remove", by=BOB)
    assert scene.seen_by(BOB) == [refusal]
    assert scene.seen_by_all() == [card]
    await scene.press(card, "Remove")
    await scene.until(lambda: not scene.seen_by_all())


async def test_share_pressed_twice_at_once_posts_once(scene: Scene) -> None:
    card = await scene.ask("/paper A long read")
    copy = await turned(scene, card, "Next", by=BOB)
    await scene.press(copy, "Share", by=BOB, times=2)
    await scene.until(lambda: all("Share" not in each.buttons for each in scene.seen_by(BOB)))
    await scene.until(lambda: len(scene.seen_by_all()) > 1)
    await scene.settled()
    assert [card.id for card in scene.seen_by_all()][:1] == [card.id]
    assert len(scene.seen_by_all()) == 2
    assert "Page 2 of 3" in scene.seen_by_all()[1].text


async def test_the_opinion_and_what_cites_it_are_views_of_the_same_card(scene: Scene) -> None:
    card = await scene.ask("/paper risks from learned optimization")
    opinion = await turned(scene, card, "Opinion")
    assert opinion.id == card.id
    assert "Rohin’s opinion" in opinion.text
    cited = await turned(scene, opinion, "Cited by 1")
    opened = await picked(scene, cited, "A mesa follow-up")
    assert "More of it." in opened.text
    assert "Risks from Learned Optimization" in (await turned(scene, opened, "Cites 1")).text
    assert [each.id for each in scene.seen_by_all()] == [card.id]
    assert scene.seen_by(ALICE) == []


async def test_a_button_pressed_after_a_restart_shows_the_same_summary(idle: Scene) -> None:
    async with idle.running():
        card = await idle.ask("/paper A long read")
    async with idle.running():
        after = await turned(idle, card, "Next")
    assert after.id == card.id
    assert "A long read" in after.text
    assert "Page 2 of 3" in after.text


async def test_a_button_of_a_summary_that_is_gone_says_so_and_leaves_the_card(scene: Scene) -> None:
    card = await scene.ask("/paper A long read")
    scene.library.issues = scene.library.issues[1:]
    answer = await turned(scene, card, "Next")
    assert "is gone" in answer.text
    assert scene.seen_by(ALICE) == [answer]
    assert scene.seen_by_all() == [card]


async def test_two_people_who_press_at_once_do_not_disturb_each_other(scene: Scene) -> None:
    card = await scene.ask("/paper A long read")
    await scene.press(card, "Next", by=BOB)
    await scene.press(card, "Next")
    await scene.until(lambda: "Page 2 of 3" in scene.seen_by_all()[0].text)
    await scene.until(lambda: [each for each in scene.seen_by(BOB) if "Page 2 of 3" in each.text])
    assert [each.id for each in scene.seen_by_all()] == [card.id]
