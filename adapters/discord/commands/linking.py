"""`/linking`: if a channel's discussions are answered, and whose messages never are."""

from typing import Any, Final

import discord
from discord import app_commands
from discord.app_commands import Choice, CommandTree, describe

from adapters.discord.interactions import Interactions, MakeCard
from adapters.discord.permissions import is_brought_along, lacking_for_linking, may_manage, note_on, place_of
from bot.cards.card import Card, state_card
from bot.linking.linker import is_on
from bot.model.places import Place, Preferences

Interaction = discord.Interaction[Any]

_ON: Final = "on"
_CHOICES: Final = [Choice(name=value, value=value) for value in (_ON, "off")]
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
_DIRECT: Final = "I always read and answer direct messages to me; linking is a setting of channels."
_NOT_YOURS: Final = "Only members who can manage this channel or this server can change linking."
_NOT_HERE: Final = "I am not a member of this server, so I do not see what is written here."
_IGNORED: Final = (
    "I no longer answer your messages unasked, in any server or direct message. Your commands work as "
    "before; type `/linking ignore-me` again to undo this."
)
_ANSWERED: Final = "From now on I answer your messages again if linking is on."


def add_linking(tree: CommandTree[Any], interactions: Interactions, *, message_content: bool) -> None:
    """Add `/linking`. Permissions are checked when it is used: `ignore-me` is for everybody."""
    group = app_commands.Group(
        name="linking", description="If I answer what messages mention, in this channel or from you."
    )
    _add_switches(group, interactions, message_content=message_content)
    _add_ignoring(group, interactions)
    tree.add_command(group)


def _add_switches(group: app_commands.Group, interactions: Interactions, *, message_content: bool) -> None:
    async def switch(interaction: Interaction, *, wanted: bool | None) -> None:
        card = _switching(interaction, interactions, wanted=wanted, message_content=message_content)
        await interactions.show(interaction, card, private=True)

    @group.command(name="on", description="Answer what messages in this channel mention")
    async def on(interaction: Interaction) -> None:
        await switch(interaction, wanted=True)

    @group.command(name="off", description="Answer nothing in this channel that is only mentioned")
    async def off(interaction: Interaction) -> None:
        await switch(interaction, wanted=False)

    @group.command(name="status", description="If it is on in this channel, and what I read here")
    async def status(interaction: Interaction) -> None:
        await switch(interaction, wanted=None)


def _add_ignoring(group: app_commands.Group, interactions: Interactions) -> None:
    @group.command(name="ignore-me", description="Never answer your messages unasked, in any server")
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


def _switching(
    interaction: Interaction, interactions: Interactions, *, wanted: bool | None, message_content: bool
) -> MakeCard:
    """Makes the card of the state, after switching if the member may."""

    async def made(_: Preferences) -> Card:
        if not interaction.guild_id:
            return state_card(_DIRECT, missed=True)
        if is_brought_along(interaction):
            return state_card(_NOT_HERE, missed=True)
        place = place_of(interaction)
        if wanted is not None:
            if not may_manage(interaction):
                return state_card(_NOT_YOURS, missed=True)
            await interactions.preferences.put(place, Preferences(linking=wanted))
        on = await is_on(interactions.preferences, place, _within(interaction))
        return _state(interaction, on=on, message_content=message_content)

    return made


def _within(interaction: Interaction) -> Place | None:
    """The channel of the thread that the command was used in."""
    if not isinstance(interaction.channel, discord.Thread):
        return None
    return Place(
        platform="discord", server=str(interaction.guild_id), channel=str(interaction.channel.parent_id)
    )


def _state(interaction: Interaction, *, on: bool, message_content: bool) -> Card:
    """The card of the state: if linking is on, what is read."""
    if not on:
        return state_card(_OFF, title="Linking is off in this channel")
    missing = lacking_for_linking(interaction)
    lacked = note_on(missing).removeprefix("Only you see this: ")
    if _SEEING in missing:
        return state_card(f"{_BLIND}\n\n{lacked}", title="Linking is on in this channel, but I cannot see it")
    state = _READ if message_content else _UNREAD
    return state_card(f"{state}\n\n{lacked}" if lacked else state, title="Linking is on in this channel")
