"""Card in, payload out: an embed, and a view whose buttons last. Pure."""

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from types import MappingProxyType
from typing import Any, Final, NotRequired, TypedDict

import discord
from discord.ui import View

from adapters.discord import components
from adapters.discord.components import ActionItem
from adapters.discord.custom_ids import ButtonAction
from adapters.discord.escape import cut, escape, harmless, web
from adapters.discord.format import CONTENT, FOOTER, LABEL, TITLE, fit
from adapters.discord.markdown import written
from bot.cards.card import Button, Card, Menu
from bot.cards.routes import NOWHERE, Route, Verb
from bot.cards.routes import View as Views
from bot.cards.wording import DOT, STAR, name_of, path_of
from bot.pictures import Picture
from bot.text.rich_text import Block

NO_MENTIONS: Final = discord.AllowedMentions.none()
_EMOJI: Final = "⭐"
_NAMED: Final = re.compile(r"\*\*/([\w-]+)\*\*|`/([\w-]+(?: [\w-]+)?)`")
_LISTS: Final = frozenset({Views.CITES, Views.CITED_BY})
_BYLINE: Final = 240


class Colour(Enum):
    """The edge of an embed."""

    HIGHLIGHT = 0xE8A317
    ALIGNMENT = 0x3D7DD8
    NEAR_TERM = 0x1FA3A0
    GOVERNANCE = 0x8A5CD1
    MISUSE = 0xCC4B4B
    PROGRESS = 0x4B9E4B
    PLAIN = 0x7C8796
    MISSED = 0xC98A2B


_COLOURS: Final = {
    "Highlights": Colour.HIGHLIGHT,
    "Technical AI alignment": Colour.ALIGNMENT,
    "Near-term concerns": Colour.NEAR_TERM,
    "AI governance": Colour.GOVERNANCE,
    "AI strategy and policy": Colour.GOVERNANCE,
    "Malicious use of AI": Colour.MISUSE,
    "Other progress in AI": Colour.PROGRESS,
}


class Payload(TypedDict):
    """A message for every way of sending one. `attachments` are read once, when it is sent."""

    content: str | None
    embeds: list[discord.Embed]
    view: View | None
    allowed_mentions: discord.AllowedMentions
    attachments: NotRequired[list[discord.File]]


def payload_of(  # noqa: PLR0913 - each is a part of how it is shown
    card: Card,
    *,
    owner: int,
    private: bool,
    shared: bool = False,
    note: str = "",
    commands: Mapping[str, int] = MappingProxyType({}),
) -> Payload:
    """The message for the asker (`owner`, a user's id, 0 for nobody's card).

    A private card that can be shared gets Share until it is `shared`, a public one
    Remove. `note` is written above the card. Commands whose ids are in `commands` can be
    clicked if they are named.
    """
    content = clickable("\n".join(part for part in (note, written(card.notice)) if part), commands)
    embed = embed_of(card)
    if embed and embed.description:
        embed.description = clickable(embed.description, commands)
    payload = Payload(
        content=cut(content, CONTENT) if len(content) > CONTENT else content or None,
        embeds=[embed] if embed else [],
        view=view_of(_buttons(card, private=private, shared=shared), card.menu, owner),
        allowed_mentions=NO_MENTIONS,
    )
    if embed and card.picture:
        embed.set_image(url=f"attachment://{card.picture.name}")
        payload["attachments"] = [_file(card.picture)]
    return payload


def _file(picture: Picture) -> discord.File:
    return discord.File(
        io.BytesIO(picture.data), filename=picture.name, description=harmless(picture.alternative)
    )


def clickable(text: str, commands: Mapping[str, int]) -> str:
    """The text with commands that are named in it, alone in bold or as code, made mentions of them:
    https://docs.discord.com/developers/reference#message-formatting.

    >>> clickable("**/an** and `/digest list`, `/an 58`", {"an": 1, "digest list": 2})
    '</an:1> and </digest list:2>, `/an 58`'
    """
    return _NAMED.sub(
        lambda named: (
            f"</{name}:{commands[name]}>" if (name := named[1] or named[2]) in commands else named[0]
        ),
        text,
    )


