"""The pieces that cards are put together from: titles, bylines, lines of lists."""

from collections.abc import Iterator, Sequence
from typing import Final

from adapters.discord.escape import cut, escape, harmless, link
from adapters.discord.screens import OPTION, TITLE, Button, Colour, Menu, Option
from bot.chat.spots import Spot
from bot.chat.wording import DOT, STAR, appeared_in, authors_of, facts_of, name_of
from bot.types import Headline, Summary

_IN_A_LIST: Final = 160
_BYLINE: Final = 240
_LIST_LENGTH: Final = 3600
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
    room = limit
    while len(escape(short := cut(text, room))) > limit:
        room -= max((len(escape(short)) - limit) // 2, 1)
    return escape(short)


def byline(summary: Summary) -> str:
    """Who wrote it, where it appeared and when, in one line of Markdown."""
    authors, appeared = authors_of(summary, _BYLINE), appeared_in(summary)
    facts = (
        f"**{shortened(authors, _BYLINE)}**" if authors.strip() else "",
        shortened(appeared, _BYLINE) if appeared else "",
    )
    return DOT.join(fact for fact in facts if fact)


def entry(headline: Headline, facts: str, *, lead: str = "") -> str:
    """A summary in a list: a linked title, what else there is to say of it, and
    its first sentences below.
    """
    title = link(cut(name_of(headline.title), _IN_A_LIST), headline.url or "")
    return _entry(headline, title, facts, lead)


def entries(headlines: Sequence[Headline]) -> list[str]:
    """A list that fits a card, whatever its titles and addresses are: where all of
    it would be too long, its longest entries lose their links, then their ends.
    """
    lines = [entry(headline, facts_of(headline)) for headline in headlines]
    share = _LIST_LENGTH // max(len(lines), 1)
    if sum(len(line) + 1 for line in lines) <= _LIST_LENGTH:
        return lines
    return [
        line if len(line) < share else _brief(headline, share)
        for headline, line in zip(headlines, lines, strict=True)
    ]


def _brief(headline: Headline, room: int) -> str:
    title = shortened(name_of(headline.title), min(room // 2, _IN_A_LIST))
    return _entry(headline, title, cut(facts_of(headline), room // 6), "")


def _entry(headline: Headline, title: str, facts: str, lead: str) -> str:
    mark = f"{STAR} " if headline.highlight else ""
    small = shortened(facts, _BYLINE).replace("AN #", "AN\u00a0#")  # no line ends within it
    line = DOT.join(part for part in (f"{mark}**{title}**", small) if part)
    return f"{line}\n{escape(lead)}" if lead else f"- {line}"


def menu_of(
    headlines: Sequence[Headline], placeholder: str, spot: Spot, *, place: bool = True
) -> Menu | None:
    """A menu that opens the summaries; None for none."""
    options = tuple(
        Option(
            label=_label(name_of(headline.title)),
            value=headline.key,
            description=_label(facts_of(headline, place=place)),
            marked=headline.highlight,
        )
        for headline in {headline.key: headline for headline in headlines}.values()
    )
    return Menu(placeholder=placeholder, options=options, spot=spot) if options else None


def turns(spot: Spot, pages: int) -> Iterator[Button]:
    """Previous and Next, where there is more than one page."""
    if pages > 1:
        around = (("Previous", spot.page - 1), ("Next", spot.page + 1))
        for label, page in around:
            there = Spot(view=spot.view, target=spot.target, page=page)
            yield Button(label=label, spot=there, enabled=1 <= page <= pages)


def _label(text: str) -> str:
    return cut(harmless(text), OPTION)
