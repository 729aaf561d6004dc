"""Blocks written in Discord's Markdown, each with all of its style."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from adapters.discord.escape import escape, harmless, link, with_addresses
from bot.text.paging import pages as parted
from bot.text.rich_text import Block, Span, joined

_TICKS: Final = "``"
_FENCE: Final = "```"
_TICK_BEFORE_TICK: Final = re.compile("`(?=`)")
_INVISIBLE: Final = "\u200b"


def pages(blocks: Sequence[Block], limit: int) -> tuple[str, ...]:
    """The blocks on pages of at most `limit` characters, written."""
    return tuple(map(written, parted(blocks, limit, write, gap)))


def written(blocks: Iterable[Block]) -> str:
    """The blocks in Discord's Markdown, one below the other."""
    text = ""
    for block in blocks:
        if part := write(block):
            text += "\n" * gap(block) * bool(text) + part
    return text


def gap(block: Block) -> int:
    """How many line breaks are between the block and the one above it."""
    return 1 if block.close else 2


def write(block: Block) -> str:
    """The block in Discord's Markdown."""
    if block.fenced:
        return _fenced(block)
    text = _write(joined(block.spans))
    lines = [line for line in text.strip().split("\n") if line.strip()]
    return "\n".join((block.indent if i else block.mark) + line.strip() for i, line in enumerate(lines))


def _write(spans: Sequence[Span]) -> str:
    """The spans with their marks, escaped so that no line looks like a list."""
    out = ""
    for span in spans:
        body = span.text.strip()
        if not body:
            out += span.text
            continue
        lead, _, trail = span.text.partition(body)
        out += lead + _marked(span, body, out + lead) + trail
    return out


def _marked(span: Span, body: str, before: str) -> str:
    if span.moment:
        # On the reader's clock: the date and the time, and how far away that is.
        return f"<t:{span.moment.timestamp():.0f}:F> (<t:{span.moment.timestamp():.0f}:R>)"
    if span.code:
        inner = _code(body)
    elif span.url:
        inner = link(body, span.url)
    else:
        # Only at the start of a line is a mark of a list one.
        at_start = not before or before.endswith("\n")
        inner = escape(body) if at_start else escape("x" + body)[1:]
    marks = "**" * span.bold + "*" * span.italic
    # Adjacent marks would be read as one.
    apart = _INVISIBLE if marks and before.endswith("*") else ""
    return f"{apart}{marks}{inner}{marks}"


def _code(text: str) -> str:
    text = harmless(text)
    if "`" not in text:
        return f"`{text}`"
    return f"{_TICKS} {text} {_TICKS}" if _TICKS not in text else with_addresses(text)


def _fenced(block: Block) -> str:
    text = _TICK_BEFORE_TICK.sub(f"`{_INVISIBLE}", harmless(block.text).strip("\n"))
    return f"{_FENCE}\n{text}\n{_FENCE}" if text.strip() else ""
