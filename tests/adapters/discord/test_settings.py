"""Who manages a server settles who sees answers and how long cards are."""

import discord
import pytest
from simcord import Env, SetupError

from adapters.discord.client import Client
from bot.model.places import Length, Place, Preferences
from tests.adapters.discord.world import Bench, World, labels, shown
from tests.support.three_issues import RISKS


async def test_answers_stay_private_until_shared_where_the_server_wants_it(world: World) -> None:
    result = await world.admin.slash(world.channel, "settings", answers="private")
    assert result.ephemeral
    assert "**Answers** private until shared" in shown(result).embeds[0].description
    for command, options in (("paper", {"words": "risks from"}), ("an", {"issue": "58"})):
        result = await world.alice.slash(world.channel, command, **options)
        assert result.ephemeral
        assert "Share" in labels(shown(result))
        shared = await world.alice.click(shown(result), label="Share")
        assert not shared.followups[0].ephemeral


async def test_a_channel_can_go_another_way_than_its_server(world: World) -> None:
    other = world.guild.create_text_channel("other")
    await world.admin.slash(world.channel, "settings", answers="private")
    await world.admin.slash(other, "settings", **{"answers": "public", "for": "channel"})
    assert (await world.alice.slash(world.channel, "an", issue="58")).ephemeral
    assert not (await world.alice.slash(other, "an", issue="58")).ephemeral
    await world.admin.slash(other, "settings", **{"reset": True, "for": "channel"})
    assert (await world.alice.slash(other, "an", issue="58")).ephemeral


async def test_the_settings_of_a_channel_hold_in_its_threads(world: World) -> None:
    await world.admin.slash(world.channel, "settings", **{"answers": "private", "for": "channel"})
    channel = world.env.bot.get_channel(world.channel.id)
    assert isinstance(channel, discord.TextChannel)
    await channel.create_thread(name="aside", type=discord.ChannelType.public_thread)
    (thread,) = world.channel.threads
    assert (await world.alice.slash(thread, "an", issue="58")).ephemeral


async def test_shorter_cards_have_more_pages(world: World) -> None:
    await world.admin.slash(world.channel, "settings", length="short")
    result = await world.alice.slash(world.channel, "paper", words="A long read")
    assert "Page 1 of 6" in shown(result).embeds[0].footer.text


async def test_settings_outlive_a_restart(world: World, env: Env, bench: Bench) -> None:
    await world.admin.slash(world.channel, "settings", answers="private", length="long")
    await env.restart_bot(bench.client())
    assert (await world.alice.slash(world.channel, "an", issue="58")).ephemeral
    place = Place(platform="discord", server=str(world.guild.id))
    assert await bench.store.preferences.of(place) == Preferences(private=True, length=Length.LONG)


async def test_asking_for_settings_changes_nothing(world: World, bench: Bench) -> None:
    result = await world.admin.slash(world.channel, "settings")
    assert "**Answers** in the channel" in shown(result).embeds[0].description
    place = Place(platform="discord", server=str(world.guild.id))
    assert await bench.store.preferences.of(place) == Preferences()


async def test_members_do_not_even_see_the_command(world: World) -> None:
    with pytest.raises(SetupError):
        await world.alice.slash(world.channel, "settings", answers="private")


async def test_who_was_given_the_command_still_needs_to_manage_the_server(world: World, bench: Bench) -> None:
    assert isinstance(world.env.bot, Client)
    commands = await world.env.bot.tree.fetch_commands()
    (settings,) = [command for command in commands if command.name == "settings"]
    world.guild.set_command_permissions(settings, {world.alice: True})
    refused = await world.alice.slash(world.channel, "settings", answers="private")
    assert refused.ephemeral
    assert shown(refused).content == "Only members who can manage this server can do that."
    assert world.env.errors
    place = Place(platform="discord", server=str(world.guild.id))
    assert await bench.store.preferences.of(place) == Preferences()


async def test_a_setting_holds_for_buttons_as_well(world: World) -> None:
    result = await world.alice.slash(world.channel, "an", issue="58")
    await world.admin.slash(world.channel, "settings", length="short")
    opened = await world.alice.select(shown(result), ["58-a-long-read"])
    assert "Page 1 of 6" in shown(opened).embeds[0].footer.text
    assert RISKS not in str(shown(opened).components)
