"""What a button leads to, and how that fits into its custom id.

A custom id has 100 characters and is all that is left of a button after a
restart, so it says everything: what to do, whose card it is, which view of
which thing, and which page. Things are named by summary keys (at most 80
characters), issue numbers, section names or typed queries, never by anything
that a rebuilt database would number anew.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.cards.routes import Route, View

TARGET: Final = 80
"""Characters that are left for the name of a thing."""
_MOST_PAGES: Final = 36 * 36 - 1
_DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"


class Verb(StrEnum):
    """What pressing does."""

    GO = "g"
    """Show the spot."""
    PICK = "k"
    """Show what is picked from a menu that stands at the spot."""
    SHARE = "h"
    """Show the spot to the whole channel."""
    REMOVE = "r"
    """Remove the message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ButtonAction:
    """All that a custom id says. `owner` is the id of who asked."""

    verb: Verb
    route: Route
    owner: int


_REST: Final = r"(?P<view>[tocbipsm])(?P<page>[0-9a-z]{1,2}):(?P<owner>[0-9a-z]{1,13}):(?P<target>.{0,80})"
BUTTON: Final = re.compile(rf"(?P<verb>[ghr]){_REST}", re.DOTALL)
"""The custom ids of buttons."""
MENU: Final = re.compile(rf"(?P<verb>k){_REST}", re.DOTALL)
"""The custom ids of menus."""


def encode(press: ButtonAction) -> str:
    """The custom id, at most 100 characters.

    >>> encode(ButtonAction(verb=Verb.GO, route=Route(view=View.TEXT, target="58-a", page=2), owner=35))
    'gt2:z:58-a'
    """
    route = press.route
    page = min(max(route.page, 0), _MOST_PAGES)
    return f"{press.verb}{route.view}{_base36(page)}:{_base36(press.owner)}:{route.target[:TARGET]}"


def decode(match: re.Match[str]) -> ButtonAction:
    """What the custom id that `BUTTON` or `MENU` matches says."""
    route = Route(view=View(match["view"]), target=match["target"], page=int(match["page"], 36))
    return ButtonAction(verb=Verb(match["verb"]), route=route, owner=int(match["owner"], 36))


def _base36(number: int) -> str:
    digits = ""
    while True:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
        if not number:
            return digits
