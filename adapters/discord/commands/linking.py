"""`/linking`: where the bot answers what messages mention. `/ignore-me`: whose messages it never
answers. `/forget-me`: of whom it keeps nothing.
"""

from typing import Any, Final

import discord
from discord import app_commands
from discord.app_commands import AppCommandContext, AppInstallationType, Choice, CommandTree, describe, rename

from adapters.discord.channel_names import ChannelNames
from adapters.discord.interactions import Interactions, MakeCard
from adapters.discord.permissions import (
    has_bot,
    lacking_for_linking,
    may_manage,
    may_see,
    note_on,
    place_of,
    settings_place_of,
)
from bot.cards.card import Card, state_card
from bot.linking.linker import FORGOTTEN, is_on
from bot.model.places import Place, Preferences
from bot.text.rich_text import Block, plain_block

Interaction = discord.Interaction[Any]

_ON: Final = "on"
_CHOICES: Final = [Choice(name=value, value=value) for value in (_ON, "off")]
_HERE: Final = "here"
_AROUND: Final = "around"
_SERVER: Final = "server"
_SCOPES: Final = [
    Choice(name="this channel, thread or post", value=_HERE),
    Choice(name="the channel or forum around this thread or post", value=_AROUND),
    Choice(name="the whole server", value=_SERVER),
]
_WHERE: Final = "Where: here if left out; a channel's switch goes before its server's"
_READ: Final = (
    "I read every message here for `[[words]]`, `AN #58` and addresses of papers, and never code, quotes, "
    "`<https://…>` or what bots write."
)
_UNREAD: Final = (
    "I read only messages that mention me or reply to me, never code, quotes or `<https://…>` in them: "
    "without the message content intent, Discord does not show me the others. Direct messages to me and "
    "**Find summaries** in a message’s menu work as well."
)
_BLIND: Final = "I read nothing here as long as I may not see this channel."
_SEEING: Final = "View Channel"
_OFF: Final = (
    "I read nothing here and answer nothing that is only mentioned. Commands, direct messages to me and "
    "**Find summaries** in a message’s menu work all the same; `/linking on` switches it on."
)
_INSIDE: Final = (
    "This is about this thread or post alone. `/linking on` with `for` “the channel or forum around this thread or "
    "post” switches it on in all of them."
)
_NOT_INSIDE: Final = "This is no thread and no post, so there is no channel or forum around it."
_DIRECT: Final = "I always read and answer direct messages to me; linking is a setting of channels."
_NOT_YOURS: Final = "Only members who can manage this channel or this server can change linking."
_NOT_YOUR_SERVER: Final = "Only members who can manage this server can change linking in all of it."
_NOT_HERE: Final = "I am not a member of this server, so I do not see what is written here."
_NOWHERE: Final = "Linking is on in no channel of this server."
_UNSEEN: Final = "It is on in channels that you may not see, too."
_EVERYWHERE: Final = "Linking is on in every channel of this server that does not switch it off for itself."
_IGNORED: Final = (
    "I no longer answer your messages unasked, in any server or direct message. Your commands work as "
    "before; type `/ignore-me` again to undo this."
)
_ANSWERED: Final = "From now on I answer your messages again if linking is on."


def add_linking(tree: CommandTree[Any], interactions: Interactions, *, message_content: bool) -> None:
    """Add `/linking` for who manages channels, and `/ignore-me` for everybody. Discord hides
    the first from others; permissions are checked all the same when it is used.
    """
    group = app_commands.Group(
        name="linking",
        description="Where I answer what messages only mention.",
        allowed_contexts=AppCommandContext(guild=True, dm_channel=False, private_channel=False),
        allowed_installs=AppInstallationType(guild=True, user=False),
        default_permissions=discord.Permissions(manage_channels=True),
    )
    _add_switches(group, interactions, message_content=message_content)
    _add_list(group, interactions)
    tree.add_command(group)
    _add_ignoring(tree, interactions)


def _add_switches(group: app_commands.Group, interactions: Interactions, *, message_content: bool) -> None:
    async def switch(interaction: Interaction, scope: str, *, wanted: bool | None) -> None:
        card = _switching(interaction, interactions, scope, wanted=wanted, message_content=message_content)
        await interactions.show(interaction, card, private=True)

    @group.command(name="on", description="Answer what messages mention")
    @describe(scope=_WHERE)
    @rename(scope="for")
    @app_commands.choices(scope=_SCOPES)
    async def on(interaction: Interaction, scope: str = _HERE) -> None:
        await switch(interaction, scope, wanted=True)

    @group.command(name="off", description="Answer nothing that is only mentioned")
    @describe(scope=_WHERE)
    @rename(scope="for")
    @app_commands.choices(scope=_SCOPES)
    async def off(interaction: Interaction, scope: str = _HERE) -> None:
        await switch(interaction, scope, wanted=False)

    @group.command(name="status", description="If it is on in this channel, and what I read here")
    async def status(interaction: Interaction) -> None:
        await switch(interaction, _HERE, wanted=None)


