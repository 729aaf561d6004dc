"""Buttons do for each person what is theirs to do, before and after a restart."""

from simcord import Env

from adapters.discord.custom_ids import CUSTOM_ID, ButtonAction, decode, encode
from bot.cards.routes import Route, Verb, View
from bot.model.keys import make_key
from bot.model.search import Filters
from tests.adapters.discord.world import World, labels, shown
from tests.support.fakes import MemoryFinder


async def test_members_who_manage_messages_turn_and_remove_as_well(world: World) -> None:
    result = await world.alice.slash(world.channel, "paper", words="A long read")
    turned = await world.moderator.click(shown(result), label="Next")
    assert shown(turned).id == shown(result).id
    await world.moderator.click(shown(turned), label="Remove")
    assert result.response is None


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
