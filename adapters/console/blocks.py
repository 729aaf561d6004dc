"""An answer as a page: the few kinds of blocks that a terminal page is made of.

`page_of` decides what is said and in which order; how a block looks is settled
by `rich_page` (a terminal) and `plain_page` (everything else).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """What the page is about, linked to `url` if there is one."""

    text: str
    url: str = ""
    highlight: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Short plain facts in one line, shown apart from the text."""

    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """Opens a part of the page."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """Running text in Markdown."""

    markdown: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """What the bot itself says, as plain text whose lines stay apart."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A line of a list that opens something: its number stands for `command`."""

    text: str
    command: str
    detail: str = ""
    highlight: bool = False
    lead: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """A list to pick from. Numbers run on over all lists of a page.

    A `close` list keeps every entry, and what to type for it, in one line.
    """

    items: tuple[Item, ...]
    close: bool = False
    first: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What to type, and what it does."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shell:
    """A command line for a shell: stays in one line, so that it can be copied."""

    line: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """A remark of lesser weight: where to go on, a notice."""

    text: str


Block = Title | Facts | Heading | Prose | Sentence | Items | Table | Shell | Aside
Page = tuple[Block, ...]

MARK: Final = "★"
"""Stands before what the newsletter highlighted."""


def numbered(blocks: Iterable[Block]) -> Page:
    """The page with its lists numbered through, and without empty blocks."""
    page: list[Block] = []
    number = 1
    for block in blocks:
        match block:
            case Items(items=items):
                page.append(replace(block, first=number))
                number += len(items)
            case Facts(facts=()):
                pass
            case _:
                page.append(block)
    return tuple(page)


def commands_of(page: Sequence[Block]) -> tuple[str, ...]:
    """What the numbers on the page stand for, in their order."""
    return tuple(item.command for block in page if isinstance(block, Items) for item in block.items)
