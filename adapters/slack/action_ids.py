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

from bot.cards.routes import Route, View

TARGET: Final = 200
"""Characters that are left for the name of a thing."""
VALUE: Final = 150
"""Characters of an option's value."""
_MOST_PAGES: Final = 9999


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
    ABOUT = "about"
    """Tell of the digest whose subscription the spot names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ButtonAction:
    """All that an action id says. `owner` is Slack's id of who asked, "" for nobody."""

    verb: Verb
    route: Route
    owner: str = ""


ACTION: Final = re.compile(
    rf"an:(?P<verb>{'|'.join(Verb)}):(?P<view>[tocbipsm])(?P<page>[0-9]{{1,4}}):"
    rf"(?P<owner>[0-9A-Z]{{0,30}}):(?P<target>.{{0,{TARGET}}})",
    re.DOTALL,
)
"""Our action ids."""


def encode(press: ButtonAction) -> str:
    """The action id, at most 255 characters.

    >>> encode(ButtonAction(verb=Verb.GO, route=Route(view=View.TEXT, target="58-a", page=2), owner="U1"))
    'an:go:t2:U1:58-a'
    """
    route = press.route
    page = min(max(route.page, 0), _MOST_PAGES)
    return f"an:{press.verb}:{route.view}{page}:{press.owner}:{route.target[:TARGET]}"


def decode(action_id: str) -> ButtonAction | None:
    """What the action id says; None for one that is not ours.

    >>> decode("an:go:t2:U1:58-a").route.target, decode("another app's")
    ('58-a', None)
    """
    match = ACTION.fullmatch(action_id)
    if not match:
        return None
    route = Route(view=View(match["view"]), target=match["target"], page=int(match["page"]))
    return ButtonAction(verb=Verb(match["verb"]), route=route, owner=match["owner"])
