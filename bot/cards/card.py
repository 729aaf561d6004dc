"""What a card is made of on any platform, and how much of it a platform holds."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.cards.routes import Route, Verb
from bot.lookup.commands import Command
from bot.pictures import Picture
from bot.text.paging import Gap, Write
from bot.text.rich_text import Block, Layout, Span, blocks_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """An entry of a menu; `value` is the target it leads to."""

    label: str
    value: str
    description: str = ""
    marked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Menu:
    """Options of a menu: at most as many as the platform's menus hold, no two with one value.

    An option of the menu of all sections leads to a section, any other to a summary.
    `verb` is PICK or OPEN; `route` is the card that the menu belongs to.
    """

    placeholder: str
    options: tuple[Option, ...]
    route: Route
    verb: Verb = Verb.PICK


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """A button that does `verb` at `route`."""

    label: str
    route: Route
    verb: Verb = Verb.GO


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """All that one message says, in the order in which it is read.

    title, url   what it is about, linked; `highlight` marks it with a star
    section      the path of headings that it belongs to
    place        where the newsletter printed it ("AN #58"), linked to `place_url`
    byline       who wrote it, and where it appeared
    facts        small facts, such as a date and a count
    lead         what the bot itself says of the body
    body         the text or the list, `tight` below the lead or apart from it
    credits      who summarized it and who pointed to it
    footer       how old the data is, and which page this is
    notice       what is said beside the card; a card of a notice alone is a sentence

    `route` is what Share shares, and which of `pages` this is; None if there is nothing
    to share. A `private` card is for the asker alone. A `missed` one says that something
    was not found or not done. `picture` shows at a glance what the card lists.
    """

    title: str = ""
    url: str = ""
    highlight: bool = False
    section: tuple[str, ...] = ()
    place: str = ""
    place_url: str = ""
    byline: tuple[str, ...] = ()
    facts: tuple[Span, ...] = ()
    lead: tuple[Block, ...] = ()
    tight: bool = False
    body: tuple[Block, ...] = ()
    credits: tuple[str, ...] = ()
    footer: str = ""
    notice: tuple[Block, ...] = ()
    pages: int = 1
    buttons: tuple[Button, ...] = ()
    menu: Menu | None = None
    private: bool = False
    missed: bool = False
    route: Route | None = None
    picture: Picture | None = None


def sentence_card(markdown: str) -> Card:
    """A sentence of the bot's own, in Markdown, for the asker alone."""
    return Card(notice=blocks_of(markdown), private=True)


def state_card(markdown: str, *, title: str = "", missed: bool = False) -> Card:
    """How something is set, or why it cannot be, in Markdown, for the asker alone."""
    return Card(title=title, body=blocks_of(markdown), private=True, missed=missed)


@dataclass(frozen=True, slots=True, kw_only=True)
class CardFormat:
    """How a platform writes cards, and how much they hold, in characters as it counts them.

    write, heading   a block, and a heading, as the platform writes them
    fit              cuts a text to so many characters
    label            cuts a text to what an option of a menu holds
    gap              characters between a block and the one above it
    takes            how much of a page or a list a block uses
    layout           how lists are set; `tight` leaves no blank line between entries
    options          entries that a menu holds
    target, value    the longest target of a button and of an option
    listed           what a list holds; in a longer one titles are cut to `brief`
    page             what a page of an issue holds
    commands         the commands of the platform; `works` says if an example can be typed
    aside            what else help says
    whole            a card shows everything at once, with what to type to go on
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
    whole: bool = False
