"""The pieces that screens are put together from: titles, bylines, buttons, menus."""

from collections.abc import Iterator, Sequence
from typing import Final

from adapters.discord.escape import escape
from adapters.discord.format import fit
from adapters.discord.screens import TITLE, Button, Colour
from bot.cards.routes import Route
from bot.cards.wording import DOT, STAR, appeared_in, authors_of, name_of
from bot.model.newsletter import Summary

_BYLINE: Final = 240
_COLOURS: Final = {
    "Highlights": Colour.HIGHLIGHT,
    "Technical AI alignment": Colour.ALIGNMENT,
    "Near-term concerns": Colour.NEAR_TERM,
    "AI governance": Colour.GOVERNANCE,
    "AI strategy and policy": Colour.GOVERNANCE,
    "Malicious use of AI": Colour.MISUSE,
    "Other progress in AI": Colour.PROGRESS,
}


def colour_of(section: Sequence[str]) -> Colour:
    """The colour of the group that a section belongs to."""
    return _COLOURS.get(section[0], Colour.PLAIN) if section else Colour.PLAIN


def title_of(text: str, *, highlight: bool = False) -> str:
    """An embed's title in at most 256 characters, cut at a word."""
    mark = f"{STAR} " if highlight else ""
    return mark + shortened(name_of(text), TITLE - len(mark))


def shortened(text: str, limit: int) -> str:
    """The text escaped, in one line, and cut at a word to at most `limit` characters."""
    return escape(fit(text, limit))


def byline(summary: Summary) -> str:
    """Who wrote it, where it appeared and when, in one line of Markdown."""
    authors, appeared = authors_of(summary, _BYLINE), appeared_in(summary)
    facts = (
        f"**{shortened(authors, _BYLINE)}**" if authors.strip() else "",
        shortened(appeared, _BYLINE) if appeared else "",
    )
    return DOT.join(fact for fact in facts if fact)


def turns(route: Route, pages: int) -> Iterator[Button]:
    """Previous and Next, where there is more than one page."""
    if pages > 1:
        around = (("Previous", route.page - 1), ("Next", route.page + 1))
        for name, page in around:
            there = Route(view=route.view, target=route.target, page=page)
            yield Button(label=name, route=there, enabled=1 <= page <= pages)
