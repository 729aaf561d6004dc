"""A card at a terminal: colours, and links that can be clicked.

Not every terminal can follow a link, so the addresses are shown too: that of the title
below it, those of the text in a list after it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from textwrap import indent
from typing import Final

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.style import Style
from rich.text import Text

from adapters.console.page import HIGHLIGHTED, Line, Part, page_of, titled
from bot.cards.card import Card
from bot.cards.wording import web_address
from bot.text.markdown import printable
from bot.text.rich_text import Block, Span

WIDEST: Final = 100
"""Lines longer than this are hard to read, however wide the terminal is."""
FAINT: Final = Style(color="color(243)")
HEADING: Final = Style(color="color(30)", bold=True)
CODE: Final = Style(color="color(30)")
MARK: Final = Style(color="color(28)")
COMMAND: Final = Style(color="color(63)")
HIGHLIGHT: Final = Style(color="color(130)")
"""These can be read on black and on white; of the sixteen basic colours none can, everywhere."""
_STYLES: Final = {
    Part.TITLE: Style(),
    Part.FACTS: FAINT,
    Part.TEXT: Style(),
    Part.WAY: Style(),
    Part.ASIDE: FAINT + Style(italic=True),
}
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
    lines = page_of(card)
    after_text = sum(part not in {Part.WAY, Part.ASIDE} for part, _ in lines)
    for place, (part, block) in enumerate(lines):
        if place == after_text:
            yield from _addresses(lines)
        if place and not block.close:
            yield Text()
        if block.command:
            yield _entry(block, next(number) if numbers else 0)
        elif block.fenced:
            # Only an unwrapped line can be copied.
            code = indent(printable(block.text), "  ")
            yield Text(code, MARK, no_wrap=True, overflow="ignore")
        else:
            style = HEADING if block.heading else _STYLES[part]
            yield _Hanging(text=_text(block, style), mark=block.mark, indent=block.indent)
        if part is Part.TITLE and (address := web_address(card.url)):
            yield _address(address)
    if after_text == len(lines):
        yield from _addresses(lines)


def _addresses(lines: Sequence[Line]) -> Iterator[Text]:
    """The links of the text by their words, each with its address below."""
    spans = (
        span
        for part, block in lines
        if part in {Part.FACTS, Part.TEXT} and not block.command
        for span in block.spans
    )
    named = {web_address(span.url): span.text for span in spans if span.url != span.text}
    named.pop("", None)
    if named:
        yield Text()
        yield Text("Links", HEADING)
    for address, words in named.items():
        yield Text(f"{_flat(words)}:")
        yield _address(address)


def _address(address: str) -> Text:
    """The address in a line of its own, unwrapped: only so it can be copied."""
    return Text(address, FAINT, no_wrap=True, overflow="ignore")


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
            yield Text.assemble((before.translate(_SIGNS), MARK), line)


def _entry(block: Block, number: int) -> _Hanging:
    """The entry after its number; after a bullet if that is 0, and with its command."""
    text = _text(block, Style(), behind=FAINT if titled(block) else None)
    if not number and block.command != block.text:
        text.append("\n" if titled(block) else "  ").append(_flat(block.command), COMMAND)
    return _Hanging(text=text, mark=f"{number:>3} " if number else "- ", indent="    " if number else "  ")


def _text(block: Block, style: Style, behind: Style | None = None) -> Text:
    """The block's text; what is `behind` a title, and what is below it, in styles of their own."""
    text = Text(style=style)
    for span in block.spans:
        text.append(printable(span.text).replace("\u00a0", " "), _style(span, behind))
    return text


def _style(span: Span, behind: Style | None) -> Style:
    if span.text == HIGHLIGHTED:
        return HIGHLIGHT
    if behind and not span.bold:
        return Style(italic=True) if span.text.startswith("\n") else behind
    return Style(
        bold=span.bold or None,
        italic=span.italic or None,
        underline=(bool(span.url) and not span.bold) or None,
        color=CODE.color if span.code else None,
        link=web_address(span.url) or None,
    )


def _flat(text: str) -> str:
    return " ".join(printable(text).split())
