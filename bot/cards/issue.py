"""An issue on cards: its highlights with their first sentences, then its sections."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from bot.cards.card import Button, Card, CardFormat
from bot.cards.context import Context
from bot.cards.entries import entry, menu_of
from bot.cards.routes import Route, View
from bot.cards.wording import DOT, heading_of, issue_facts, page_fact, path_of
from bot.lookup.answers import IssueFound
from bot.model.newsletter import Headline
from bot.model.sections import HIGHLIGHTS
from bot.text.phrases import short_authors
from bot.text.rich_text import Block, Span

_HEADING: Final = 150


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """An entry as it is written, and its heading."""

    heading: str
    block: Block
    headline: Headline


def issue_card(answer: IssueFound, page: int, context: Context, card_format: CardFormat) -> Card:
    """That page of the issue, with a menu of the entries on it."""
    parts = _pages(tuple(_lines(answer, card_format)), card_format)
    page = min(max(page, 1), len(parts))
    here = Route(view=View.ISSUE, target=str(answer.number), page=page)
    headlines = [line.headline for line in parts[page - 1]]
    return Card(
        title=heading_of(answer),
        url=answer.url,
        section=(HIGHLIGHTS,),
        facts=tuple(_facts(answer)),
        body=tuple(_blocks(parts[page - 1], card_format)),
        footer=context.footer(page_fact(page, len(parts))),
        pages=len(parts),
        buttons=tuple(_neighbours(answer)),
        menu=menu_of(headlines, "Open an entry", here, card_format.label, place=False),
        route=here,
    )


def _neighbours(answer: IssueFound) -> Iterator[Button]:
    """Buttons to the issues before and after."""
    for before, number, after in (("◂ ", answer.previous, ""), ("", answer.following, " ▸")):
        if number is not None:
            route = Route(view=View.ISSUE, target=str(number))
            yield Button(label=f"{before}AN #{number}{after}", route=route)


def _facts(answer: IssueFound) -> Iterator[Span]:
    yield Span(text=issue_facts(answer))
    if answer.audio:
        yield Span(text=DOT)
        yield Span(text="Listen", url=answer.audio)


def _lines(answer: IssueFound, card_format: CardFormat) -> Iterator[_Line]:
    for lead in answer.highlights:
        block = entry(lead.headline, short_authors(lead.headline.authors), card_format, lead=lead.text)
        yield _Line(heading=HIGHLIGHTS, block=block, headline=lead.headline)
    for group in answer.groups:
        for headline in group.headlines:
            facts = DOT.join(fact for fact in (short_authors(headline.authors), *group.path[1:]) if fact)
            block = entry(headline, facts, card_format)
            yield _Line(heading=path_of(group.path[:1]), block=block, headline=headline)


def _pages(lines: Sequence[_Line], card_format: CardFormat) -> list[list[_Line]]:
    """The lines on pages that fit a card and a menu; at least one page."""
    parts: list[list[_Line]] = [[]]
    used = 0
    for line in lines:
        above, length = card_format.takes(_heading(line.heading, card_format)), card_format.takes(line.block)
        under = parts[-1][-1].heading if parts[-1] else ""
        grown = used + length + (above if line.heading != under else 0)
        if parts[-1] and (len(parts[-1]) == card_format.options or grown > card_format.page):
            parts.append([])
            grown = above + length
        parts[-1].append(line)
        used = grown
    return parts


def _blocks(lines: Sequence[_Line], card_format: CardFormat) -> Iterator[Block]:
    """The lines with their headings."""
    for name, inside in groupby(lines, key=lambda line: line.heading):
        yield _heading(name, card_format)
        yield from (line.block for line in inside)


def _heading(name: str, card_format: CardFormat) -> Block:
    return card_format.heading(card_format.fit(name, _HEADING))
