"""What a button leads to, and how that fits into its action id.

An action id has 255 characters and, with the key of what was picked, is all
that is left of a card after a restart, so it says everything: what to do, whose
card it is, which view of which thing, and which page. Things are named by
summary keys, issue numbers, section names or typed queries, never by anything
that a rebuilt database would number anew.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.types import Filters

TARGET: Final = 200
"""Characters that are left for the name of a thing."""
_OPTION: Final = 150
"""Characters of an option's value."""
_MOST_PAGES: Final = 9999
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
    """What an action does."""

    GO = "go"
    """Show the spot."""
    PICK = "pick"
    """Show what is picked from a menu that stands at the spot."""
    SEARCH = "search"
    """Show what was typed into a box."""
    SHARE = "share"
    """Show the spot to the whole channel."""
    REMOVE = "remove"
    """Remove the message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A view of a thing. `target` has at most 200 characters; pages count from 1."""

    view: View
    target: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """All that an action id says. `owner` is Slack's id of who asked, "" for nobody."""

    verb: Verb
    spot: Spot
    owner: str = ""


ACTION: Final = re.compile(
    rf"an:(?P<verb>{'|'.join(Verb)}):(?P<view>[tocbipsm])(?P<page>[0-9]{{1,4}}):"
    rf"(?P<owner>[0-9A-Z]{{0,30}}):(?P<target>.{{0,{TARGET}}})",
    re.DOTALL,
)
"""Our action ids."""


def encode(press: Press) -> str:
    """The action id, at most 255 characters.

    >>> encode(Press(verb=Verb.GO, spot=Spot(view=View.TEXT, target="58-a", page=2), owner="U1"))
    'an:go:t2:U1:58-a'
    """
    spot = press.spot
    page = min(max(spot.page, 0), _MOST_PAGES)
    return f"an:{press.verb}:{spot.view}{page}:{press.owner}:{spot.target[:TARGET]}"


def decode(action_id: str) -> Press | None:
    """What the action id says; None for one that is not ours.

    >>> decode("an:go:t2:U1:58-a").spot.target, decode("another app's")
    ('58-a', None)
    """
    match = ACTION.fullmatch(action_id)
    if not match:
        return None
    spot = Spot(view=View(match["view"]), target=match["target"], page=int(match["page"]))
    return Press(verb=Verb(match["verb"]), spot=spot, owner=match["owner"])


def picked(menu: Spot, value: str) -> Spot:
    """What the option of a menu leads to."""
    view = View.TOPIC if menu.view is View.SECTIONS else View.TEXT
    return Spot(view=view, target=value)


def section(path: tuple[str, ...]) -> Spot:
    """The spot of a section: by its whole path if an option holds that, else by its last name."""
    whole = " ".join(path)
    return Spot(view=View.TOPIC, target=whole if len(whole) <= _OPTION else _cut(path[-1], _OPTION))


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
    whole = f"{_cut(' '.join(words.split()), room)} {narrowed}".strip()
    return Spot(view=View.MATCHES, target=_cut(whole, TARGET))


def _plain(value: str) -> str:
    return _BLANKS.sub(" ", value).strip()


def _cut(text: str, room: int) -> str:
    if len(text) <= room:
        return text
    head = text[: max(room, 0) + 1]
    return head.rpartition(" ")[0] or head[: max(room, 0)]
