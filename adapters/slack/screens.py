"""What a message of ours is made of, before it is Slack's: pure values."""

from dataclasses import dataclass
from typing import Final

from adapters.slack.action_ids import Verb
from bot.cards.card import Menu
from bot.cards.routes import Route
from bot.text.rich_text import Block

LIST: Final = 30
"""Entries on a page: Slack's menus hold 100, but their words count towards a
message's length as well.
"""
LABEL: Final = 75
OPTION: Final = 75
SECTION: Final = 3000


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """Does `verb` at `route`."""

    label: str
    route: Route
    verb: Verb = Verb.GO


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """One message: a head, small facts below it, a body, a plain footer.

    `private` says that it concerns only who asked; `route` is what to share of
    it, None where there is nothing to share. `notice` is said along with it.
    """

    head: tuple[Block, ...]
    facts: tuple[Block, ...] = ()
    body: tuple[Block, ...] = ()
    footer: str = ""
    buttons: tuple[Button, ...] = ()
    menu: Menu | None = None
    notice: tuple[Block, ...] = ()
    private: bool = False
    route: Route | None = None
