"""Summaries and sections in lists and menus."""

from collections.abc import Callable, Sequence
from typing import Final

from bot.cards.card import CardFormat, Menu, Option
from bot.cards.routes import Route, Verb, View, command_of, section
from bot.cards.wording import DOT, STAR, cut, facts_of, name_of, path_of
from bot.model.newsletter import Headline, SectionCount
from bot.text.rich_text import Block, Span

TITLE: Final = 256
"""Characters of a card's title."""
_IN_A_LIST: Final = 160
_FACTS: Final = 240
_BRIEF_FACTS: Final = 60


def entry(headline: Headline, facts: str, card_format: CardFormat, *, lead: str = "") -> Block:
    """A summary in a list: its linked title, facts behind it, and a `lead` below."""
    title = Span(text=cut(name_of(headline.title), _IN_A_LIST), bold=True, url=headline.url or "")
    return _entry(headline, title, card_format.fit(facts, _FACTS), card_format, lead)


def entries(headlines: Sequence[Headline], card_format: CardFormat) -> tuple[Block, ...]:
    """A list that fits a card, whatever its titles and addresses are: if it would be
    too long, its longest entries lose their links and their ends.
    """
    lines = tuple(entry(headline, facts_of(headline), card_format) for headline in headlines)
    share = card_format.listed // max(len(lines), 1)
    if sum(map(card_format.takes, lines)) <= card_format.listed:
        return lines
    return tuple(
        line if card_format.takes(line) <= share else _brief(headline, card_format)
        for headline, line in zip(headlines, lines, strict=True)
    )


def item(section: SectionCount, name: str, card_format: CardFormat) -> Block:
    """A section in a list, and how much is in it."""
    return Block(
        spans=(Span(text=f"{name} ({section.count:,})"),),
        mark=card_format.layout.bullets[0],
        close=True,
        command=command_of(Route(view=View.TOPIC, target=section.path[-1])),
    )


def menu_of(  # noqa: PLR0913 - what it is called, what it opens and where it is
    headlines: Sequence[Headline],
    placeholder: str,
    route: Route,
    label: Callable[[str], str],
    *,
    place: bool = True,
    verb: Verb = Verb.PICK,
) -> Menu | None:
    """A menu that opens the summaries; None for none. `place` names their issues."""
    options = tuple(
        Option(
            label=label(name_of(headline.title)),
            value=headline.key,
            description=label(facts_of(headline, place=place)),
            marked=headline.highlight,
        )
        for headline in {headline.key: headline for headline in headlines}.values()
    )
    return Menu(placeholder=placeholder, options=options, route=route, verb=verb) if options else None


def sections_menu(sections: Sequence[SectionCount], here: Route, card_format: CardFormat) -> Menu | None:
    """A menu that opens the sections; None for none."""
    values = {section(each.path, card_format.value).target: each for each in sections if each.path}
    options = tuple(
        Option(
            label=card_format.label(each.path[-1]) or "Unnamed",
            value=value,
            description=card_format.label(f"{each.count:,}{DOT}{path_of(each.path)}"),
        )
        for value, each in values.items()
        if value.strip()
    )
    return Menu(placeholder="Open a section", options=options, route=here) if options else None


def _brief(headline: Headline, card_format: CardFormat) -> Block:
    title = Span(text=card_format.fit(name_of(headline.title), card_format.brief), bold=True)
    return _entry(headline, title, card_format.fit(facts_of(headline), _BRIEF_FACTS), card_format, "")


def _entry(headline: Headline, title: Span, facts: str, card_format: CardFormat, lead: str) -> Block:
    behind = facts.replace("AN #", "AN\u00a0#")  # no line ends within it
    spans = (
        Span(text=f"{STAR} " if headline.highlight else ""),
        title,
        Span(text=DOT + behind if behind else ""),
        Span(text=f"\n{lead}" if lead else ""),
    )
    return Block(
        spans=tuple(span for span in spans if span.text),
        mark="" if lead else card_format.layout.bullets[0],
        close=card_format.tight or not lead,
        command=command_of(Route(view=View.TEXT, target=headline.key)),
    )
