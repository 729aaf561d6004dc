"""A part of a digest as the message that posts it, and what is said of digests."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from adapters.slack.action_ids import BUTTON_VALUE
from adapters.slack.escape import escape, fitted
from adapters.slack.format import SLACK_FORMAT
from adapters.slack.mrkdwn import write
from adapters.slack.payload import Message, payload_of, posted
from adapters.slack.render import section, spoken
from bot.cards.card import Card, state_card
from bot.digests.compose import Part, part_card, parts_of, reply_to
from bot.digests.wording import listed
from bot.model.digests import Delivery, Digest, Subscription
from bot.model.places import Place
from bot.text.rich_text import Block, Span, plain_block

ROOM: Final = 7_500
"""Characters of a part's own text: with a menu's words it then is less than the
13,000 that Slack shows of one message.
"""
EVENT: Final = "anbot_digest"
"""The type of the metadata by which a message is recognized."""
GROUP: Final = re.compile(r"S[A-Z0-9]{1,30}")
"""Slack's ids of user groups."""
ASKER: Final = "asker"
"""In a message with a mention: who asked for it, and has to be a member when it is sent."""
NOT_THERE: Final = (
    "I am not in this channel yet, so nothing can be posted here: type /invite and my name before it is due."
)
_LINE: Final = 350
_ROOM: Final = 9_000
_PREVIEWED: Final = 3
"""Parts that a preview shows: a response_url takes five answers."""
_TOO_LONG: Final = "That is too long to be asked about. Name fewer sections, or use the form: /digest"
_NOTHING: Final = "Nothing of the newest issue was asked for, so nothing would be posted."


def digest_parts(digest: Digest) -> Sequence[Part]:
    """The digest in as many messages as it needs. Slack opens a thread with its first reply, so
    a sole part is followed by one if a thread was asked for.
    """
    parts = parts_of(digest, ROOM, write)
    if len(parts) == 1 and digest.subscription.options.thread:
        return (*parts, reply_to(parts[0]))
    return parts


def digest_payload(digest: Digest, part: Part, delivery: str) -> str:
    """The JSON for chat.postMessage, without the channel and with its `ASKER` if it mentions
    a group; `delivery` is the delivery's id.
    """
    message = posted(digest_message(digest, part, delivery))
    mention = digest.subscription.options.mention
    if part.number == 1 and GROUP.fullmatch(mention):
        message["blocks"].insert(0, section(f"<!subteam^{mention}>"))
        message[ASKER] = digest.subscription.by
    message["metadata"] = {"event_type": EVENT, "event_payload": {"delivery": delivery}}
    return json.dumps(message, ensure_ascii=False)


def literal(text: str) -> str:
    """The text as the message holds it in its small print, where a blank follows."""
    return json.dumps(escape(f"{text} ")[:-1], ensure_ascii=False)[1:-1]


def digest_message(digest: Digest, part: Part, delivery: str = "") -> Message:
    """The part for one person alone: it mentions nobody, and without a `delivery` has no id."""
    card = part_card(digest, part, SLACK_FORMAT, delivery)
    message = payload_of(card, owner="", private=True, shared=True)
    message["text"] = spoken(replace(card, body=()))
    return message


def preview_messages(digest: Digest, user: str) -> Iterator[Message]:
    """The digest as it would be posted, its first parts if it is long, for that person alone."""
    parts = parts_of(digest, ROOM, write)
    for part in parts[:_PREVIEWED]:
        yield digest_message(digest, part)
    if not parts:
        yield payload_of(state_card(_NOTHING, title="Nothing to show"), owner=user, private=True)
    if (left := len(parts) - _PREVIEWED) > 0:
        more = f"{left} more {'part' if left == 1 else 'parts'} would follow"
        yield payload_of(state_card("", title=more), owner=user, private=True)


def question(card: Card, target: str) -> Card:
    """The question whether to change a digest, whose buttons are to hold the target; without
    buttons if none holds it.
    """
    if len(target) > BUTTON_VALUE:
        return noted(replace(card, buttons=()), _TOO_LONG)
    return noted(card)


def noted(card: Card, note: str = "") -> Card:
    """The card with as much of its body as a message holds, and a note below."""
    notes = (plain_block(note),) if note else ()
    return replace(card, body=(*_fitting(card.body), *notes))


def channel_label(place: Place) -> Span:
    """The channel as a link: we have no scope to ask its name."""
    return Span(text="this channel", url=f"https://app.slack.com/client/{place.server}/{place.channel}")


def message_link(delivery: Delivery) -> str:
    """The address of a delivery's message: Slack opens it with its thread."""
    place = delivery.place
    thread = f"{place.channel}-{delivery.message}"
    return f"https://app.slack.com/client/{place.server}/{place.channel}/thread/{thread}"


def channel_line(subscription: Subscription, now: datetime) -> str:
    """The subscription in a line of mrkdwn; Slack shows a channel's name to those who may see it."""
    line = listed(subscription, now, lambda _: Span(text=""))
    return f"• <#{subscription.place.channel}>{fitted(line.text, _LINE)}"


def _fitting(blocks: Sequence[Block]) -> list[Block]:
    """As many blocks as a message holds, and how many are left out."""
    shown: list[Block] = []
    used = 0
    for block in blocks:
        used += len(write(block)) + 2
        if used > _ROOM:
            return [*shown, plain_block(f"and {len(blocks) - len(shown)} more")]
        shown.append(block)
    return shown
