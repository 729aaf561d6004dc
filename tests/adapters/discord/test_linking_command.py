"""Managers of a channel switch linking; it says what it reads, and leaves people alone who opt out."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import discord
import pytest
from simcord import Env, InteractionResult, SetupError

from tests.adapters.discord.openapi import check_requests
from tests.adapters.discord.world import Bench, World, shown

MESA = "what of [[risks from learned]]?"


@pytest.fixture
async def env(bench: Bench) -> AsyncIterator[Env]:
    env = Env(bench.client(message_content=True))
    await env.start()
    try:
        yield env
        check_requests(env)
    finally:
        await env.shutdown()


def private_text(result: InteractionResult) -> str:
    """The text that the asker alone sees."""
    assert result.ephemeral
    card = shown(result).embeds[0]
    return f"{card.title}. {card.description}"


def replies(world: World) -> list[Any]:
    return [message for message in world.channel.history() if message.reference]


async def test_it_is_off_until_it_is_switched_on_and_status_says_so(world: World) -> None:
    assert private_text(await world.admin.slash(world.channel, "linking status")).startswith("Linking is off")
    switched = private_text(await world.admin.slash(world.channel, "linking on"))
    assert "I read every message here for `[[words]]`" in switched
    assert "never code, quotes, `<https://…>`" in switched
    assert private_text(await world.admin.slash(world.channel, "linking status")) == switched
    assert private_text(await world.admin.slash(world.channel, "linking off")).startswith("Linking is off")
    assert private_text(await world.admin.slash(world.channel, "linking status")).startswith("Linking is off")


async def test_it_is_hidden_from_members_who_manage_no_channels_and_refused_all_the_same(
    world: World,
) -> None:
    with pytest.raises(SetupError, match="permission"):
        await world.alice.slash(world.channel, "linking on")
    await world.show_to("linking", world.alice)
    assert "manage this channel" in private_text(await world.alice.slash(world.channel, "linking on"))
    assert private_text(await world.alice.slash(world.channel, "linking status")).startswith("Linking is off")


async def thread_of(world: World) -> Any:
    channel = world.env.bot.get_channel(world.channel.id)
    assert isinstance(channel, discord.TextChannel)
    await channel.create_thread(name="aside", type=discord.ChannelType.public_thread)
    return world.channel.threads[-1]


async def test_in_a_thread_it_is_about_the_thread_or_the_channel_around_it(world: World) -> None:
    thread, other = await thread_of(world), await thread_of(world)
    own = private_text(await world.admin.slash(thread, "linking on"))
    assert own.startswith("Linking is on in this channel")
    assert "This is about this thread or post alone" in own
    assert private_text(await world.admin.slash(other, "linking status")).startswith("Linking is off")
    wide = private_text(await world.admin.slash(other, "linking on", **{"for": "around"}))
    assert wide.startswith("Linking is on in the channel around")
    assert private_text(await world.admin.slash(other, "linking status")).startswith("Linking is on")
    assert private_text(await world.admin.slash(world.channel, "linking status")).startswith("Linking is on")
    refused = await world.admin.slash(world.channel, "linking on", **{"for": "around"})
    assert "no thread" in private_text(refused)


async def test_it_can_be_on_in_the_whole_server_and_lists_where_it_is_on(world: World) -> None:
    keeper = world.guild.add_member(
        world.env.create_user("kim"),
        roles=[world.guild.create_role("Keepers", permissions=discord.Permissions(manage_channels=True))],
    )
    assert "no channel" in private_text(await keeper.slash(world.channel, "linking list"))
    await keeper.slash(world.channel, "linking on")
    assert "[\\#papers]" in private_text(await keeper.slash(world.channel, "linking list"))
    refused = await keeper.slash(world.channel, "linking on", **{"for": "server"})
    assert "manage this server" in private_text(refused)
    other = world.guild.create_text_channel("other")
    await world.admin.slash(world.channel, "linking on", **{"for": "server"})
    assert private_text(await world.admin.slash(other, "linking status")).startswith("Linking is on")
    assert "every channel" in private_text(await world.admin.slash(other, "linking list"))
    await world.admin.slash(other, "linking off")
    assert private_text(await world.admin.slash(other, "linking status")).startswith("Linking is off")


async def test_its_list_names_no_channel_that_the_member_may_not_see(world: World) -> None:
    keepers = world.guild.create_role("Keepers", permissions=discord.Permissions(manage_channels=True))
    keeper = world.guild.add_member(world.env.create_user("kim"), roles=[keepers])
    secret = world.guild.create_text_channel(
        "layoffs", overwrites={keepers: discord.PermissionOverwrite(view_channel=False)}
    )
    await world.admin.slash(secret, "linking on")
    listed = private_text(await keeper.slash(world.channel, "linking list"))
    assert "layoffs" not in listed
    assert "channels that you may not see" in listed
    assert "layoffs" in private_text(await world.admin.slash(world.channel, "linking list"))


async def test_who_may_manage_the_channel_alone_may_switch_it_there(world: World) -> None:
    keeper = world.guild.add_member(world.env.create_user("kim"))
    own = world.guild.create_text_channel(
        "own", overwrites={keeper: discord.PermissionOverwrite(manage_channels=True)}
    )
    assert private_text(await keeper.slash(own, "linking on")).startswith("Linking is on")
    with pytest.raises(SetupError, match="permission"):
        await keeper.slash(world.channel, "linking on")


async def test_without_the_intent_it_says_what_is_not_read_and_what_still_works(
    world: World, bench: Bench
) -> None:
    await world.env.restart_bot(bench.client())
    text = private_text(await world.admin.slash(world.channel, "linking on"))
    assert "only messages that mention me or reply to me" in text
    assert "without the message content intent, Discord does not show me the others" in text
    assert "Direct messages to me and **Find summaries**" in text


async def test_it_says_which_permission_its_replies_lack(world: World) -> None:
    closed = world.guild.create_text_channel(
        "closed", overwrites={world.guild.default_role: discord.PermissionOverwrite(embed_links=False)}
    )
    assert "I lack **Embed Links** in this channel" in private_text(
        await world.admin.slash(closed, "linking on")
    )


async def test_a_bot_in_a_time_out_says_so(world: World) -> None:
    me = world.env.bot.get_guild(world.guild.id).me  # type: ignore[union-attr] # it is there
    me.timed_out_until = discord.utils.utcnow() + timedelta(hours=1)
    assert "I am in a **time-out**" in private_text(await world.admin.slash(world.channel, "linking on"))
    answer = await world.alice.slash(world.channel, "an", issue="58")
    assert answer.ephemeral
    assert "time-out" in shown(answer).content


async def test_who_wants_to_be_ignored_is_in_every_server_until_they_take_it_back(
    world: World, bench: Bench
) -> None:
    other = World.in_(world.env)
    await world.admin.slash(world.channel, "linking on")
    assert "in any server or direct message" in private_text(
        await other.bob.slash(other.channel, "ignore-me")
    )
    bob = world.guild.add_member(other.bob.user)
    await world.env.restart_bot(bench.client(message_content=True))
    await bob.send(world.channel, MESA)
    assert replies(world) == []
    await world.alice.send(world.channel, "AN #76")
    assert len(replies(world)) == 1
    assert "again" in private_text(await bob.slash(world.channel, "ignore-me"))
    await bob.send(world.channel, MESA)
    assert len(replies(world)) == 2


async def test_saying_it_twice_changes_nothing(world: World, bench: Bench) -> None:
    for _ in range(2):
        await world.bob.slash(world.channel, "ignore-me", wanted="on")
        assert await bench.store.linked_replies.opted_out("discord", str(world.bob.id))
    assert not await bench.store.linked_replies.opted_out("slack", str(world.bob.id))
    await world.bob.slash(world.channel, "ignore-me", wanted="off")
    assert not await bench.store.linked_replies.opted_out("discord", str(world.bob.id))


async def test_a_channel_that_the_bot_cannot_see_is_not_said_to_be_read(world: World) -> None:
    me = world.guild.me
    assert me
    hidden = world.guild.create_text_channel(
        "hidden", overwrites={me: discord.PermissionOverwrite(view_channel=False)}
    )
    switched = private_text(await world.admin.slash(hidden, "linking on"))
    assert "I lack **View Channel**" in switched
    assert "I read every message" not in switched
    assert private_text(await world.admin.slash(hidden, "linking status")) == switched


async def test_who_asks_to_be_forgotten_is(world: World, bench: Bench) -> None:
    bob = str(world.bob.id)
    await world.bob.slash(world.channel, "ignore-me", wanted="on")
    assert "I keep nothing of you" in private_text(await world.bob.slash(world.channel, "forget-me"))
    assert not await bench.store.linked_replies.opted_out("discord", bob)
