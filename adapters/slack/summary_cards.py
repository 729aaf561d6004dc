"""A summary as cards: its text, its opinion, what it cites and what cites it."""

from collections.abc import Iterator, Sequence
from typing import Final

from adapters.slack.context import Context
from adapters.slack.escape import cut
from adapters.slack.mrkdwn import LISTS
from adapters.slack.pages import pages
from adapters.slack.screens import Button, Menu, Screen
from adapters.slack.spots import Spot, View
from adapters.slack.wording import (
    DOT,
    TITLE,
    byline,
    entries,
    menu_of,
    name_of,
    page_fact,
    path_of,
    printed_in,
    title_of,
    turns,
)
from bot.answers import SummaryFound
from bot.spans import Block, Span, blocks_of, heading, plain_block
from bot.types import Headline, Summary

_IN_A_LIST: Final = 10
_FACT: Final = 80
_TITLE_ONLY: Final = "The newsletter lists this one by its title alone."


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
    blocks = tuple(_opinions(summary) if view is View.OPINION else _texts(summary))
    texts = pages(blocks, context.length) or ((_alone(),),)
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
        f"summarized by {summary.summarizer}" if summary.summarizer else "",
        f"H/T {summary.hat_tip}" if summary.hat_tip else "",
    )
    yield from (Span(text=DOT + cut(fact, _FACT)) for fact in others if fact)


def _buttons(answer: SummaryFound, here: Spot, count: int, context: Context) -> Iterator[Button]:
    summary = answer.summary
    yield from turns(here, count)
    views = (
        ("Summary", View.TEXT, True),
        ("Opinion", View.OPINION, bool(summary.opinions)),
        (f"Cites {len(answer.cites)}", View.CITES, bool(answer.cites)),
        (f"Cited by {len(answer.cited_by)}", View.CITED_BY, bool(answer.cited_by)),
    )
    for label, view, exists in views:
        if exists and view is not here.view:
            yield Button(label=label, spot=Spot(view=view, target=summary.key))
    if context.matches:
        yield Button(label="Other matches", spot=context.matches)
    if summary.issue is not None:
        yield Button(
            label=f"Issue {printed_in(summary)}", spot=Spot(view=View.ISSUE, target=str(summary.issue))
        )


def _texts(summary: Summary) -> Iterator[Block]:
    """All there is to read; first the whole title, where the card's own is cut."""
    if len(name_of(summary.title)) > TITLE:
        yield heading(name_of(summary.title))
    blocks = blocks_of(summary.text, LISTS)
    yield from blocks
    if not blocks:
        yield _alone()
    for label, text in (("Prerequisites", summary.prerequisites), ("Read more", summary.read_more)):
        yield from _labelled(label, text)


def _opinions(summary: Summary) -> Iterator[Block]:
    for opinion in summary.opinions:
        yield heading(f"{opinion.by}’s opinion" if opinion.by else "Opinion")
        yield from blocks_of(opinion.text, LISTS)


def _alone() -> Block:
    return plain_block(_TITLE_ONLY, italic=True)


def _labelled(label: str, text: str) -> Iterator[Block]:
    name = Span(text=f"{label}: ", bold=True)
    match blocks_of(text, LISTS):
        case ():
            return
        case (Block(mark="", fenced=False) as first, *rest):
            yield Block(spans=(name, *first.spans))
            yield from rest
        case several:
            yield heading(f"{label}:")
            yield from several
