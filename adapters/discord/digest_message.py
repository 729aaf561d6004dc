"""A part of a digest as the message that Discord is sent. Pure."""

import json
from typing import Any, Final

from adapters.discord.digest_spots import Ask, custom_id
from adapters.discord.escape import cut, harmless, web
from adapters.discord.format import DISCORD_FORMAT
from adapters.discord.markdown import pages, write
from adapters.discord.payload import STAR, embed_of
from adapters.discord.screens import Card, Colour
from adapters.discord.wording import title_of
from bot.cards.card import Menu
from bot.cards.entries import menu_of
from bot.cards.routes import Route, View
from bot.cards.wording import DOT
from bot.digests.compose import Part, parts_of
from bot.digests.wording import footer
from bot.model.digests import Digest

ROOM: Final = 3600
"""Characters of a card that its entries may take; the facts and the footer stand beside them."""
THREAD_NAME: Final = "thread_name"
"""What a payload says of the thread it belongs in; never sent with the message."""
_LAST_LINE: Final = 300
_NAME: Final = 100
_ROW, _BUTTON, _MENU, _GREY = 1, 2, 3, 2
_SILENT: Final = 1 << 12
"""Notifies nobody: the first part did."""


def parts_on_cards(digest: Digest) -> tuple[Part, ...]:
    """The digest in as many parts as it takes cards."""
    return parts_of(digest, ROOM, write)


def card_of(digest: Digest, part: Part) -> Card:
    """What a part says; the first one also who asked for it, and how it ends."""
    first = part.number == 1
    texts = (part.facts if first else "", *pages(part.blocks, ROOM))
    last = (
        f"Part {part.number} of {part.count}" if part.count > 1 else "",
        footer(digest.subscription) if first else "",
    )
    return Card(
        title=title_of(part.title),
        url=web(part.url),
        description="\n\n".join(text for text in texts if text),
        colour=Colour.HIGHLIGHT,
        footer=cut(harmless(DOT.join(text for text in last if text)), _LAST_LINE),
    )


def entries_of(part: Part) -> Menu | None:
    """The menu that opens what is in the part."""
    here = Route(view=View.TEXT)
    return menu_of(part.headlines, "Open an entry", here, DISCORD_FORMAT.label, place=part.issue is None)


def message_of(digest: Digest, part: Part, name: str) -> dict[str, Any]:
    """The body of the request, but for its nonce; `name` is that of the delivery."""
    options = digest.subscription.options
    first = part.number == 1
    message: dict[str, Any] = {
        "embeds": [embed_of(card_of(digest, part)).to_dict()],
        "components": _rows(digest, part, name),
        "allowed_mentions": {"parse": []},
    }
    if first and options.mention:
        message["content"] = f"<@&{options.mention}>"
        message["allowed_mentions"] = {"parse": [], "roles": [options.mention]}
    if not first:
        message["flags"] = _SILENT
        if options.thread:
            message[THREAD_NAME] = cut(harmless(part.title), _NAME)
    return message


def written(message: dict[str, Any]) -> str:
    """The message as it is kept until it is sent."""
    return json.dumps(message, ensure_ascii=False, separators=(",", ":"))


def _rows(digest: Digest, part: Part, name: str) -> list[dict[str, Any]]:
    rows = []
    if menu := entries_of(part):
        rows.append(_row(_menu(menu, custom_id(Ask.ENTRY, name))))
    if part.number == 1:
        whole = [_button("The whole issue", Ask.ISSUE, str(part.issue))] if part.issue is not None else []
        rows.append(_row(*whole, _button("About this digest", Ask.ABOUT, digest.subscription.id)))
    return rows


def _row(*items: dict[str, Any]) -> dict[str, Any]:
    return {"type": _ROW, "components": list(items)}


def _button(label: str, ask: Ask, name: str) -> dict[str, Any]:
    return {"type": _BUTTON, "style": _GREY, "label": label, "custom_id": custom_id(ask, name)}


def _menu(menu: Menu, name: str) -> dict[str, Any]:
    options = [
        {
            "label": option.label,
            "value": option.value,
            **({"description": option.description} if option.description else {}),
            **({"emoji": {"name": STAR}} if option.marked else {}),
        }
        for option in menu.options
    ]
    return {"type": _MENU, "custom_id": name, "placeholder": menu.placeholder, "options": options}
