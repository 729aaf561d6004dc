"""What a button does and where it leads, in its custom id.

A custom id has 100 characters and is all that is left of a button after a
restart, so it holds everything: the verb, the view and the page, whose card it is, and
the name of the thing: a summary's key (at most 80 characters), an issue's number,
a section, a query, the id of a delivery or of a subscription; never anything that a
rebuilt database would number anew.
"""

import re
from dataclasses import dataclass
from typing import Final

from bot.cards.routes import Route, Verb, View

TARGET: Final = 80
"""Characters that are left for the name of a thing."""
_MOST_PAGES: Final = 36 * 36 - 1
_DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True, kw_only=True)
class ButtonAction:
    """All that a custom id holds. `owner` is the id of the asker, 0 for nobody's card."""

    verb: Verb
    route: Route
    owner: int = 0


CUSTOM_ID: Final = re.compile(
    rf"(?P<verb>[{''.join(Verb)}])(?P<view>[{''.join(View)}])(?P<page>[0-9a-z]{{1,2}})"
    rf":(?P<owner>[0-9a-z]{{1,13}}):(?P<target>.{{0,{TARGET}}})",
    re.DOTALL,
)
"""The custom ids of our buttons and menus."""


def encode(action: ButtonAction) -> str:
    """The custom id, at most 100 characters.

    >>> encode(ButtonAction(verb=Verb.GO, route=Route(view=View.TEXT, target="58-a", page=2), owner=35))
    'gt2:z:58-a'
    """
    route = action.route
    page = min(max(route.page, 0), _MOST_PAGES)
    return f"{action.verb}{route.view}{_base36(page)}:{_base36(action.owner)}:{route.target[:TARGET]}"


def decode(match: re.Match[str]) -> ButtonAction:
    """The action of a custom id that `CUSTOM_ID` matches."""
    route = Route(view=View(match["view"]), target=match["target"], page=int(match["page"], 36))
    return ButtonAction(verb=Verb(match["verb"]), route=route, owner=int(match["owner"], 36))


def _base36(number: int) -> str:
    digits = ""
    while True:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
        if not number:
            return digits
