"""What came of something done to digests, as messages for who did it."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from slack_sdk.models.blocks import ActionsBlock, ButtonElement, InteractiveElement

from adapters.slack.digest_card import digest_message, digest_parts
from adapters.slack.escape import fitted
from adapters.slack.lists import help_screen
from adapters.slack.mrkdwn import write
from adapters.slack.payload import payload_of, plain
from adapters.slack.screens import Screen
from adapters.slack.wording import title_of
from bot.chat.wording import DOT
from bot.commands import DIGEST
from bot.digests.desk import Told
from bot.digests.typed import typed
from bot.digests.values import Digest, Subscription, Wish
from bot.digests.wording import listed, what, when
from bot.spans import Block, Span, plain_block

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


def asking_message(told: Told, wish: Wish, user: str) -> dict[str, Any]:
    """The question whether to change what there is to the wish, with a button for either."""
    value = typed(wish)
    if len(value) > _VALUE:
        return told_message(told, user, _TOO_LONG)
    wanted = f"You asked for: {when(wish)}{DOT}{what(wish)}"
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
    return f"• <#{subscription.where.channel}>{fitted(line.text, _LINE)}"


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
