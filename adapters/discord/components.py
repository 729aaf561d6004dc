"""Buttons and menus that know what to do from their custom ids alone, and so outlive a restart."""

import re
from typing import Any, Protocol, Self, cast

import discord
from discord.ui import Button, DynamicItem, Item, Select

from adapters.discord.custom_ids import CUSTOM_ID, ButtonAction, decode, encode

Interaction = discord.Interaction[Any]


class ActingClient(Protocol):
    """A client that does the actions of buttons and menus."""

    async def admits(self, interaction: Interaction) -> bool:
        """Whether it is answered by this client."""

    async def act(self, interaction: Interaction, action: ButtonAction, value: str) -> None:
        """Do the action; `value` is what was picked from a menu, "" for a button."""


class ActionItem(DynamicItem[Item[Any]], template=CUSTOM_ID):
    """A button or a menu with one of our custom ids."""

    def __init__(self, item: Item[Any], action: ButtonAction) -> None:
        super().__init__(item)
        self._action = action

    @classmethod
    async def from_custom_id(cls, interaction: Interaction, item: Item[Any], match: re.Match[str], /) -> Self:
        """The item that somebody used."""
        del interaction
        return cls(item, decode(match))

    async def interaction_check(self, interaction: Interaction, /) -> bool:
        """Whether it is answered here."""
        return await cast(ActingClient, interaction.client).admits(interaction)

    async def callback(self, interaction: Interaction) -> None:
        """Let the client do the action."""
        values = self.item.values if isinstance(self.item, Select) else []
        client = cast(ActingClient, interaction.client)
        await client.act(interaction, self._action, values[0] if values else "")


def button(label: str, action: ButtonAction, *, primary: bool = False, disabled: bool = False) -> ActionItem:
    """A button that does the action."""
    style = discord.ButtonStyle.primary if primary else discord.ButtonStyle.secondary
    item: Button[Any] = Button(label=label, custom_id=encode(action), style=style, disabled=disabled)
    return ActionItem(item, action)


def menu(placeholder: str, options: list[discord.SelectOption], action: ButtonAction) -> ActionItem:
    """A menu that does the action with what is picked."""
    item: Select[Any] = Select(custom_id=encode(action), placeholder=placeholder, options=options)
    return ActionItem(item, action)
