"""Blocks written as pages of Discord's Markdown, none longer than a limit.

Pages end where a paragraph ends, else a sentence, else a word; never inside a
link, in a formatting that stays open, or in an escaped character.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from typing import Final

from adapters.discord.escape import escape, harmless, link, web
from bot.chat.pages import pieces
from bot.spans import Block, Span

_TICKS: Final = "``"
_FENCE: Final = "```"
_TICK_BEFORE_TICK: Final = re.compile("`(?=`)")
_INVISIBLE: Final = "\u200b"


def pages(blocks: Sequence[Block], limit: int) -> tuple[str, ...]:
    """The blocks on pages of at most `limit` characters (at least 600, so that any link fits).

    All of the text is on them, in order. No blocks make no pages.
    """
    written: list[_Page] = [_Page(limit)]
    for block in blocks:
        for piece in pieces(block, limit, limit - written[-1].used, write):
            if not written[-1].takes(piece):
                written.append(written[-1].next_page(piece))
    return tuple(page.text for page in written if page.text)


class _Page:
    """What is written so far; the last heading is known until something follows it."""

    def __init__(self, limit: int, text: str = "") -> None:
        self._limit = limit
        self._before_heading: str | None = None
        self.text = text

    @property
    def used(self) -> int:
        """How much of it is taken, the gap before what would follow included."""
        return len(self.text) + 2 if self.text else 0

    def takes(self, piece: Block) -> bool:
        """Write the piece if it fits."""
        text = write(piece)
        gap = ("\n" if piece.close else "\n\n") if self.text and text else ""
        if len(self.text) + len(gap) + len(text) > self._limit:
            return False
        self._before_heading = self.text if piece.heading else None
        self.text += gap + text
        return True

    def next_page(self, piece: Block) -> "_Page":
        """A page that begins with the piece, and with a heading that would else end this one."""
        if self._before_heading:
            heading = self.text.removeprefix(self._before_heading).strip()
            following = _Page(self._limit, heading)
            if following.takes(piece):
                self.text = self._before_heading
                return following
        return _Page(self._limit, write(piece))


def write(block: Block) -> str:
    """The block in Discord's Markdown."""
    if block.fenced:
        return _fenced(block)
    text = _write(_joined(block.spans))
    lines = [line for line in text.strip().split("\n") if line.strip()]
    return "\n".join((block.indent if i else block.mark) + line.strip() for i, line in enumerate(lines))


def _joined(spans: Sequence[Span]) -> list[Span]:
    """Neighbours of one style made one."""
    return [
        replace(style, text="".join(span.text for span in same))
        for style, same in groupby(spans, key=lambda span: replace(span, text=""))
    ]


def _write(spans: Sequence[Span]) -> str:
    """The spans with their marks. What begins a line of it looks like no list."""
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
    if span.code:
        inner = _code(body)
    elif span.url and web(span.url):
        inner = link(body, span.url)
    else:
        # What does not begin a line needs no mark of a list taken from it.
        at_start = not before or before.endswith("\n")
        inner = escape(body) if at_start else escape("x" + body)[1:]
    marks = "**" * span.bold + "*" * span.italic
    # Marks side by side would be read as one.
    apart = _INVISIBLE if marks and before.endswith("*") else ""
    return f"{apart}{marks}{inner}{marks}"


def _code(text: str) -> str:
    text = harmless(text)
    if "`" not in text:
        return f"`{text}`"
    return f"{_TICKS} {text} {_TICKS}" if _TICKS not in text else escape(text)


def _fenced(block: Block) -> str:
    text = _TICK_BEFORE_TICK.sub(f"`{_INVISIBLE}", harmless(block.text).strip("\n"))
    return f"{_FENCE}\n{text}\n{_FENCE}" if text.strip() else ""
