"""A part of a digest as the message that posts it."""

import json
import re
from collections.abc import Sequence
from typing import Any, Final

from adapters.slack.form import FORM
from adapters.slack.mrkdwn import write
from adapters.slack.payload import blocks_of, section, spoken
from adapters.slack.screens import Button, Screen
from adapters.slack.spots import Verb
from adapters.slack.wording import title_of
from bot.chat.listing import menu_of
from bot.chat.spots import Spot, View
from bot.chat.wording import DOT
from bot.digests.contents import Part, parts_of
from bot.digests.values import Digest
from bot.digests.wording import footer
from bot.spans import Span, plain_block
from bot.types import Where

ROOM: Final = 7_500
"""Characters of a part's own text: with a menu's words it then is less than the
13,000 that Slack shows of one message.
"""
EVENT: Final = "anbot_digest"
"""The type of the metadata by which a message is known again."""
GROUP: Final = re.compile(r"S[A-Z0-9]{1,30}")
"""Slack's ids of user groups."""


def digest_parts(digest: Digest) -> Sequence[Part]:
    """The digest in as many messages as it takes."""
    return parts_of(digest, ROOM, write)


def digest_payload(digest: Digest, part: Part, name: str) -> str:
    """The JSON for chat.postMessage, without the channel; `name` is the delivery's."""
    message = digest_message(digest, part)
    mention = digest.subscription.wish.mention
    if part.number == 1 and GROUP.fullmatch(mention):
        message["blocks"].insert(0, section(f"<!subteam^{mention}>").to_dict())
    message["metadata"] = {"event_type": EVENT, "event_payload": {"delivery": name}}
    return json.dumps(message, ensure_ascii=False)


def digest_message(digest: Digest, part: Part) -> dict[str, Any]:
    """The same as it is shown to one person: it mentions nobody and has no name."""
    screen = _screen(digest, part)
    return {
        "text": spoken(Screen(head=screen.head, facts=screen.facts)),
        "blocks": [block.to_dict() for block in blocks_of(screen, owner="", private=True, shared=True)],
        "unfurl_links": False,
        "unfurl_media": False,
    }


def channel_label(where: Where) -> Span:
    """The channel as a link: its name takes a scope that nothing else needs."""
    return Span(text="this channel", url=f"https://app.slack.com/client/{where.server}/{where.channel}")


def _screen(digest: Digest, part: Part) -> Screen:
    first = part.number == 1
    count = f"Part {part.number} of {part.count}" if part.count > 1 else ""
    facts = DOT.join(fact for fact in (part.facts if first else "", count) if fact)
    return Screen(
        head=(title_of(part.title, url=part.url),),
        facts=(plain_block(facts),),
        body=part.blocks,
        footer=footer(digest.subscription) if first else "",
        buttons=tuple(_buttons(digest, part)) if first else (),
        menu=menu_of(
            part.headlines, "Open an entry", Spot(view=View.TEXT, target="digest"), FORM.label, place=False
        ),
    )


def _buttons(digest: Digest, part: Part) -> list[Button]:
    """Whoever presses one is answered alone: a digest is nobody's card."""
    about = Spot(view=View.TEXT, target=digest.subscription.id)
    buttons = [Button(label="About this digest", spot=about, verb=Verb.ABOUT)]
    if part.issue is not None:
        whole = Spot(view=View.ISSUE, target=str(part.issue))
        buttons.insert(0, Button(label="Open the whole issue", spot=whole))
    return buttons
