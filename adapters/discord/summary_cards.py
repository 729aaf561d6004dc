"""A summary as cards: its text, its opinion, what it cites and what cites it."""

from collections.abc import Iterator, Sequence
from typing import Final

from adapters.discord.context import Context
from adapters.discord.escape import cut, harmless, web
from adapters.discord.pages import pages
from adapters.discord.screens import FOOTER, TITLE, Button, Card, Screen
from adapters.discord.spots import Spot, View
from adapters.discord.wording import (
    DOT,
    byline,
    colour_of,
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
from bot.spans import Block, Span, blocks_of, heading
from bot.types import Headline, Summary

_IN_A_LIST: Final = 10
_TITLE_ONLY: Final = "The newsletter lists this one by its title alone."


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
    blocks = _opinions(summary) if view is View.OPINION else _texts(summary)
    texts = pages(tuple(blocks), context.length) or (f"*{_TITLE_ONLY}*",)
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
        footer=cut(harmless(context.footer(place, *_credits(summary), page_fact(here.page, count))), FOOTER),
    )
    return Screen(card=card, buttons=tuple(_buttons(answer, here, count, context)), spot=here)


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
    if title_of(summary.title).endswith("…"):
        yield heading(name_of(summary.title))
    blocks = blocks_of(summary.text)
    yield from blocks
    if not blocks:
        yield Block(spans=(Span(text=_TITLE_ONLY, italic=True),))
    for label, text in (("Prerequisites", summary.prerequisites), ("Read more", summary.read_more)):
        yield from _labelled(label, text)


def _opinions(summary: Summary) -> Iterator[Block]:
    for opinion in summary.opinions:
        name = f"{opinion.by}’s opinion" if opinion.by else "Opinion"
        yield heading(name)
        yield from blocks_of(opinion.text)


def _labelled(label: str, text: str) -> Iterator[Block]:
    name = Span(text=f"{label}: ", bold=True)
    match blocks_of(text):
        case ():
            return
        case (Block(mark="", fenced=False) as first, *rest):
            yield Block(spans=(name, *first.spans))
            yield from rest
        case several:
            yield heading(f"{label}:")
            yield from several


def _credits(summary: Summary) -> tuple[str, str]:
    return (
        f"summarized by {summary.summarizer}" if summary.summarizer else "",
        f"H/T {summary.hat_tip}" if summary.hat_tip else "",
    )
