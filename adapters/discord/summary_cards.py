"""A summary as cards: its text, its opinion, what it cites and what cites it."""

from collections.abc import Iterator, Sequence
from typing import Final

from adapters.discord.escape import cut, harmless, web
from adapters.discord.pages import pages
from adapters.discord.screens import FOOTER, TITLE, Button, Card, Screen
from adapters.discord.wording import byline, colour_of, entries, menu_of, title_of, turns
from bot.answers import SummaryFound
from bot.chat.context import Context
from bot.chat.passages import passages_of, ways_from
from bot.chat.spots import Spot, View
from bot.chat.wording import DOT, credits_of, page_fact, path_of, printed_in
from bot.types import Headline

_IN_A_LIST: Final = 10


def summary_screen(answer: SummaryFound, spot: Spot, context: Context) -> Screen:
    """That view and page of the summary; the nearest that exists."""
    match spot.view:
        case View.CITES if answer.cites:
            return _list(answer, answer.cites, "Cites", View.CITES, spot.page, context)
        case View.CITED_BY if answer.cited_by:
            return _list(answer, answer.cited_by, "Cited by", View.CITED_BY, spot.page, context)
        case View.OPINION if answer.summary.opinions:
            return _read(answer, View.OPINION, spot.page, context)
        case _:
            return _read(answer, View.TEXT, spot.page, context)


def _read(answer: SummaryFound, view: View, page: int, context: Context) -> Screen:
    summary = answer.summary
    texts = pages(passages_of(summary, view, TITLE), context.length)
    here = Spot(view=view, target=summary.key, page=min(max(page, 1), len(texts)))
    description = "\n\n".join(part for part in (byline(summary), texts[here.page - 1]) if part)
    return _screen(answer, here, description, len(texts), context)


def _list(  # noqa: PLR0913, PLR0917 - one list is shown like the other
    answer: SummaryFound, headlines: Sequence[Headline], name: str, view: View, page: int, context: Context
) -> Screen:
    count = -(-len(headlines) // _IN_A_LIST)
    page = min(max(page, 1), count)
    shown = headlines[(page - 1) * _IN_A_LIST : page * _IN_A_LIST]
    here = Spot(view=view, target=answer.summary.key, page=page)
    description = "\n".join([f"### {name}", *entries(shown)])
    screen = _screen(answer, here, description, count, context)
    return Screen(
        card=screen.card,
        buttons=screen.buttons,
        menu=menu_of(shown, "Open one of them", here),
        spot=here,
    )


def _screen(answer: SummaryFound, here: Spot, description: str, count: int, context: Context) -> Screen:
    summary = answer.summary
    place = printed_in(summary)
    section = path_of(summary.section) if summary.section else ""
    card = Card(
        title=title_of(summary.title, highlight=summary.highlight),
        url=web(summary.url),
        description=description,
        colour=colour_of(summary.section),
        author=cut(harmless(DOT.join(fact for fact in (place, section) if fact)), TITLE),
        author_url=web(answer.issue_url),
        footer=cut(
            harmless(context.footer(place, *credits_of(summary), page_fact(here.page, count))), FOOTER
        ),
    )
    return Screen(card=card, buttons=tuple(_buttons(answer, here, count, context)), spot=here)


def _buttons(answer: SummaryFound, here: Spot, count: int, context: Context) -> Iterator[Button]:
    yield from turns(here, count)
    for label, spot in ways_from(answer, here.view, context):
        yield Button(label=label, spot=spot)