def _add_list(group: app_commands.Group, interactions: Interactions) -> None:
    @group.command(name="list", description="In which channels of this server it is on")
    async def list_(interaction: Interaction) -> None:
        async def made(_: Preferences) -> Card:
            if not interaction.guild_id:
                return state_card(_DIRECT, missed=True)
            if not may_manage(interaction):
                return state_card(_NOT_YOURS, missed=True)
            return await _list(interaction, interactions)

        await interactions.show(interaction, made, private=True)


async def _list(interaction: Interaction, interactions: Interactions) -> Card:
    server = Place(platform="discord", server=str(interaction.guild_id))
    channels = [
        Place(platform="discord", server=server.server, channel=each)
        for each in await interactions.preferences.linking_channels("discord", server.server)
    ]
    names = ChannelNames(interaction.client)
    seen = [place for place in channels if may_see(interaction, place)]
    lines = [Block(spans=(names.label(place),), mark="- ", close=True) for place in seen]
    if await is_on(interactions.preferences, server):
        lines.insert(0, plain_block(_EVERYWHERE))
    elif not channels:
        lines.append(plain_block(_NOWHERE))
    if len(seen) < len(channels):
        lines.append(plain_block(_UNSEEN))
    return Card(title="Where linking is on", body=tuple(lines), private=True)


def _add_ignoring(tree: CommandTree[Any], interactions: Interactions) -> None:
    @tree.command(name="ignore-me", description="Never answer your messages unasked, in any server")
    @describe(wanted="on to be ignored, off to be answered; if left out, the opposite of now")
    @app_commands.choices(wanted=_CHOICES)
    async def ignore_me(interaction: Interaction, wanted: str | None = None) -> None:
        person = str(interaction.user.id)

        async def made(_: Preferences) -> Card:
            before = await interactions.linked_replies.opted_out("discord", person)
            ignored = not before if wanted is None else wanted == _ON
            await interactions.linked_replies.set_opted_out("discord", person, opted_out=ignored)
            return state_card(_IGNORED if ignored else _ANSWERED, title="Your messages")

        await interactions.show(interaction, made, private=True)

    @tree.command(name="forget-me", description="Delete what I keep of you, in all servers")
    async def forget_me(interaction: Interaction) -> None:
        async def made(_: Preferences) -> Card:
            await interactions.forgetting.person("discord", str(interaction.user.id))
            return state_card(FORGOTTEN, title="Forgotten")

        await interactions.show(interaction, made, private=True)


def _switching(
    interaction: Interaction,
    interactions: Interactions,
    scope: str,
    *,
    wanted: bool | None,
    message_content: bool,
) -> MakeCard:
    """Makes the card of the state, after switching if the member may."""

    async def made(_: Preferences) -> Card:
        if not interaction.guild_id:
            return state_card(_DIRECT, missed=True)
        if not has_bot(interaction):
            return state_card(_NOT_HERE, missed=True)
        if wanted is not None:
            if refusal := _refusal(interaction, scope):
                return state_card(refusal, missed=True)
            await interactions.preferences.put(_place(interaction, scope), Preferences(linking=wanted))
        return await _state(interaction, interactions, scope, message_content=message_content)

    return made


def _refusal(interaction: Interaction, scope: str) -> str:
    """Why the member may not switch it there, "" if they may."""
    if scope == _AROUND and not _within(interaction):
        return _NOT_INSIDE
    if scope == _SERVER:
        return "" if interaction.permissions.manage_guild else _NOT_YOUR_SERVER
    return "" if may_manage(interaction) else _NOT_YOURS


def _place(interaction: Interaction, scope: str) -> Place:
    match scope:
        case "server":
            return Place(platform="discord", server=str(interaction.guild_id))
        case "around":
            return settings_place_of(interaction)
        case _:
            return place_of(interaction)


def _within(interaction: Interaction) -> Place | None:
    """The channel of the thread that the command was used in."""
    return settings_place_of(interaction) if isinstance(interaction.channel, discord.Thread) else None


async def _state(
    interaction: Interaction, interactions: Interactions, scope: str, *, message_content: bool
) -> Card:
    """The card of the state: if linking is on, what is read."""
    place = _place(interaction, scope)
    within = _within(interaction) if scope == _HERE else None
    where = {_HERE: "this channel", _AROUND: "the channel around", _SERVER: "this server"}[scope]
    if not await is_on(interactions.preferences, place, within):
        return state_card(_OFF, title=f"Linking is off in {where}")
    missing = lacking_for_linking(interaction)
    lacked = note_on(missing).removeprefix("Only you see this: ")
    inside = _INSIDE if within else ""
    if _SEEING in missing:
        return state_card(f"{_BLIND}\n\n{lacked}", title=f"Linking is on in {where}, but I cannot see it")
    state = _READ if message_content else _UNREAD
    paragraphs = "\n\n".join(filter(None, (state, inside, lacked)))
    return state_card(paragraphs, title=f"Linking is on in {where}")
