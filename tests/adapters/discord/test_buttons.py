"""Buttons do for each person what is theirs to do, before and after a restart."""

from simcord import Env

from adapters.discord.custom_ids import CUSTOM_ID, ButtonAction, decode, encode
from bot.cards.routes import Route, Verb, View
from bot.model.keys import make_key
from bot.model.search import Filters
from tests.adapters.discord.world import Bench, World, button, labels, shown
from tests.support.fakes import MemoryFinder, MemoryLibrary
from tests.support.three_issues import RISKS


async def test_pages_are_turned_in_place_to_the_end_of_the_text(world: World) -> None:
    result = await world.alice.slash(world.channel, "paper", words="A long read")
    first = shown(result).embeds[0]
    assert "Page 1 of 3" in first.footer.text
    assert button(shown(result), "Previous")["disabled"]
    texts = [first.description]
    for _ in range(2):
        turned = await world.alice.click(shown(result), label="Next")
        assert shown(turned).id == shown(result).id
        texts.append(shown(turned).embeds[0].description)
    assert button(shown(turned), "Next")["disabled"]
    assert all(f"Paragraph {n} " in "".join(texts) for n in range(1, 12))


async def test_somebody_else_gets_a_copy_of_their_own_and_turns_that(world: World) -> None:
    result = await world.alice.slash(world.channel, "paper", words="A long read")
    copy = await world.bob.click(shown(result), label="Next")
    assert shown(copy).id != shown(result).id
    assert shown(copy).ephemeral
    assert "Page 2 of 3" in shown(copy).embeds[0].footer.text
    assert "Page 1 of 3" in shown(result).embeds[0].footer.text
    turned = await world.bob.click(shown(copy), label="Next")
    assert shown(turned).id == shown(copy).id
    assert "Page 3 of 3" in shown(turned).embeds[0].footer.text


async def test_who_may_manage_messages_turns_and_removes_as_well(world: World) -> None:
    result = await world.alice.slash(world.channel, "paper", words="A long read")
    turned = await world.moderator.click(shown(result), label="Next")
    assert shown(turned).id == shown(result).id
    await world.moderator.click(shown(turned), label="Remove")
    assert result.response is None


async def test_who_asked_removes_and_others_are_told_that_they_cannot(world: World) -> None:
    result = await world.alice.slash(world.channel, "paper", words="risks from")
    refused = await world.bob.click(shown(result), label="Remove")
    assert shown(refused).ephemeral
    assert "Only the asker" in shown(refused).content
    await world.alice.click(shown(result), label="Remove")
    assert result.response is None


async def test_the_opinion_and_what_cites_it_are_views_of_the_same_card(world: World) -> None:
    result = await world.alice.slash(world.channel, "paper", words="risks from")
    opinion = await world.alice.click(shown(result), label="Opinion")
    assert "**Rohin’s opinion**\n\nA useful *frame*." in shown(opinion).embeds[0].description
    cited = await world.alice.click(shown(opinion), label="Cited by 1")
    assert "A mesa follow-up" in shown(cited).embeds[0].description
    opened = await world.alice.select(shown(cited), ["76-a-mesa-follow-up"])
    assert shown(opened).embeds[0].title == "A mesa follow-up"
    back = await world.alice.click(shown(opened), label="Cites 1")
    assert "Risks from Learned Optimization" in shown(back).embeds[0].description


async def test_other_matches_are_found_again_from_the_card_however_often_it_was_turned(
    world: World, finder: MemoryFinder
) -> None:
    result = await world.alice.slash(world.channel, "paper", words="ea", by="somebody")
    assert not result.ephemeral
    for _ in range(2):
        opinion = await world.alice.click(shown(result), label="Opinion")
        result = await world.alice.click(shown(opinion), label="Summary")
    others = await world.alice.click(shown(result), label="Other matches")
    assert shown(others).ephemeral
    assert "A long read" in shown(others).embeds[0].description
    assert finder.asked[-1] == ("ea", Filters(by="somebody"))
    opened = await world.alice.select(shown(others), ["58-a-long-read"])
    assert "Other matches" in labels(shown(opened))


async def test_share_shows_it_to_all_once(world: World) -> None:
    choices = await world.alice.slash(world.channel, "paper", words="a")
    mine = await world.alice.select(shown(choices), [RISKS])
    shared = await world.alice.click(shown(mine), label="Share")
    (public,) = shared.followups
    assert not public.ephemeral
    assert public.embeds[0].title == "★ Risks from Learned Optimization"
    assert "Remove" in labels(public)
    assert "Share" not in labels(shown(mine))


async def test_a_button_pressed_after_a_restart_shows_the_same_summary(
    world: World, env: Env, bench: Bench
) -> None:
    result = await world.alice.slash(world.channel, "paper", words="A long read")
    await env.restart_bot(bench.client())
    turned = await world.alice.click(shown(result), label="Next")
    assert shown(turned).embeds[0].title == "A long read"
    assert "Page 2 of 3" in shown(turned).embeds[0].footer.text


async def test_a_button_of_a_summary_that_is_gone_says_so_and_leaves_the_card(
    world: World, library: MemoryLibrary
) -> None:
    result = await world.alice.slash(world.channel, "paper", words="A long read")
    library.issues = library.issues[1:]
    pressed = await world.alice.click(shown(result), label="Next")
    assert shown(pressed).ephemeral
    assert "is gone" in shown(pressed).embeds[0].description
    assert shown(result).embeds[0].title == "A long read"


async def test_a_message_deleted_under_the_bot_is_answered_with_a_copy(world: World, env: Env) -> None:
    result = await world.alice.slash(world.channel, "paper", words="A long read")
    env.inject_error("POST", "/interactions/*/*/callback", status=404, code=10008, message="Unknown Message")
    pressed = await world.alice.click(shown(result), label="Next")
    assert shown(pressed).ephemeral
    assert "Page 2 of 3" in shown(pressed).embeds[0].footer.text


async def test_everything_a_button_needs_fits_its_custom_id() -> None:
    longest = make_key(123456, "", "a" * 300, nth=12345)
    key = longest + "x" * (80 - len(longest))
    press = ButtonAction(
        verb=Verb.GO, route=Route(view=View.CITED_BY, target=key, page=1295), owner=2**64 - 1
    )
    custom_id = encode(press)
    assert len(custom_id) <= 100
    match = CUSTOM_ID.fullmatch(custom_id)
    assert match
    assert decode(match) == press
