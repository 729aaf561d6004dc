"""A card as plain text, for pipes, files and simple terminals."""

import textwrap
from typing import Final

from adapters.console.page import Part, page_of, titled
from bot.cards.card import Card
from bot.text.markdown import printable
from bot.text.rich_text import Block, Span

_INDENT: Final = "  "


def write(card: Card, width: int | None = None) -> str:
    """The card as text without control characters, ending in a line break.

    Lines are filled to `width`; without it, a paragraph is one line. Links are followed
    by their address, entries of lists by what to type for them.
    """
    text = ""
    for part, block in page_of(card):
        text += ("\n" if block.close else "\n\n") * bool(text) + _block(part, block, width)
    return printable(text).replace("\u00a0", " ").strip() + "\n"


def _block(part: Part, block: Block, width: int | None) -> str:
    if block.fenced:
        return textwrap.indent(block.text, "    ")
    if block.command:
        return _filled(_entry(block), "- ", _INDENT, width)
    address = "\n{}" if part is Part.TITLE else " <{}>"
    text = "".join(_span(span, address, capitals=block.heading) for span in block.spans)
    return _filled(text, block.mark, block.indent, width)


def _entry(block: Block) -> str:
    """The entry's text, and what to type for it unless that is the same."""
    if block.text == block.command:
        return block.text
    return block.text + ("\n" if titled(block) else ": ") + block.command


def _span(span: Span, address: str, *, capitals: bool) -> str:
    if span.url == span.text:
        return span.text
    text = span.text.upper() if capitals else span.text
    return text + (address.format(span.url) if span.url else "")


def _filled(text: str, mark: str, indent: str, width: int | None) -> str:
    lines = [line.strip() for line in text.split("\n")]
    return "\n".join(_fill(line, indent if n else mark, indent, width) for n, line in enumerate(lines))


def _fill(line: str, mark: str, indent: str, width: int | None) -> str:
    if width is None:
        return mark + line
    return textwrap.fill(
        line,
        width,
        initial_indent=mark,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
