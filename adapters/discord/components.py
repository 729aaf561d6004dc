"""Buttons and menus that know from their custom ids alone what to do, so that
they work after a restart as before it.
"""

import re
from typing import Any, Protocol, Self, cast

import discord
from discord.ui import Button, DynamicItem, Item, Select

from adapters.discord.custom_ids import BUTTON, MENU, ButtonAction, decode


class Pressable(Protocol):
    """A client that does what buttons say."""

    async def pressed(self, interaction: discord.Interaction[Any], press: ButtonAction, value: str) -> None:
        """Do it. `value` is what was picked from a menu, "" for a button."""


class PressButton(DynamicItem[Button[Any]], template=BUTTON):
    """A button with one of our custom ids."""

    def __init__(self, item: Button[Any], press: ButtonAction) -> None:
        super().__init__(item)
        self._press = press

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: Item[Any], match: re.Match[str], /
    ) -> Self:
        """The button that was pressed, made anew."""
        del interaction
        return cls(cast(Button[Any], item), decode(match))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Hand it to the client."""
        await cast(Pressable, interaction.client).pressed(interaction, self._press, "")


class PickMenu(DynamicItem[Select[Any]], template=MENU):
    """A menu with one of our custom ids."""

    def __init__(self, item: Select[Any], press: ButtonAction) -> None:
        super().__init__(item)
        self._press = press

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: Item[Any], match: re.Match[str], /
    ) -> Self:
        """The menu that was used, made anew."""
        del interaction
        return cls(cast(Select[Any], item), decode(match))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Hand what was picked to the client."""
        values = self.item.values
        await cast(Pressable, interaction.client).pressed(
            interaction, self._press, values[0] if values else ""
        )
