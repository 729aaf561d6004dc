"""What members see of each command: clear answers for all, everything else for the asker."""

from typing import Any, cast

import discord
from simcord import Env

from adapters.discord.client import Client
from bot.model.search import Filters
from tests.adapters.discord.world import World, shown
from tests.support.fakes import MemoryFinder


async def test_without_a_name_all_sections_are_listed_for_the_asker_and_can_be_opened(world: World) -> None:
    result = await world.alice.slash(world.channel, "topic")
    assert result.ephemeral
    assert "- Mesa optimization (3)" in shown(result).embeds[0].description
    opened = await world.alice.select(shown(result), ["Technical AI alignment Mesa optimization"])
    assert shown(opened).embeds[0].title == "Technical AI alignment › Mesa optimization"


async def test_a_key_taken_from_the_completion_opens_exactly_that_summary(world: World) -> None:
    result = await world.alice.slash(world.channel, "paper", words="58-a-long-read")
    assert shown(result).embeds[0].title == "A long read"


async def test_filters_are_real_options(world: World, finder: MemoryFinder) -> None:
    await world.alice.slash(
        world.channel,
        "paper",
        **{"words": "risks", "by": "hubinger", "in": "mesa", "an": 58, "year": 2019, "highlight": True},
    )
    expected = Filters(by="hubinger", section="mesa", issue=58, year=2019, highlight=True)
    assert finder.asked[-1] == ("risks", expected)


async def test_a_title_alone_says_so_and_a_bad_address_is_no_link(world: World) -> None:
    bare = await world.alice.slash(world.channel, "paper", words="Only a title")
    assert "lists this one by its title alone" in shown(bare).embeds[0].description
    long = await world.alice.slash(world.channel, "paper", words="A long read")
    assert shown(long).embeds[0].url is None


async def test_commands_work_in_direct_messages_and_for_a_user_who_brought_the_bot(env: Env) -> None:
    synced = written(env)
    commands = {command["name"]: command for command in synced}
    for name in ("an", "paper", "topic", "help", "Find summaries"):
        assert commands[name]["integration_types"] == [0, 1]
        assert sorted(commands[name]["contexts"]) == [0, 1, 2]
    assert commands["settings"]["integration_types"] == [0]
    assert commands["settings"]["contexts"] == [0]


async def test_no_command_breaks_discords_limits(env: Env) -> None:
    synced = written(env)
    for command in synced:
        texts = [command.get("description", ""), *(o["description"] for o in command.get("options", []))]
        assert all(len(text) <= 100 for text in texts)
        assert command["type"] == 3 or all(texts)
        assert len(command["name"]) <= 32


async def test_it_asks_for_no_privileged_intent(env: Env) -> None:
    intents = env.bot.intents
    assert not intents.message_content
    assert not intents.members
    assert not intents.presences


def written(env: Env) -> Any:
    """The commands as they were given to Discord."""
    return next(request.json for request in env.http_requests if request.method == "PUT")


async def test_help_covers_every_command_and_those_can_be_clicked(world: World) -> None:
    client = cast(Client, world.env.bot)
    ids = {each.name: each.id for each in await client.tree.fetch_commands()}
    text = shown(await world.alice.slash(world.channel, "help")).embeds[0].description
    for name in ("an", "paper", "topic", "help", "ignore-me", "forget-me", "settings"):
        assert f"</{name}:{ids[name]}>" in text
    for name in ("digest here", "digest list", "digest stop", "linking on", "linking off", "linking list"):
        assert f"</{name}:{ids[name.partition(' ')[0]]}>" in text
    assert "`/an 58`" in text
    assert "whom to mention" in text


async def test_help_says_more_about_each_command(world: World) -> None:
    for command in world.env.bot.tree.get_commands(type=discord.AppCommandType.chat_input):  # type: ignore[attr-defined] # ours
        card = shown(await world.alice.slash(world.channel, "help", command=command.name)).embeds[0]
        assert card.title == f"/{command.name}"
