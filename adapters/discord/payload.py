"""A screen as discord.py sends it: an embed, and a view whose buttons last."""

from collections.abc import Iterator
from typing import Any, Final, TypedDict

import discord
from discord.ui import Button, Select, View

from adapters.discord import screens
from adapters.discord.components import PickMenu, PressButton
from adapters.discord.custom_ids import ButtonAction, Verb, encode
from adapters.discord.escape import cut, harmless
from adapters.discord.screens import CONTENT, LABEL, Card, Screen
from bot.cards.card import Menu
from bot.cards.routes import Route
from bot.cards.routes import View as Views

NO_MENTIONS: Final = discord.AllowedMentions.none()
STAR: Final = "⭐"
_NOTHING: Final = Route(view=Views.TEXT)


class Payload(TypedDict):
    """What every way of sending takes alike."""

    content: str | None
    embeds: list[discord.Embed]
    view: View | None
    allowed_mentions: discord.AllowedMentions


def payload_of(screen: Screen, *, owner: int, private: bool, shared: bool = False, note: str = "") -> Payload:
    """The message for who asked (`owner`, a user's id).

    What is private and could be shared gets Share until it is `shared`, what
    is public Remove; `note` stands above the card.
    """
    content = "\n".join(part for part in (note, screen.content) if part)
    return Payload(
        content=cut(content, CONTENT) if len(content) > CONTENT else content or None,
        embeds=[embed_of(screen.card)],
        view=_view(screen, owner=owner, private=private, shared=shared),
        allowed_mentions=NO_MENTIONS,
    )


def embed_of(card: Card) -> discord.Embed:
    """The card as an embed."""
    embed = discord.Embed(
        title=card.title or None,
        url=card.url or None,
        description=card.description or None,
        colour=card.colour.value,
    )
    if card.author:
        embed.set_author(name=card.author, url=card.author_url or None)
    if card.footer:
        embed.set_footer(text=card.footer)
    return embed


def _view(screen: Screen, *, owner: int, private: bool, shared: bool) -> View | None:
    """The menu and the buttons; None where there are none."""
    view = View(timeout=None)
    for button in _buttons(screen, private=private, shared=shared):
        press = ButtonAction(verb=button.verb, route=button.route, owner=owner)
        view.add_item(PressButton(_button(button, encode(press)), press))
    if screen.menu:
        press = ButtonAction(verb=Verb.PICK, route=screen.menu.route, owner=owner)
        view.add_item(PickMenu(_select(screen.menu, encode(press)), press))
    return view if view.children else None


def _buttons(screen: Screen, *, private: bool, shared: bool) -> Iterator[screens.Button]:
    yield from screen.buttons
    if private and screen.route and not shared:
        yield screens.Button(label="Share", route=screen.route, verb=Verb.SHARE)
    if not private:
        yield screens.Button(label="Remove", route=_NOTHING, verb=Verb.REMOVE)


def _button(button: screens.Button, custom_id: str) -> Button[Any]:
    sharing = button.verb is Verb.SHARE
    return Button(
        label=cut(harmless(button.label), LABEL),
        custom_id=custom_id,
        style=discord.ButtonStyle.primary if sharing else discord.ButtonStyle.secondary,
        disabled=not button.enabled,
    )


def _select(menu: Menu, custom_id: str) -> Select[Any]:
    options = [
        discord.SelectOption(
            label=option.label,
            value=option.value,
            description=option.description or None,
            emoji=STAR if option.marked else None,
        )
        for option in menu.options
    ]
    return Select(custom_id=custom_id, placeholder=menu.placeholder, options=options)
