"""A summary on cards: its text, its opinion, what it cites and what cites it."""

from collections.abc import Sequence
from typing import Final

from bot.answers import SummaryFound
from bot.chat.cards import Card, Form, Menu
from bot.chat.context import Context
from bot.chat.listing import TITLE, entries, menu_of
from bot.chat.pages import pages
from bot.chat.passages import passages_of, ways_from
from bot.chat.spots import Spot, View
from bot.chat.wording import credits_of, name_of, page_fact, printed_in
from bot.spans import Block
from bot.types import Headline

_IN_A_LIST: Final = 10


def summary_card(answer: SummaryFound, spot: Spot, context: Context, form: Form) -> Card:
    """That view and page of the summary; the nearest that exists."""
    match spot.view:
        case View.CITES if answer.cites:
            return _list(answer, answer.cites, spot, context, form)
        case View.CITED_BY if answer.cited_by:
            return _list(answer, answer.cited_by, spot, context, form)
        case View.OPINION if answer.summary.opinions:
            return _read(answer, spot, context, form)
        case _:
            return _read(answer, Spot(view=View.TEXT, page=spot.page), context, form)


def _read(answer: SummaryFound, spot: Spot, context: Context, form: Form) -> Card:
    passages = passages_of(answer.summary, spot.view, TITLE, form.layout)
    texts = pages(passages, context.length, form.write, form.gap)
    page = min(max(spot.page, 1), len(texts))
    here = Spot(view=spot.view, target=answer.summary.key, page=page)
    return _card(answer, here, texts[page - 1], len(texts), context)


def _list(
    answer: SummaryFound, headlines: Sequence[Headline], spot: Spot, context: Context, form: Form
) -> Card:
    count = -(-len(headlines) // _IN_A_LIST)
    page = min(max(spot.page, 1), count)
    here = Spot(view=spot.view, target=answer.summary.key, page=page)
    shown = headlines[(page - 1) * _IN_A_LIST : page * _IN_A_LIST]
    name = form.heading("Cites" if spot.view is View.CITES else "Cited by")
    menu = menu_of(shown, "Open one of them", here, form.label)
    return _card(answer, here, (name, *entries(shown, form)), count, context, menu)


def _card(  # noqa: PLR0913, PLR0917 - every view has the same frame
    answer: SummaryFound,
    here: Spot,
    body: tuple[Block, ...],
    count: int,
    context: Context,
    menu: Menu | None = None,
) -> Card:
    summary = answer.summary
    return Card(
        title=name_of(summary.title),
        url=summary.url or "",
        highlight=summary.highlight,
        section=summary.section,
        body=body,
        credits=(printed_in(summary), *credits_of(summary)),
        footer=context.footer(page_fact(here.page, count)),
        pages=count,
        ways=tuple(ways_from(answer, here.view, context)),
        menu=menu,
        spot=here,
    )
