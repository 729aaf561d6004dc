"""What a card is made of on any chat platform, and what a platform holds of it."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.cards.routes import Route
from bot.lookup.commands import Command
from bot.text.paging import Gap, Write
from bot.text.rich_text import Block, Layout, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """An entry of a menu; `value` is the target it leads to."""

    label: str
    value: str
    description: str = ""
    marked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Menu:
    """At most as many options as the platform's menus hold, no two with one value.
    Picked at the sections they open a section, anywhere else a summary. `route` is
    where the menu stands.
    """

    placeholder: str
    options: tuple[Option, ...]
    route: Route


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """All that one message says, in the order in which it is read.

    `section` is the path that it belongs to. `facts` are small, `lead` is what we
    say ourselves, and `body` stands `tight` below that or apart from it. `credits`
    and `footer` come last. `route` is what to share of it and the page of `pages`
    that it is, None where there is nothing to share; `ways` are labels and spots of
    buttons. `private` says that it concerns only who asked, `missed` that nothing
    was found for them.
    """

    title: str = ""
    url: str = ""
    highlight: bool = False
    section: tuple[str, ...] = ()
    facts: tuple[Span, ...] = ()
    lead: tuple[Block, ...] = ()
    tight: bool = False
    body: tuple[Block, ...] = ()
    credits: tuple[str, ...] = ()
    footer: str = ""
    pages: int = 1
    ways: tuple[tuple[str, Route], ...] = ()
    menu: Menu | None = None
    private: bool = False
    missed: bool = False
    route: Route | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CardFormat:
    """How a platform writes, and how much its cards hold, in characters.

    `fit` cuts a text to so many characters as the platform counts them, `label` to
    what an option of a menu holds. `gap` parts a block from the one above it, and
    `takes` is how much of a page or a list it uses. A menu holds `options`; `target` and
    `value` are the longest names that a button and an option can lead to. A list
    holds `listed`; where it would be longer, titles in it are cut to `brief`. A
    page of an issue holds `page`. Entries with their first sentences stand `tight`
    or a blank line apart. `commands` are those that exist, `works` tells whether an
    example can be typed, and `aside` what else there is to know of asking.
    """

    write: Write
    fit: Callable[[str, int], str]
    label: Callable[[str], str]
    gap: Gap
    takes: Callable[[Block], int]
    heading: Callable[[str], Block]
    layout: Layout
    tight: bool
    options: int
    target: int
    value: int
    listed: int
    brief: int
    page: int
    commands: tuple[Command, ...]
    works: Callable[[str], bool]
    aside: tuple[Block, ...] = ()
