"""A summary as cards: its text, its opinion, what it cites and what cites it."""

from collections.abc import Iterator, Sequence
from typing import Final

from adapters.slack.escape import cut
from adapters.slack.mrkdwn import LISTS
from adapters.slack.pages import pages
from adapters.slack.screens import Button, Menu, Screen
from adapters.slack.wording import TITLE, byline, entries, menu_of, title_of, turns
from bot.answers import SummaryFound
from bot.chat.context import Context
from bot.chat.passages import passages_of, ways_from
from bot.chat.spots import Spot, View
from bot.chat.wording import DOT, credits_of, page_fact, path_of, printed_in
from bot.spans import Block, Span, heading
from bot.types import Headline

_IN_A_LIST: Final = 10
_FACT: Final = 80


def summary_screen(answer: SummaryFound, spot: Spot, context: Context) -> Screen:
    """That view and page of the summary; the nearest that exists."""
    match spot.view:
        case View.CITES if answer.cites:
            return _list(answer, answer.cites, View.CITES, spot.page, context)
        case View.CITED_BY if answer.cited_by:
            return _list(answer, answer.cited_by, View.CITED_BY, spot.page, context)
        case View.OPINION if answer.summary.opinions:
            return _read(answer, View.OPINION, spot.page, context)
        case _:
            return _read(answer, View.TEXT, spot.page, context)


def _read(answer: SummaryFound, view: View, page: int, context: Context) -> Screen:
    summary = answer.summary
    texts = pages(passages_of(summary, view, TITLE, LISTS), context.length)
    here = Spot(view=view, target=summary.key, page=min(max(page, 1), len(texts)))
    return _screen(answer, here, texts[here.page - 1], len(texts), context)


def _list(
    answer: SummaryFound, headlines: Sequence[Headline], view: View, page: int, context: Context
) -> Screen:
    count = -(-len(headlines) // _IN_A_LIST)
    page = min(max(page, 1), count)
    shown = headlines[(page - 1) * _IN_A_LIST : page * _IN_A_LIST]
    here = Spot(view=view, target=answer.summary.key, page=page)
    name = heading("Cites" if view is View.CITES else "Cited by")
    menu = menu_of(shown, "Open one of them", here)
    return _screen(answer, here, (name, *entries(shown)), count, context, menu)


def _screen(  # noqa: PLR0913, PLR0917 - every view has the same frame
    answer: SummaryFound,
    here: Spot,
    body: tuple[Block, ...],
    count: int,
    context: Context,
    menu: Menu | None = None,
) -> Screen:
    summary = answer.summary
    return Screen(
        head=(title_of(summary.title, url=summary.url, highlight=summary.highlight), byline(summary)),
        facts=(Block(spans=tuple(_facts(answer))),),
        body=body,
        footer=context.footer(page_fact(here.page, count)),
        buttons=tuple(_buttons(answer, here, count, context)),
        menu=menu,
        spot=here,
    )


def _facts(answer: SummaryFound) -> Iterator[Span]:
    """Where it stood and who summarized it, the issue linked."""
    summary = answer.summary
    yield Span(text=cut(printed_in(summary), _FACT), url=answer.issue_url)
    others = (
        path_of(summary.section) if summary.section else "",
        "Highlight" if summary.highlight else "",
        *credits_of(summary),
    )
    yield from (Span(text=DOT + cut(fact, _FACT)) for fact in others if fact)


def _buttons(answer: SummaryFound, here: Spot, count: int, context: Context) -> Iterator[Button]:
    yield from turns(here, count)
    for label, spot in ways_from(answer, here.view, context):
        yield Button(label=label, spot=spot)
