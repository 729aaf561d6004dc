"""The newsletter's Markdown as blocks of styled text, ready to be cut anywhere.

A block is a paragraph, a list item, a quotation or code. Its text is a row of `Span`s,
each with its whole style: a piece of a block can be written on its own, and nothing
that is opened in one piece has to be closed in another. A card has hundreds of spans, so
they are structs, which are made in a fifteenth of the time that frozen dataclasses take.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from typing import Final

from markdown_it.token import Token
from msgspec import Struct
from msgspec.structs import replace

from bot.text.markdown import parse, printable

ADDRESS: Final = re.compile(
    r"""https?://(?:[^\s<>()]|\([^\s<>()]*\))*(?:\([^\s<>()]*\)|[^\s<>().,:;"'”’\]*_])""", re.IGNORECASE
)
"""Brackets in an address come in pairs, and no full stop ends one."""


class Span(Struct, frozen=True, kw_only=True):
    """Text of one style. `url` is where it leads, "" for nowhere. `moment` is the time that it
    names: a platform that can shows it on the reader's own clock.
    """

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    url: str = ""
    moment: datetime | None = None


class Block(Struct, frozen=True, kw_only=True):
    """A paragraph or a list item. `mark` is written before its first line, `indent`
    before the others; `close` puts it right under the block before it. A `heading`
    is on one page with what follows. `command` is what a person can type to open
    what the block is about.
    """

    spans: tuple[Span, ...]
    mark: str = ""
    indent: str = ""
    close: bool = False
    fenced: bool = False
    heading: bool = False
    command: str = ""

    @property
    def text(self) -> str:
        """The text without any style."""
        return "".join(span.text for span in self.spans)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How lists are set: how deep, and what marks an item at each depth; the
    last mark serves all depths below.
    """

    indent: str = "  "
    bullets: tuple[str, ...] = ("- ",)


AS_MARKDOWN: Final = Layout()
_STYLE: Final = attrgetter("bold", "italic", "code", "url", "moment")


@lru_cache(maxsize=500)
def blocks_of(markdown: str, layout: Layout = AS_MARKDOWN) -> tuple[Block, ...]:
    """The text's blocks in their order; () for an empty text.

    Those of a card's text are kept, for parsing them is a third of making the card, and each page
    that is turned to and each view needs them again.
    """
    reader = _Reader(layout)
    for token in parse(printable(markdown)):
        reader.take(token)
    return tuple(reader.blocks)


def plain_block(text: str, *, italic: bool = False) -> Block:
    """A block of plain text in one style."""
    return Block(spans=(Span(text=text, italic=italic),))


def heading(text: str, *, mark: str = "") -> Block:
    """A heading of plain text, on one line: it begins with the mark, or is bold without one."""
    line = Span(text=" ".join(text.split()), bold=not mark)
    return Block(spans=(line,), mark=mark, close=bool(mark), heading=True)


def joined(spans: Iterable[Span]) -> list[Span]:
    """Neighbours of wholly one style made one."""
    merged: list[Span] = []
    for _, same in groupby(spans, key=_STYLE):
        first, *rest = same
        text = "".join((first.text, *(span.text for span in rest)))
        merged.append(replace(first, text=text) if rest else first)
    return merged


class _Reader:
    """Follows the tokens, and remembers which lists and quotations are open."""

    def __init__(self, layout: Layout) -> None:
        self.blocks: list[Block] = []
        self._layout = layout
        self._lists: list[int | None] = []
        self._quotes = 0
        self._bullet = ""
        self._close = False
        self._heading = False

    def take(self, token: Token) -> None:
        match token.type:
            case "bullet_list_open":
                self._lists.append(None)
            case "ordered_list_open":
                self._lists.append(int(token.attrs.get("start", 1)))
            case "bullet_list_close" | "ordered_list_close":
                self._lists.pop()
                self._close = bool(self._lists)
            case "list_item_open":
                self._bullet = self._next_bullet()
            case "list_item_close":
                self._bullet, self._close = "", True
            case "blockquote_open" | "blockquote_close":
                self._quotes += token.nesting
            case "heading_open" | "heading_close":
                self._heading = token.nesting > 0
            case "inline":
                self._add(tuple(_inline(token.children or [], bold=self._heading)))
            case "fence":
                self._add((Span(text=token.content.rstrip("\n"), code=True),), fenced=True)
            case _:
                pass

    def _add(self, spans: tuple[Span, ...], *, fenced: bool = False) -> None:
        quote = "> " if self._quotes else ""
        deep = quote + self._layout.indent * (len(self._lists) - 1)
        inside = deep + (self._layout.indent if self._lists else "")
        mark = deep + self._bullet if self._bullet else inside
        close = self._close and bool(self._lists)
        self.blocks.append(
            Block(spans=spans, mark=mark, indent=inside, close=close, fenced=fenced, heading=self._heading)
        )
        self._bullet, self._close = "", bool(self._lists)

    def _next_bullet(self) -> str:
        number = self._lists[-1]
        if number is None:
            bullets = self._layout.bullets
            return bullets[min(len(self._lists), len(bullets)) - 1]
        self._lists[-1] = number + 1
        return f"{number}. "


def _inline(tokens: Sequence[Token], *, bold: bool) -> Iterator[Span]:
    url = ""
    strong, em = int(bold), 0
    for token in tokens:
        style = Span(text="", bold=strong > 0, italic=em > 0, url=url)
        match token.type:
            case "em_open" | "em_close":
                em += token.nesting
            case "strong_open" | "strong_close":
                strong += token.nesting
            case "link_open":
                url = str(token.attrs.get("href", ""))
            case "link_close":
                url = ""
            case "code_inline":
                yield replace(style, text=token.content, code=True)
            case "image":
                yield replace(style, text=token.content or "image", url=str(token.attrs.get("src", "")))
            case "softbreak":
                yield replace(style, text=" ")
            case "hardbreak":
                yield Span(text="\n")
            case _:
                yield from _addresses(replace(style, text=token.content))


def _addresses(span: Span) -> Iterator[Span]:
    """The span with the bare addresses in its text made links of their own."""
    end = 0
    for match in ADDRESS.finditer(span.text) if not span.url else ():
        yield replace(span, text=span.text[end : match.start()])
        yield replace(span, text=match[0], url=match[0])
        end = match.end()
    yield replace(span, text=span.text[end:])
