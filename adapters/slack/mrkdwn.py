"""Blocks of styled text in Slack's mrkdwn, or without any markup."""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Final

from msgspec.structs import replace

from adapters.slack.escape import INVISIBLE, entities, escape, link
from bot.cards.wording import STAR
from bot.text.paging import Page
from bot.text.paging import pages as parted
from bot.text.rich_text import Block, Layout, Span, joined

LISTS: Final = Layout(indent="    ", bullets=("• ", "◦ "))
"""mrkdwn has no lists: they are set with blanks and signs."""
_FENCE: Final = "```"
_MARK: Final = re.compile(r"[*_~`]")
_OPENING: Final = frozenset(" \n\u200b([{\"'“‘/—–-")
_CLOSING: Final = frozenset(" \n\u200b)]}\"'”’/—–-.,;:!?…")
"""What may touch emphasis from outside without hiding it from Slack."""


def written(blocks: Iterable[Block]) -> str:
    """The blocks in mrkdwn, paragraphs a blank line apart."""
    return _joined(blocks, write)


def without_markup(blocks: Iterable[Block]) -> str:
    """The blocks without any markup, for screen readers and notifications."""
    return _joined(blocks, _plain)


@lru_cache(maxsize=1000)
def write(block: Block) -> str:
    """The block in mrkdwn. A page is written several times while it is cut to length."""
    if block.fenced:
        return _fenced(block)
    lines = [line.strip() for line in _spans(block.spans).split("\n")]
    # Slack takes even an escaped or a wide > for a quotation if it begins a line.
    safe = [INVISIBLE + line if line.startswith(("&gt;", "＞")) else line for line in lines if line]
    return "\n".join((block.indent if i else block.mark) + line for i, line in enumerate(safe))


def is_certain(block: Block) -> bool:
    """If every reader of mrkdwn takes the block for what it is: nothing in it looks like a mark, an
    emoji, a mention or a quotation, and nothing is styled but a bold beginning that is a link or all of it.
    """
    spans = joined(block.spans)
    if spans and spans[0].text.strip() == STAR:
        spans = spans[1:]
    if spans and spans[0].bold and (spans[0].url or len(spans) == 1):
        spans[0] = replace(spans[0], bold=False)
    styled = any(span.bold or span.italic or span.code for span in spans)
    return not styled and not _MARK.search(block.text) and INVISIBLE not in write(block)


def _plain(block: Block) -> str:
    return block.mark + "".join(span.text for span in block.spans).strip()


def _joined(blocks: Iterable[Block], write_one: Callable[[Block], str]) -> str:
    text = ""
    for block in blocks:
        if part := write_one(block):
            text += ("\n" if block.close else "\n\n") * bool(text) + part
    return text


def _spans(spans: Sequence[Span]) -> str:
    """Neighbours of one style share their marks; marks touch no word outside."""
    runs = ((style, list(run)) for style, run in groupby(joined(spans), key=lambda s: (s.bold, s.italic)))
    out, open_end = "", False
    for (bold, italic), run in runs:
        body = "".join(map(_span, run))
        inner = body.strip()
        lead, _, trail = body.partition(inner) if inner else (body, "", "")
        marks = ("*" * bold + "_" * italic) if inner else ""
        if open_end and body and body[0] not in _CLOSING:
            out += INVISIBLE
        out += lead
        if marks and out and out[-1] not in _OPENING:
            out += INVISIBLE
        out += marks + inner + marks[::-1] + trail
        open_end = (bool(marks) and not trail) or (open_end and not body)
    return out


def _span(span: Span) -> str:
    if span.moment:
        at = span.moment.timestamp()
        there = f"<!date^{at:.0f}^{{date_short_pretty}} {{time}}|{span.moment:%Y-%m-%d %H:%M} UTC>"
        return f"{escape(span.text)} ({there})"
    if not span.text.strip() or not (span.code or span.url):
        return escape(span.text)
    body = span.text.strip()
    lead, _, trail = span.text.partition(body)
    inner = link(body, span.url) if span.url else _code(body)
    return lead + inner + trail


def _code(text: str) -> str:
    return escape(text) if "`" in text else f"`{entities(text)}`"


def _fenced(block: Block) -> str:
    text = "".join(span.text for span in block.spans).strip("\n").replace(_FENCE, INVISIBLE.join(_FENCE))
    return f"{_FENCE}\n{entities(text)}\n{_FENCE}" if text.strip() else ""


def pages(blocks: Sequence[Block], limit: int) -> tuple[Page, ...]:
    """The blocks on pages that, written, have at most `limit` characters."""
    return parted(blocks, limit, write, gap)


def gap(_: Block) -> int:
    """The most characters between a block and the one above it."""
    return 2
