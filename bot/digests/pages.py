"""Entries of a digest on as many pages as its platform needs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from msgspec.structs import replace

from bot.model.newsletter import Headline
from bot.text.paging import Write, pieces
from bot.text.rich_text import Block, heading

PER_PAGE: Final = 25
"""Entries of a page: as many as the smallest menu holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An entry's blocks, and the heading above them."""

    heading: str
    blocks: tuple[Block, ...]
    headline: Headline


@dataclass(slots=True, kw_only=True)
class Page:
    """The blocks of one part, which take `used` characters, and the entries they are about."""

    blocks: list[Block]
    headlines: list[Headline]
    used: int = 0

    def add(self, block: Block, length: int) -> None:
        """Put the block, which takes that many characters, below the others."""
        self.blocks.append(block)
        self.used += length


def pages_of(items: Sequence[Item], room: int, write: Write) -> list[Page]:
    """The items on pages; each page begins with the heading of its first item."""
    pages = [Page(blocks=[], headlines=[])]
    under = ""
    for item in items:
        blocks = list(item.blocks)
        if item.heading != under:
            under = item.heading
            blocks.insert(0, heading(under))
        place(pages, blocks, item, room, write)
    return [page for page in pages if page.headlines]


def place(pages: list[Page], blocks: Sequence[Block], item: Item, room: int, write: Write) -> None:
    """Put the item's blocks on the last page, and on further pages if they do not fit."""
    first = sum(len(write(block)) + 2 for block in blocks[:2])
    if pages[-1].headlines and (pages[-1].used + first > room or len(pages[-1].headlines) >= PER_PAGE):
        pages.append(Page(blocks=[], headlines=[]))
        if not blocks[0].heading:
            blocks = [heading(item.heading), *blocks]
    for block in blocks:
        for piece in pieces(block, room - 2, room - pages[-1].used - 2, write):
            length = len(write(piece)) + 2
            if pages[-1].used + length > room and pages[-1].blocks:
                pages.append(Page(blocks=[], headlines=[]))
                piece = replace(piece, close=False)  # noqa: PLW2901 - nothing is above it there
            pages[-1].add(piece, length)
            if item.headline not in pages[-1].headlines:
                pages[-1].headlines.append(item.headline)
