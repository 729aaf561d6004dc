"""Who may manage digests, and what the bot needs to post them."""

from typing import Any

import discord
import pytest
from simcord import SetupError

from tests.adapters.discord.digests.asking import only, private_text, subscriptions
from tests.adapters.discord.world import Bench, World


@pytest.mark.parametrize(
    "command",
    [f"digest {name}" for name in ("here", "list", "preview", "pause", "resume", "stop", "log")],
)
async def test_members_who_manage_nothing_can_do_nothing(world: World, bench: Bench, command: str) -> None:
    await world.admin.slash(world.channel, "digest here", when="each")
    before = await only(world, bench)
    with pytest.raises(SetupError, match="permission"):
        await world.alice.slash(world.channel, command)
    await world.show_to("digest", world.alice, world.moderator)
    for member in (world.alice, world.moderator):
        assert "members who can manage this channel" in private_text(
            await member.slash(world.channel, command)
        )
    assert await only(world, bench) == before


async def test_a_manager_of_one_channel_manages_its_digests_alone(world: World) -> None:
    keeper = world.guild.add_member(world.env.create_user("kim"))
    own = world.guild.create_text_channel(
        "own", overwrites={keeper: discord.PermissionOverwrite(manage_channels=True)}
    )
    assert "Subscribed" in private_text(await keeper.slash(own, "digest here", when="each"))
    await world.show_to("digest", keeper)
    assert "manage this channel" in private_text(
        await keeper.slash(world.channel, "digest here", when="each")
    )


async def test_everybody_is_never_mentioned_nor_a_role_that_the_bot_or_who_asks_may_not(
    world: World, bench: Bench
) -> None:
    everybody, closed = world.guild.default_role, world.guild.create_role("Closed")
    refused = await world.admin.slash(world.channel, "digest here", mention=everybody)
    assert "never mentions everybody" in private_text(refused)
    me = world.guild.me
    assert me
    own = world.guild.create_text_channel(
        "own", overwrites={me: discord.PermissionOverwrite(mention_everyone=False)}
    )
    refused = await world.admin.slash(own, "digest here", mention=closed)
    assert "I cannot mention that role" in private_text(refused)
    refused = await world.admin.slash(world.channel, "digest here", mention=closed)
    assert "You are not allowed to mention that role" in private_text(refused)
    assert await subscriptions(world, bench) == []
    both = world.guild.create_text_channel(
        "both", overwrites={world.admin: discord.PermissionOverwrite(mention_everyone=True)}
    )
    assert "mentions a group" in private_text(await world.admin.slash(both, "digest here", mention=closed))


@pytest.mark.parametrize(
    ("denied", "options", "names"),
    [
        ("embed_links", {}, "Embed Links"),
        ("send_messages", {}, "Send Messages"),
        ("create_public_threads", {"thread": True}, "Create Public Threads"),
        ("send_messages_in_threads", {"thread": True}, "Send Messages in Threads"),
    ],
)
async def test_where_the_bot_could_not_post_it_says_what_it_lacks(
    world: World, bench: Bench, denied: str, options: dict[str, Any], names: str
) -> None:
    closed = world.guild.create_text_channel(
        "closed", overwrites={world.guild.default_role: discord.PermissionOverwrite(**{denied: False})}
    )
    text = private_text(await world.admin.slash(closed, "digest here", **{"when": "each", **options}))
    assert f"I lack **{names}** in this channel" in text
    assert await subscriptions(world, bench) == []


async def test_without_the_history_it_subscribes_and_says_what_that_means(world: World, bench: Bench) -> None:
    closed = world.guild.create_text_channel(
        "closed",
        overwrites={world.guild.default_role: discord.PermissionOverwrite(read_message_history=False)},
    )
    text = private_text(await world.admin.slash(closed, "digest here", when="each"))
    assert "Subscribed" in text
    assert "I lack **Read Message History**" in text
    assert await subscriptions(world, bench)


async def test_a_direct_message_has_no_such_command(world: World) -> None:
    with pytest.raises(Exception, match="digest"):
        await world.admin.user.slash("digest here", when="each")
