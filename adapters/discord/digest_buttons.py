"""The buttons and menus of digests, known again by their custom ids after any restart."""

import re
from typing import Any, Protocol, Self, cast

import discord
from discord.ui import Button, DynamicItem, Item, Select, View

from adapters.discord.digest_spots import BUTTON, MENU, Ask, custom_id


class Askable(Protocol):
    """A client that does what buttons of digests say."""

    async def asked(self, interaction: discord.Interaction[Any], ask: Ask, name: str) -> None:
        """Do it. The name is what the button says, or the key of the entry that was picked."""


class DigestButton(DynamicItem[Button[Any]], template=BUTTON):
    """A button below a digest, or below a question about one."""

    def __init__(self, item: Button[Any], ask: Ask, name: str) -> None:
        super().__init__(item)
        self._ask = ask
        self._name = name

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: Item[Any], match: re.Match[str], /
    ) -> Self:
        """The button that was pressed, made anew."""
        del interaction
        return cls(cast(Button[Any], item), Ask(match["ask"]), match["name"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Hand it to the client."""
        await cast(Askable, interaction.client).asked(interaction, self._ask, self._name)


class EntryMenu(DynamicItem[Select[Any]], template=MENU):
    """The menu of the entries of a part."""

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: Item[Any], match: re.Match[str], /
    ) -> Self:
        """The menu that was used, made anew."""
        del interaction, match
        return cls(cast(Select[Any], item))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Hand the key that was picked to the client."""
        key = self.item.values[0] if self.item.values else ""
        await cast(Askable, interaction.client).asked(interaction, Ask.ENTRY, key)


def choice(token: str) -> View:
    """Whether what was asked under that name shall be done."""
    view = View(timeout=None)
    for ask, label, style in (
        (Ask.CHANGE, "Change it", discord.ButtonStyle.primary),
        (Ask.KEEP, "Keep it", discord.ButtonStyle.secondary),
    ):
        button: Button[Any] = Button(label=label, style=style, custom_id=custom_id(ask, token))
        view.add_item(DigestButton(button, ask, token))
    return view
