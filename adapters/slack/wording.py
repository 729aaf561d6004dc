"""The pieces that cards are put together from: titles, bylines, lines of lists."""

from collections.abc import Iterator, Sequence
from typing import Final

from adapters.slack.escape import cut
from adapters.slack.mrkdwn import write
from adapters.slack.screens import OPTION, Button, Menu, Option
from bot.chat.spots import Spot
from bot.chat.wording import DOT, STAR, appeared_in, authors_of, facts_of, name_of
from bot.spans import Block, Span
from bot.types import Headline, Summary

TITLE: Final = 256
_IN_A_LIST: Final = 160
_BYLINE: Final = 240
_LIST_LENGTH: Final = 4500
_BRIEF: Final = 60


def title_of(title: str, *, url: str | None = "", highlight: bool = False) -> Block:
    """A card's title: bold, linked, at most 256 characters, cut at a word."""
    name = Span(text=cut(name_of(title), TITLE), bold=True, url=url or "")
    return Block(spans=(*_star(highlight=highlight), name), close=True)


def byline(summary: Summary) -> Block:
    """Who wrote it, where it appeared and when, in one line."""
    facts = (cut(authors_of(summary, _BYLINE), _BYLINE), cut(appeared_in(summary), _BYLINE))
    return Block(spans=(Span(text=DOT.join(fact for fact in facts if fact)),), close=True)


def entry(headline: Headline, facts: str, *, lead: str = "") -> Block:
    """A summary in a list: a linked title, what else there is to say of it, and
    its first sentences below.
    """
    title = Span(text=cut(name_of(headline.title), _IN_A_LIST), bold=True, url=headline.url or "")
    behind = cut(facts, _BYLINE).replace("AN #", "AN\u00a0#")  # no line ends within it
    return Block(
        spans=(
            *_star(highlight=headline.highlight),
            title,
            *((Span(text=DOT + behind),) if behind else ()),
            *((Span(text="\n"), Span(text=lead)) if lead else ()),
        ),
        mark="" if lead else "• ",
        close=not lead,
    )


def entries(headlines: Sequence[Headline]) -> list[Block]:
    """A list that fits a card, whatever its titles and addresses are: where all of
    it would be too long, its longest entries lose their links and their ends.
    """
    lines = [entry(headline, facts_of(headline)) for headline in headlines]
    share = _LIST_LENGTH // max(len(lines), 1)
    if sum(len(write(line)) for line in lines) <= _LIST_LENGTH:
        return lines
    return [
        line if len(write(line)) <= share else _brief(headline)
        for headline, line in zip(headlines, lines, strict=True)
    ]


def _brief(headline: Headline) -> Block:
    title = Span(text=cut(name_of(headline.title), _BRIEF), bold=True)
    spans = (*_star(highlight=headline.highlight), title, Span(text=DOT + cut(facts_of(headline), _BRIEF)))
    return Block(spans=spans, mark="• ", close=True)


def _star(*, highlight: bool) -> tuple[Span, ...]:
    return (Span(text=f"{STAR} "),) if highlight else ()


def menu_of(
    headlines: Sequence[Headline], placeholder: str, spot: Spot, *, place: bool = True
) -> Menu | None:
    """A menu that opens the summaries; None for none."""
    options = tuple(
        Option(
            label=cut((f"{STAR} " if headline.highlight else "") + name_of(headline.title), OPTION),
            value=headline.key,
            description=cut(facts_of(headline, place=place), OPTION),
        )
        for headline in {headline.key: headline for headline in headlines}.values()
    )
    return Menu(placeholder=placeholder, options=options, spot=spot) if options else None


def turns(spot: Spot, pages: int) -> Iterator[Button]:
    """Previous and Next, where there is such a page: Slack has no button that is off."""
    for label, page in (("Previous", spot.page - 1), ("Next", spot.page + 1)):
        if 1 <= page <= pages:
            yield Button(label=label, spot=Spot(view=spot.view, target=spot.target, page=page))
