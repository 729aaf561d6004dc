"""An issue as cards: its highlights with their first sentences, then its sections."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from adapters.slack.escape import cut
from adapters.slack.mrkdwn import write
from adapters.slack.screens import LIST, Button, Screen
from adapters.slack.wording import entry, menu_of, title_of, turns
from bot.answers import IssueFound
from bot.bylines import short_authors
from bot.chat.context import Context
from bot.chat.passages import neighbours
from bot.chat.spots import Spot, View
from bot.chat.wording import DOT, heading_of, issue_facts, page_fact, path_of
from bot.spans import Block, Span, heading
from bot.types import Headline

_PAGE: Final = 4000
_HEADING: Final = 150
_LEAD: Final = 320


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """An entry as it is written, and the heading it stands under."""

    heading: str
    block: Block
    headline: Headline


def issue_screen(answer: IssueFound, page: int, context: Context) -> Screen:
    """That page of the issue, with a menu of the entries on it."""
    parts = _pages(tuple(_lines(answer)))
    page = min(max(page, 1), len(parts))
    here = Spot(view=View.ISSUE, target=str(answer.number), page=page)
    shown = parts[page - 1]
    return Screen(
        head=(title_of(heading_of(answer), url=answer.url),),
        facts=(_facts(answer),),
        body=tuple(_blocks(shown)),
        footer=context.footer(page_fact(page, len(parts))),
        buttons=tuple(_buttons(answer, here, len(parts))),
        menu=menu_of([line.headline for line in shown], "Open an entry", here, place=False),
        spot=here,
    )


def _buttons(answer: IssueFound, here: Spot, count: int) -> Iterator[Button]:
    yield from turns(here, count)
    for label, spot in neighbours(answer):
        yield Button(label=label, spot=spot)


def _facts(answer: IssueFound) -> Block:
    spans = [Span(text=issue_facts(answer))]
    if answer.audio:
        spans += [Span(text=DOT), Span(text="Listen", url=answer.audio)]
    return Block(spans=tuple(spans))


def _lines(answer: IssueFound) -> Iterator[_Line]:
    for lead in answer.highlights:
        block = entry(lead.headline, short_authors(lead.headline.authors), lead=cut(lead.text, _LEAD))
        yield _Line(heading="Highlights", block=block, headline=lead.headline)
    for group in answer.groups:
        for headline in group.headlines:
            facts = DOT.join(fact for fact in (short_authors(headline.authors), *group.path[1:]) if fact)
            yield _Line(heading=path_of(group.path[:1]), block=entry(headline, facts), headline=headline)


def _pages(lines: tuple[_Line, ...]) -> list[list[_Line]]:
    """The lines on pages that fit a message and a menu; at least one page."""
    parts: list[list[_Line]] = [[]]
    used = 0
    for line in lines:
        length = len(write(line.block)) + 2
        if parts[-1] and (len(parts[-1]) == LIST or used + length > _PAGE):
            parts.append([])
            used = 0
        parts[-1].append(line)
        used += length
    return parts


def _blocks(lines: Sequence[_Line]) -> Iterator[Block]:
    """The lines with their headings."""
    for name, inside in groupby(lines, key=lambda line: line.heading):
        yield heading(cut(name, _HEADING))
        yield from (line.block for line in inside)
