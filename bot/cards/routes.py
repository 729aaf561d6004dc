"""What a button does, and where it leads.

A button is all that is left of a card after a restart. So a route names things by
summary keys, issue numbers, section names or typed queries, never by anything
that a rebuilt database would number anew. How long a name may be (`room`, in
characters) is the platform's limit.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.model.search import Filters

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
    """What pressing a button or picking from a menu does."""

    GO = "g"
    """Show the route in place of the card."""
    PICK = "k"
    """Show what is picked, in place of the card."""
    OPEN = "e"
    """Show the route, or what is picked, to this person alone."""
    SEARCH = "q"
    """Show what is typed into a box."""
    SHARE = "h"
    """Show the route to the whole channel."""
    REMOVE = "r"
    """Remove the card."""
    ABOUT = "d"
    """Describe the subscription of that id."""
    CHANGE = "c"
    """Change a subscription, as the question of that name says."""
    FORM = "f"
    """Open the form of that name again, with what was filled in."""
    KEEP = "n"
    """Leave the subscription as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """A view of a thing. Pages count from 1; a button that leads nowhere may name page 0."""

    view: View
    target: str = ""
    page: int = 1


NOWHERE: Final = Route(view=View.TEXT)
"""The route of a button that needs none."""


def command_of(route: Route) -> str:
    """What a person types to get there.

    >>> command_of(Route(view=View.TOPIC, target="Mesa optimization", page=2))
    '/topic Mesa optimization page:2'
    """
    match route.view:
        case View.TEXT | View.OPINION | View.CITES | View.CITED_BY:
            return f"/open {route.target}"
        case View.ISSUE:
            return f"/an {route.target}"
        case View.TOPIC:
            return f"/topic {route.target}{_page_of(route)}"
        case View.SECTIONS:
            return f"/topic{_page_of(route)}"
        case View.MATCHES:
            return f"/paper {route.target}{_page_of(route)}"


def _page_of(route: Route) -> str:
    return f" page:{route.page}" if route.page > 1 else ""


def picked(menu: Route, value: str) -> Route:
    """The route of a menu's option."""
    view = View.TOPIC if menu.view is View.SECTIONS else View.TEXT
    return Route(view=view, target=value)


def section(path: tuple[str, ...], room: int) -> Route:
    """The route of a section: by its whole path if that fits, else by its last name."""
    whole = " ".join(path)
    return Route(view=View.TOPIC, target=whole if len(whole) <= room else _cut(path[-1], room))


def query(words: str, filters: Filters, room: int) -> Route:
    """The route of what fits a query: the query as one would type it. A long one
    keeps its filters and its first words.

    >>> query("mesa", Filters(by="evan hubinger", year=2019), 80).target
    'mesa by:"evan hubinger" year:2019'
    """
    typed = [
        f'by:"{_plain(filters.by)}"' if filters.by else "",
        f'in:"{_plain(filters.section)}"' if filters.section else "",
        f"an:{filters.issue}" if filters.issue is not None else "",
        f"year:{filters.year}" if filters.year is not None else "",
        "is:highlight" if filters.highlight else "",
        filters.unreadable,
    ]
    narrowed = " ".join(part for part in typed if part)
    left = room - len(narrowed) - bool(narrowed)
    whole = f"{_cut(' '.join(words.split()), left)} {narrowed}".strip()
    return Route(view=View.MATCHES, target=_cut(whole, room))


def _plain(value: str) -> str:
    return _BLANKS.sub(" ", value).strip()


def _cut(text: str, room: int) -> str:
    if len(text) <= room:
        return text
    head = text[: max(room, 0) + 1]
    return head.rpartition(" ")[0] or head[: max(room, 0)]
