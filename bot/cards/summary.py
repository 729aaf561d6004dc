"""A summary on cards: its text, its opinion, what it cites and what cites it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from bot.cards.card import Button, Card, CardFormat
from bot.cards.context import Context
from bot.cards.entries import TITLE, entries, menu_of
from bot.cards.routes import Route, View
from bot.cards.wording import appeared_in, authors_of, credits_of, name_of, page_fact, printed_in
from bot.lookup.answers import SummaryFound
from bot.model.newsletter import Headline, Summary
from bot.text.paging import pages
from bot.text.rich_text import AS_MARKDOWN, Block, Layout, Span, blocks_of, heading, plain_block

_IN_A_LIST: Final = 10
_BYLINE: Final = 240
_TITLE_ONLY: Final = "The newsletter lists this one by its title alone."


def summary_card(answer: SummaryFound, route: Route, context: Context, card_format: CardFormat) -> Card:
    """That view and page of the summary; the nearest that exists."""
    if card_format.whole:
        return _card(
            answer, Route(view=View.TEXT, target=answer.summary.key), _all(answer, card_format), context
        )
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
    card = _card(answer, here, texts[page - 1], context, len(texts))
    return replace(card, buttons=tuple(_buttons(answer, route.view, context)))


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
    card = _card(answer, here, (name, *entries(shown, card_format)), context, count)
    menu = menu_of(shown, "Open one of them", here, card_format.label)
    return replace(card, menu=menu, buttons=tuple(_buttons(answer, route.view, context)))


def _all(answer: SummaryFound, card_format: CardFormat) -> tuple[Block, ...]:
    """Its text, its opinions, and lists of everything that it leads to."""
    summary = answer.summary
    whole_title = len(name_of(summary.title))
    lists = (("Cites", answer.cites), ("Cited by", answer.cited_by), ("Other matches", answer.others))
    return (
        *_texts(summary, whole_title, card_format.layout),
        *_opinions(summary, card_format.layout),
        *(
            block
            for name, headlines in lists
            if headlines
            for block in (card_format.heading(name), *entries(headlines, card_format))
        ),
    )


def _card(
    answer: SummaryFound, here: Route, body: tuple[Block, ...], context: Context, count: int = 1
) -> Card:
    """What every view of a summary has in common."""
    summary = answer.summary
    return Card(
        title=name_of(summary.title),
        url=summary.url or "",
        highlight=summary.highlight,
        section=summary.section,
        place=printed_in(summary),
        place_url=answer.issue_url,
        byline=(authors_of(summary, _BYLINE), appeared_in(summary)),
        body=body,
        credits=credits_of(summary),
        footer=context.footer(page_fact(here.page, count)),
        pages=count,
        buttons=tuple(_surroundings(answer)),
        route=here,
    )


def passages_of(
    summary: Summary, view: View, longest_title: int, layout: Layout = AS_MARKDOWN
) -> tuple[Block, ...]:
    """Everything to read in that view of the summary; never empty.

    `longest_title` is how many characters of a title the card shows.
    """
    blocks = _opinions(summary, layout) if view is View.OPINION else _texts(summary, longest_title, layout)
    return tuple(blocks)


def _buttons(answer: SummaryFound, view: View, context: Context) -> Iterator[Button]:
    """Buttons to the other views of the summary, the other matches and its issue."""
    summary = answer.summary
    views = (
        ("Summary", View.TEXT, True),
        ("Opinion", View.OPINION, bool(summary.opinions)),
        (f"Cites {len(answer.cites)}", View.CITES, bool(answer.cites)),
        (f"Cited by {len(answer.cited_by)}", View.CITED_BY, bool(answer.cited_by)),
    )
    for label, other, exists in views:
        if exists and other is not view:
            yield Button(label=label, route=Route(view=other, target=summary.key))
    if context.matches:
        yield Button(label="Other matches", route=context.matches)
    if summary.issue is not None:
        yield _issue(summary, summary.issue)


def _surroundings(answer: SummaryFound) -> Iterator[Button]:
    """Buttons to the summary's issue, by its title, and to its section."""
    summary = answer.summary
    if summary.issue is not None:
        title = f" — {answer.issue_title}" if answer.issue_title else ""
        route = Route(view=View.ISSUE, target=str(summary.issue))
        yield Button(label=printed_in(summary) + title, route=route)
    if summary.section:
        name = summary.section[-1]
        yield Button(label=f"More on {name}", route=Route(view=View.TOPIC, target=name))


def _issue(summary: Summary, number: int) -> Button:
    return Button(label=f"Issue {printed_in(summary)}", route=Route(view=View.ISSUE, target=str(number)))


def _texts(summary: Summary, longest_title: int, layout: Layout) -> Iterator[Block]:
    """The text, below the whole title if the card cuts it."""
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