def embed_of(card: Card) -> discord.Embed | None:
    """The card as an embed; None for a card of a notice alone."""
    description = _description(card)
    if not card.title and not description:
        return None
    embed = discord.Embed(
        title=_title(card) or None,
        url=web(card.url) or None,
        description=description or None,
        colour=(Colour.MISSED if card.missed else _colour(card.section)).value,
    )
    if card.place and (place := _line((card.place, path_of(card.section) if card.section else ""))):
        embed.set_author(name=cut(place, TITLE), url=web(card.place_url) or None)
    if footer := _line((*card.credits, card.footer)):
        embed.set_footer(text=cut(footer, FOOTER))
    return embed


def _line(facts: Iterable[str]) -> str:
    """The facts in a line, without those that say nothing: Discord refuses a blank one."""
    return harmless(DOT.join(fact for fact in facts if fact.strip()))


def view_of(buttons: Sequence[tuple[Button, bool]], menu: Menu | None, owner: int) -> View | None:
    """The buttons, each with whether it is enabled, and the menu; None for neither."""
    view = View(timeout=None)
    for button, enabled in buttons:
        view.add_item(_button(button, owner, enabled=enabled))
    if menu:
        view.add_item(_menu(menu, owner))
    return view if view.children else None


def turns(card: Card) -> Iterator[tuple[Button, bool]]:
    """Previous and Next, if the card has several pages."""
    route = card.route
    if route and card.pages > 1:
        for name, page in (("Previous", route.page - 1), ("Next", route.page + 1)):
            there = Route(view=route.view, target=route.target, page=page)
            yield Button(label=name, route=there), 1 <= page <= card.pages


def _buttons(card: Card, *, private: bool, shared: bool) -> list[tuple[Button, bool]]:
    buttons = [*turns(card), *((button, True) for button in card.buttons)]
    if private and card.route and not shared and not card.private:
        buttons.append((Button(label="Share", route=card.route, verb=Verb.SHARE), True))
    if not private:
        buttons.append((Button(label="Remove", route=NOWHERE, verb=Verb.REMOVE), True))
    return buttons


def _button(button: Button, owner: int, *, enabled: bool) -> ActionItem:
    action = ButtonAction(verb=button.verb, route=button.route, owner=owner)
    primary = button.verb in {Verb.SHARE, Verb.CHANGE}
    label = cut(harmless(button.label), LABEL)
    return components.button(label, action, primary=primary, disabled=not enabled)


def _menu(menu: Menu, owner: int) -> ActionItem:
    options = [
        discord.SelectOption(
            label=option.label,
            value=option.value,
            description=option.description or None,
            emoji=_EMOJI if option.marked else None,
        )
        for option in menu.options
    ]
    action = ButtonAction(verb=menu.verb, route=menu.route, owner=owner)
    return components.menu(menu.placeholder, options, action)


def _title(card: Card) -> str:
    """At most 256 characters, cut at a word."""
    mark = f"{STAR} " if card.highlight else ""
    return mark + _shortened(name_of(card.title), TITLE - len(mark)) if card.title else ""


def _description(card: Card) -> str:
    text = ("\n" if card.tight else "\n\n").join(filter(None, (written(card.lead), written(card.body))))
    listing = card.route is not None and card.route.view in _LISTS
    byline = "" if listing else _byline(card.byline)
    return "\n\n".join(filter(None, (byline, written((Block(spans=card.facts),)), text)))


def _byline(byline: Sequence[str]) -> str:
    """The authors in bold, then the rest."""
    facts = [_shortened(fact, _BYLINE) for fact in byline]
    return DOT.join(f"**{fact}**" if number == 0 else fact for number, fact in enumerate(facts) if fact)


def _shortened(text: str, limit: int) -> str:
    """The text escaped, in one line, and cut at a word to at most `limit` characters."""
    return escape(fit(text, limit))


def _colour(section: Sequence[str]) -> Colour:
    return _COLOURS.get(section[0], Colour.PLAIN) if section else Colour.PLAIN


def message_json(payload: Payload) -> dict[str, Any]:
    """The payload as the body of a request."""
    body: dict[str, Any] = {
        "embeds": [embed.to_dict() for embed in payload["embeds"]],
        "components": payload["view"].to_components() if payload["view"] else [],
        "allowed_mentions": payload["allowed_mentions"].to_dict(),
    }
    return {**body, "content": payload["content"]} if payload["content"] else body
