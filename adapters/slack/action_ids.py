"""What a button leads to, and how that fits into its action id.

An action id has 255 characters and, with the key of what was picked, is all
that is left of a card after a restart, so it says everything: what to do, whose
card it is, which view of which thing, and which page. A target that is too long
for it is the `value` of its button. The query that led to the card is in the id of
the block: Slack sends that along, but not the message if one person alone sees it.
"""

import re
from dataclasses import dataclass
from typing import Final

from bot.cards.routes import Route, Verb, View

TARGET: Final = 200
"""Characters of a target in an action id."""
VALUE: Final = 150
"""Characters of an option's value."""
BUTTON_VALUE: Final = 2_000
"""Characters of a button's value."""
_MOST_PAGES: Final = 9999
_WORDS: Final = {verb.name.lower(): verb for verb in Verb}


@dataclass(frozen=True, slots=True, kw_only=True)
class ButtonAction:
    """All that an action id says. `owner` is the user id of the asker, "" if the card is nobody's."""

    verb: Verb
    route: Route
    owner: str = ""


ACTION: Final = re.compile(
    rf"an:(?P<verb>{'|'.join(_WORDS)}):(?P<view>[{''.join(View)}])(?P<page>[0-9]{{1,4}}):"
    rf"(?P<owner>[0-9A-Z]{{0,30}}):(?P<target>.{{0,{TARGET}}})",
    re.DOTALL,
)
"""The action ids of cards."""
_BLOCK: Final = re.compile(r"an:[a-z]+:(.+)", re.DOTALL)


def encode(action: ButtonAction) -> str:
    """The action id, at most 255 characters.

    >>> encode(ButtonAction(verb=Verb.GO, route=Route(view=View.TEXT, target="58-a", page=2), owner="U1"))
    'an:go:t2:U1:58-a'
    """
    route = action.route
    page = min(max(route.page, 0), _MOST_PAGES)
    return f"an:{action.verb.name.lower()}:{route.view}{page}:{action.owner}:{route.target[:TARGET]}"


def decode(action_id: str) -> ButtonAction | None:
    """What the action id says; None for one that is not ours.

    >>> decode("an:go:t2:U1:58-a").route.target, decode("another app's")
    ('58-a', None)
    """
    match = ACTION.fullmatch(action_id)
    if not match:
        return None
    route = Route(view=View(match["view"]), target=match["target"], page=int(match["page"]))
    return ButtonAction(verb=_WORDS[match["verb"]], route=route, owner=match["owner"])


def block_id(name: str, query: Route) -> str:
    """The id of a row of buttons or menus on a card that the query led to.

    >>> block_id("menu", Route(view=View.MATCHES, target="mesa"))
    'an:menu:mesa'
    """
    return f"an:{name}:{query.target[:TARGET]}"


def query_in(block: str) -> Route | None:
    """The query in the id of a block.

    >>> query_in("an:menu:mesa").target, query_in("xY1")
    ('mesa', None)
    """
    match = _BLOCK.fullmatch(block)
    return Route(view=View.MATCHES, target=match[1]) if match else None
