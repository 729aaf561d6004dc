"""A part of a digest as the message that posts it."""

from typing import Any, Final

import msgspec

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
_NAME: Final = 100
_SILENT: Final = 1 << 12


class StoredMessage(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The body of a request without its nonce, and what else is asked of Discord: the `name` of
    its thread or forum post, the ids of the post's `tags`, and whether to `publish` it. `asker`
    is who asked for the mention, and has to be allowed to mention that role when it is sent.
    """

    message: dict[str, Any]
    name: str = ""
    tags: tuple[str, ...] = ()
    publish: bool = False
    asker: str = ""

    def without_mention(self) -> "StoredMessage":
        """The same, mentioning nobody."""
        message = {name: value for name, value in self.message.items() if name != "content"}
        return msgspec.structs.replace(self, message={**message, "allowed_mentions": {"parse": []}})

    @property
    def role(self) -> str:
        """The id of the role that it mentions, "" for none."""
        return next(iter(self.message["allowed_mentions"].get("roles", ())), "")


def digest_parts(digest: Digest) -> tuple[Part, ...]:
    """The digest in as many parts as it needs embeds."""
    return parts_of(digest, ROOM, write)


def card_of(digest: Digest, part: Part, delivery: str = "") -> Card:
    """The card of a part; `delivery` is the id to find it again."""
    return part_card(digest, part, DISCORD_FORMAT, delivery)


def stored_message(digest: Digest, part: Part, delivery: str) -> StoredMessage:
    """The part as it is stored until it is sent; `delivery` is the delivery's id."""
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
    return StoredMessage(
        message=message,
        name=cut(harmless(part.title), _NAME),
        tags=options.tags if first else (),
        publish=options.publish,
        asker=digest.subscription.by if first and options.mention else "",
    )


def literal(text: str) -> str:
    """The text as the stored message holds it in its footer."""
    return msgspec.json.encode(harmless(text)).decode()[1:-1]


def menu_id(delivery: str) -> str:
    """The custom id of the menu in the message of that delivery."""
    return encode(ButtonAction(verb=Verb.OPEN, route=Route(view=View.TEXT, target=delivery)))
