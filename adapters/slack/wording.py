"""The pieces that screens are put together from: titles, bylines, buttons, menus."""

from collections.abc import Iterator
from typing import Final

from adapters.slack.escape import cut
from adapters.slack.screens import Button
from bot.cards.entries import TITLE
from bot.cards.routes import Route
from bot.cards.wording import DOT, STAR, appeared_in, authors_of, name_of
from bot.model.newsletter import Summary
from bot.text.rich_text import Block, Span

_BYLINE: Final = 240


def title_of(title: str, *, url: str | None = "", highlight: bool = False) -> Block:
    """A card's title: bold, linked, at most 256 characters, cut at a word."""
    name = Span(text=cut(name_of(title), TITLE), bold=True, url=url or "")
    star = (Span(text=f"{STAR} "),) if highlight else ()
    return Block(spans=(*star, name), close=True)


def byline(summary: Summary) -> Block:
    """Who wrote it, where it appeared and when, in one line."""
    facts = (cut(authors_of(summary, _BYLINE), _BYLINE), cut(appeared_in(summary), _BYLINE))
    return Block(spans=(Span(text=DOT.join(fact for fact in facts if fact)),), close=True)


def turns(route: Route, pages: int) -> Iterator[Button]:
    """Previous and Next, where there is such a page: Slack has no button that is off."""
    for name, page in (("Previous", route.page - 1), ("Next", route.page + 1)):
        if 1 <= page <= pages:
            yield Button(label=name, route=Route(view=route.view, target=route.target, page=page))
