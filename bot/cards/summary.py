"""A summary on cards: its text, its opinion, what it cites and what cites it."""

from collections.abc import Iterator, Sequence
from typing import Final

from bot.cards.card import Card, CardFormat, Menu
from bot.cards.context import Context
from bot.cards.entries import TITLE, entries, menu_of
from bot.cards.routes import Route, View
from bot.cards.wording import credits_of, name_of, page_fact, printed_in
from bot.lookup.answers import IssueFound, SummaryFound
from bot.model.newsletter import Headline, Summary
from bot.text.paging import pages
from bot.text.rich_text import AS_MARKDOWN, Block, Layout, Span, blocks_of, heading, plain_block

_IN_A_LIST: Final = 10


def summary_card(answer: SummaryFound, route: Route, context: Context, card_format: CardFormat) -> Card:
    """That view and page of the summary; the nearest that exists."""
    match route.view:
        case View.CITES if answer.cites:
            return _list(answer, answer.cites, route, context, card_format)
        case View.CITED_BY if answer.cited_by:
            return _list(answer, answer.cited_by, route, context, card_format)
        case View.OPINION if answer.summary.opinions:
            return _read(answer, route, context, card_format)
        case _:
            return _read(answer, Route(view=View.TEXT, page=route.page), context, card_format)


def _read(answer: SummaryFound, route: Route, context: Context, card_format: CardFormat) -> Card:
    passages = passages_of(answer.summary, route.view, TITLE, card_format.layout)
    texts = pages(passages, context.length, card_format.write, card_format.gap)
    page = min(max(route.page, 1), len(texts))
    here = Route(view=route.view, target=answer.summary.key, page=page)
    return _card(answer, here, texts[page - 1], len(texts), context)


def _list(
    answer: SummaryFound,
    headlines: Sequence[Headline],
    route: Route,
    context: Context,
    card_format: CardFormat,
) -> Card:
    count = -(-len(headlines) // _IN_A_LIST)
    page = min(max(route.page, 1), count)
    here = Route(view=route.view, target=answer.summary.key, page=page)
    shown = headlines[(page - 1) * _IN_A_LIST : page * _IN_A_LIST]
    name = card_format.heading("Cites" if route.view is View.CITES else "Cited by")
    menu = menu_of(shown, "Open one of them", here, card_format.label)
    return _card(answer, here, (name, *entries(shown, card_format)), count, context, menu)


def _card(  # noqa: PLR0913, PLR0917 - every view has the same frame
    answer: SummaryFound,
    here: Route,
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
        route=here,
    )


_TITLE_ONLY: Final = "The newsletter lists this one by its title alone."


def passages_of(
    summary: Summary, view: View, longest_title: int, layout: Layout = AS_MARKDOWN
) -> tuple[Block, ...]:
    """All there is to read in that view of the summary; never nothing.

    `longest_title` is how much of a title stands on the card itself.
    """
    blocks = _opinions(summary, layout) if view is View.OPINION else _texts(summary, longest_title, layout)
    return tuple(blocks)


def ways_from(answer: SummaryFound, view: View, context: Context) -> Iterator[tuple[str, Route]]:
    """Labels and spots of everything else there is of the summary."""
    summary = answer.summary
    views = (
        ("Summary", View.TEXT, True),
        ("Opinion", View.OPINION, bool(summary.opinions)),
        (f"Cites {len(answer.cites)}", View.CITES, bool(answer.cites)),
        (f"Cited by {len(answer.cited_by)}", View.CITED_BY, bool(answer.cited_by)),
    )
    for label, other, exists in views:
        if exists and other is not view:
            yield label, Route(view=other, target=summary.key)
    if context.matches:
        yield "Other matches", context.matches
    if summary.issue is not None:
        yield f"Issue {printed_in(summary)}", Route(view=View.ISSUE, target=str(summary.issue))


def neighbours(answer: IssueFound) -> Iterator[tuple[str, Route]]:
    """Labels and spots of the issues before and after."""
    for before, number, after in (("◂ ", answer.previous, ""), ("", answer.following, " ▸")):
        if number is not None:
            yield f"{before}AN #{number}{after}", Route(view=View.ISSUE, target=str(number))


def _texts(summary: Summary, longest_title: int, layout: Layout) -> Iterator[Block]:
    """First the whole title, where the card's own is cut."""
    if len(name_of(summary.title)) > longest_title:
        yield heading(name_of(summary.title))
    blocks = blocks_of(summary.text, layout)
    yield from blocks if any(block.text.strip() for block in blocks) else (_alone(),)
    for label, text in (("Prerequisites", summary.prerequisites), ("Read more", summary.read_more)):
        yield from _labelled(label, blocks_of(text, layout))


def _opinions(summary: Summary, layout: Layout) -> Iterator[Block]:
    for opinion in summary.opinions:
        yield heading(f"{opinion.by}’s opinion" if opinion.by else "Opinion")
        yield from blocks_of(opinion.text, layout)


def _alone() -> Block:
    return plain_block(_TITLE_ONLY, italic=True)


def _labelled(label: str, blocks: tuple[Block, ...]) -> Iterator[Block]:
    name = Span(text=f"{label}: ", bold=True)
    match blocks:
        case ():
            return
        case (Block(mark="", fenced=False) as first, *rest):
            yield Block(spans=(name, *first.spans))
            yield from rest
        case several:
            yield heading(f"{label}:")
            yield from several
