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

from bot.types import Filters

TARGET: Final = 80
"""Characters that are left for the name of a thing."""
_MOST_PAGES: Final = 36 * 36 - 1
_DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"
_BLANKS: Final = re.compile(r'[\s"“”„«»]+')


class View(StrEnum):
    """What of a thing is shown."""

    TEXT = "t"
    OPINION = "o"
    CITES = "c"
    CITED_BY = "b"
    ISSUE = "i"
    TOPIC = "p"
    SECTIONS = "s"
    MATCHES = "m"


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
class Spot:
    """A view of a thing. `target` has at most 80 characters; pages count from
    1, but a button that leads nowhere may name page 0.
    """

    view: View
    target: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """All that a custom id says. `owner` is the id of who asked."""

    verb: Verb
    spot: Spot
    owner: int


_REST: Final = r"(?P<view>[tocbipsm])(?P<page>[0-9a-z]{1,2}):(?P<owner>[0-9a-z]{1,13}):(?P<target>.{0,80})"
BUTTON: Final = re.compile(rf"(?P<verb>[ghr]){_REST}", re.DOTALL)
"""The custom ids of buttons."""
MENU: Final = re.compile(rf"(?P<verb>k){_REST}", re.DOTALL)
"""The custom ids of menus."""


def encode(press: Press) -> str:
    """The custom id, at most 100 characters.

    >>> encode(Press(verb=Verb.GO, spot=Spot(view=View.TEXT, target="58-a", page=2), owner=35))
    'gt2:z:58-a'
    """
    spot = press.spot
    page = min(max(spot.page, 0), _MOST_PAGES)
    return f"{press.verb}{spot.view}{_base36(page)}:{_base36(press.owner)}:{spot.target[:TARGET]}"


def decode(match: re.Match[str]) -> Press:
    """What the custom id that `BUTTON` or `MENU` matches says."""
    spot = Spot(view=View(match["view"]), target=match["target"], page=int(match["page"], 36))
    return Press(verb=Verb(match["verb"]), spot=spot, owner=int(match["owner"], 36))


def section(path: tuple[str, ...]) -> Spot:
    """The spot of a section: by its whole path if that fits, else by its last name."""
    whole = " ".join(path)
    return Spot(view=View.TOPIC, target=whole if len(whole) <= TARGET else _cut(path[-1]))


def query(words: str, filters: Filters) -> Spot:
    """The spot of what fits a query: the query as one would type it. Of a long
    one the filters and the first words are kept.

    >>> query("mesa", Filters(by="evan hubinger", year=2019)).target
    'mesa by:"evan hubinger" year:2019'
    """
    typed = [
        f'by:"{_plain(filters.by)}"' if filters.by else "",
        f'in:"{_plain(filters.section)}"' if filters.section else "",
        f"an:{filters.issue}" if filters.issue is not None else "",
        f"year:{filters.year}" if filters.year is not None else "",
        "is:highlight" if filters.highlight else "",
    ]
    narrowed = " ".join(part for part in typed if part)
    room = TARGET - len(narrowed) - bool(narrowed)
    return Spot(view=View.MATCHES, target=_cut(f"{_cut(' '.join(words.split()), room)} {narrowed}".strip()))


def _plain(value: str) -> str:
    return _BLANKS.sub(" ", value).strip()


def _cut(text: str, room: int = TARGET) -> str:
    if len(text) <= room:
        return text
    head = text[: max(room, 0) + 1]
    return head.rpartition(" ")[0] or head[: max(room, 0)]


def _base36(number: int) -> str:
    digits = ""
    while True:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
        if not number:
            return digits
