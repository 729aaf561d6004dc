"""A part of a digest as the message that posts it."""

import json
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from slack_sdk.models.blocks import ActionsBlock, ButtonElement, InteractiveElement

from adapters.slack.action_ids import Verb
from adapters.slack.escape import fitted
from adapters.slack.format import SLACK_FORMAT
from adapters.slack.lists import help_screen
from adapters.slack.mrkdwn import write
from adapters.slack.payload import blocks_of, payload_of, plain, section, spoken
from adapters.slack.screens import Button, Screen
from adapters.slack.wording import title_of
from bot.cards.entries import menu_of
from bot.cards.routes import Route, View
from bot.cards.wording import DOT
from bot.digests.compose import Part, parts_of
from bot.digests.options import typed
from bot.digests.subscriptions import Told
from bot.digests.wording import footer, listed, what, when
from bot.lookup.commands import DIGEST
from bot.model.digests import Digest, DigestOptions, Subscription
from bot.model.places import Place
from bot.text.rich_text import Block, Span, plain_block

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
    mention = digest.subscription.options.mention
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


def channel_label(place: Place) -> Span:
    """The channel as a link: its name takes a scope that nothing else needs."""
    return Span(text="this channel", url=f"https://app.slack.com/client/{place.server}/{place.channel}")


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
            part.headlines,
            "Open an entry",
            Route(view=View.TEXT, target="digest"),
            SLACK_FORMAT.label,
            place=False,
        ),
    )


def _buttons(digest: Digest, part: Part) -> list[Button]:
    """Whoever presses one is answered alone: a digest is nobody's card."""
    about = Route(view=View.TEXT, target=digest.subscription.id)
    buttons = [Button(label="About this digest", route=about, verb=Verb.ABOUT)]
    if part.issue is not None:
        whole = Route(view=View.ISSUE, target=str(part.issue))
        buttons.insert(0, Button(label="Open the whole issue", route=whole))
    return buttons


CHANGE: Final = "digest:change"
KEEP: Final = "digest:keep"
"""The action ids of what is asked where a channel has one already; the value of the first is the
wish as it is typed.
"""
DECISION: Final = re.compile(f"{re.escape(CHANGE)}|{re.escape(KEEP)}")
NOT_THERE: Final = (
    "I am not in this channel yet, so nothing can be posted here: type /invite and my name before it is due."
)
_LINE: Final = 350
_ROOM: Final = 9_000
_VALUE: Final = 2_000
_PREVIEWED: Final = 3
"""Parts that a preview shows: an address takes five answers."""
_TOO_LONG: Final = "That is too long to be asked about. Name fewer sections, or use the form: /digest"
_NOTHING: Final = "Nothing of the newest issue was asked for, so nothing would be posted."


def told_message(told: Told, user: str, *notes: str) -> dict[str, Any]:
    """It in a message for that person alone, and notes below."""
    blocks = (*_fitting(told.blocks), *(plain_block(note) for note in notes if note))
    screen = Screen(head=(title_of(told.title),), body=blocks, private=True)
    return dict(payload_of(screen, owner=user, private=True))


def asking_message(told: Told, options: DigestOptions, user: str) -> dict[str, Any]:
    """The question whether to change what there is to the wish, with a button for either."""
    value = typed(options)
    if len(value) > _VALUE:
        return told_message(told, user, _TOO_LONG)
    wanted = f"You asked for: {when(options)}{DOT}{what(options)}"
    message = told_message(told, user, wanted)
    change = ButtonElement(text=plain("Change it"), action_id=CHANGE, value=value, style="primary")
    keep = ButtonElement(text=plain("Keep it as it is"), action_id=KEEP)
    buttons: list[InteractiveElement] = [change, keep]
    message["blocks"].append(ActionsBlock(elements=buttons).to_dict())
    return message


def preview_messages(digest: Digest, user: str) -> list[dict[str, Any]]:
    """The digest as it would be posted, its first parts if it is long, for that person alone."""
    parts = digest_parts(digest)
    if not parts:
        return [told_message(Told(title="Nothing to show", blocks=(plain_block(_NOTHING),)), user)]
    shown = [{"response_type": "ephemeral", **digest_message(digest, part)} for part in parts[:_PREVIEWED]]
    if (left := len(parts) - _PREVIEWED) > 0:
        more = f"{left} more {'part' if left == 1 else 'parts'} would follow"
        shown.append(told_message(Told(title=more), user))
    return shown


def channel_line(subscription: Subscription, now: datetime) -> str:
    """It in a line of mrkdwn, with its channel as Slack shows one to who may see it."""
    line = listed(subscription, now, lambda _: Span(text=""))
    return f"• <#{subscription.place.channel}>{fitted(line.text, _LINE)}"


def usage_message(user: str, problem: str = "") -> dict[str, Any]:
    """How to ask."""
    screen = help_screen((DIGEST,), DIGEST.examples, problem)
    return dict(payload_of(screen, owner=user, private=True))


def _fitting(blocks: Sequence[Block]) -> list[Block]:
    """As many of them as a message holds, and how many are left out."""
    kept: list[Block] = []
    used = 0
    for block in blocks:
        used += len(write(block)) + 2
        if used > _ROOM:
            left = len(blocks) - len(kept)
            return [*kept, plain_block(f"and {left} more")]
        kept.append(block)
    return kept
