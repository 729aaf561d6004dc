"""What a message of ours is made of, before it is Discord's: pure values."""

from dataclasses import dataclass
from enum import Enum
from typing import Final

from adapters.discord.custom_ids import Verb
from bot.cards.card import Menu
from bot.cards.routes import Route

LIST: Final = 25
"""The most options a menu can have."""
LABEL: Final = 80
OPTION: Final = 100
TITLE: Final = 256
FOOTER: Final = 2048
DESCRIPTION: Final = 4096
EMBED: Final = 6000
CONTENT: Final = 2000
ROWS: Final = 5
IN_A_ROW: Final = 5


class Colour(Enum):
    """The edge of a card."""

    HIGHLIGHT = 0xE8A317
    ALIGNMENT = 0x3D7DD8
    NEAR_TERM = 0x1FA3A0
    GOVERNANCE = 0x8A5CD1
    MISUSE = 0xCC4B4B
    PROGRESS = 0x4B9E4B
    PLAIN = 0x7C8796
    MISSED = 0xC98A2B


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """An embed. `description` is Markdown; `title` is, too; the others are plain."""

    title: str
    description: str
    url: str = ""
    colour: Colour = Colour.PLAIN
    author: str = ""
    author_url: str = ""
    footer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """Does `verb` at `route`."""

    label: str
    route: Route
    verb: Verb = Verb.GO
    enabled: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """One message. `private` says that it concerns only who asked; `route` is
    what to share of it, None where there is nothing to share.
    """

    card: Card
    buttons: tuple[Button, ...] = ()
    menu: Menu | None = None
    content: str = ""
    private: bool = False
    route: Route | None = None
