"""A card at a terminal: colours, and links that can be clicked."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from textwrap import indent
from typing import Final

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.style import Style
from rich.text import Text

from adapters.console.page import HIGHLIGHTED, Part, page_of, titled
from bot.cards.card import Card
from bot.cards.wording import web_address
from bot.text.markdown import printable
from bot.text.rich_text import Block, Span

WIDEST: Final = 100
"""Lines longer than this are hard to read, however wide the terminal is."""
_STYLES: Final = {Part.TITLE: "", Part.FACTS: "dim", Part.TEXT: "", Part.ASIDE: "dim italic"}
_SIGNS: Final = str.maketrans({"-": "•", ">": "▌"})
"""The marks of items and quotations on a terminal."""


def draw(card: Card, *, numbers: bool) -> RenderableType:
    """The card as rich prints it.

    With `numbers`, lists show what to type to open an entry at the prompt;
    without, the command that does the same anywhere.
    """
    return Group(*_parts(card, numbers=numbers))


def _parts(card: Card, *, numbers: bool) -> Iterator[RenderableType]:
    number = count(1)
    for place, (part, block) in enumerate(page_of(card)):
        if place and not block.close:
            yield Text()
        if block.command:
            yield _entry(block, next(number) if numbers else 0)
        elif block.fenced:
            # Only an unwrapped line can be copied.
            code = indent(printable(block.text), "  ")
            yield Text(code, "green", no_wrap=True, overflow="ignore")
        else:
            style = "bold cyan" if block.heading else _STYLES[part]
            yield _Hanging(text=_text(block, style), mark=block.mark, indent=block.indent)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Hanging:
    """A text with a mark before its first line and blanks, or a bar, before the others."""

    text: Text
    mark: str
    indent: str

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        width = max(options.max_width - len(self.mark), 1)
        for number, line in enumerate(self.text.wrap(console, width)):
            before = self.indent if number else self.mark
            line.rstrip()
            yield Text.assemble((before.translate(_SIGNS), "green"), line)


def _entry(block: Block, number: int) -> _Hanging:
    """The entry after its number; after a bullet if that is 0, and with its command."""
    text = _text(block, "", behind="dim" if titled(block) else "")
    if not number and block.command != block.text:
        text.append("\n" if titled(block) else "  ").append(_flat(block.command), "blue")
    return _Hanging(text=text, mark=f"{number:>3} " if number else "- ", indent="    " if number else "  ")


def _text(block: Block, style: str, behind: str = "") -> Text:
    """The block's text; what is `behind` a title, and what is below it, in styles of their own."""
    text = Text(style=style)
    for span in block.spans:
        text.append(printable(span.text).replace("\u00a0", " "), _style(span, behind))
    return text


def _style(span: Span, behind: str) -> Style:
    if span.text == HIGHLIGHTED:
        return Style(color="yellow")
    if behind and not span.bold:
        return Style(italic=True) if span.text.startswith("\n") else Style.parse(behind)
    return Style(
        bold=span.bold or None,
        italic=span.italic or None,
        underline=(bool(span.url) and not span.bold) or None,
        color="cyan" if span.code else None,
        link=web_address(span.url) or None,
    )


def _flat(text: str) -> str:
    return " ".join(printable(text).split())
