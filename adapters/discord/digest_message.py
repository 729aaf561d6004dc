"""A part of a digest as the message that posts it."""

import json
from typing import Any, Final

from adapters.discord.custom_ids import ButtonAction, encode
from adapters.discord.escape import cut, harmless
from adapters.discord.format import DISCORD_FORMAT
from adapters.discord.markdown import write
from adapters.discord.render import message_json, payload_of
from bot.cards.card import Card
from bot.cards.routes import Route, Verb, View
from bot.digests.compose import Part, part_card, parts_of
from bot.model.digests import Digest

ROOM: Final = 3600
"""Characters of an embed for the entries of a part, beside its facts and its footer."""
THREAD_NAME: Final = "thread_name"
"""The key in a stored message that names its thread; never sent with the message."""
_NAME: Final = 100
_SILENT: Final = 1 << 12


def digest_parts(digest: Digest) -> tuple[Part, ...]:
    """The digest in as many parts as it needs embeds."""
    return parts_of(digest, ROOM, write)


def card_of(digest: Digest, part: Part, delivery: str = "") -> Card:
    """The card of a part; `delivery` is the id to find it again."""
    return part_card(digest, part, DISCORD_FORMAT, delivery)


def message_of(digest: Digest, part: Part, delivery: str) -> dict[str, Any]:
    """The body of the request, without its nonce."""
    options = digest.subscription.options
    first = part.number == 1
    # A button of a digest answers the person who pressed it alone, so it is nobody's card.
    message = message_json(payload_of(card_of(digest, part, delivery), owner=0, private=True))
    message["allowed_mentions"] = {"parse": []}
    if first and options.mention:
        message["content"] = f"<@&{options.mention}>"
        message["allowed_mentions"] = {"parse": [], "roles": [options.mention]}
    if not first:
        message["flags"] = _SILENT
        if options.thread:
            message[THREAD_NAME] = cut(harmless(part.title), _NAME)
    return message


def menu_id(delivery: str) -> str:
    """The custom id of the menu in the message of that delivery."""
    return encode(ButtonAction(verb=Verb.OPEN, route=Route(view=View.TEXT, target=delivery)))


def stored(message: dict[str, Any]) -> str:
    """The message as it is stored until it is sent."""
    return json.dumps(message, ensure_ascii=False, separators=(",", ":"))
