"""An issue as cards: its highlights with their first sentences, then its sections."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from adapters.discord.escape import cut, harmless, web
from adapters.discord.screens import FOOTER, LIST, Button, Card, Colour, Screen
from adapters.discord.wording import entry, menu_of, shortened, title_of, turns
from bot.answers import IssueFound
from bot.bylines import short_authors
from bot.chat.context import Context
from bot.chat.passages import neighbours
from bot.chat.spots import Spot, View
from bot.chat.wording import DOT, heading_of, issue_facts, page_fact, path_of
from bot.types import Headline

_PAGE: Final = 2600
_HEADING: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """An entry as it is written, and the heading it stands under."""

    heading: str
    text: str
    headline: Headline


def issue_screen(answer: IssueFound, page: int, context: Context) -> Screen:
    """That page of the issue, with a menu of the entries on it."""
    parts = _pages(tuple(_lines(answer)))
    page = min(max(page, 1), len(parts))
    here = Spot(view=View.ISSUE, target=str(answer.number), page=page)
    shown = parts[page - 1]
    description = f"{_facts(answer)}\n\n{_write(shown)}".strip()
    card = Card(
        title=title_of(heading_of(answer)),
        url=web(answer.url),
        description=description,
        colour=Colour.HIGHLIGHT,
        footer=cut(harmless(context.footer(f"AN #{answer.number}", page_fact(page, len(parts)))), FOOTER),
    )
    menu = menu_of([line.headline for line in shown], "Open an entry", here, place=False)
    return Screen(card=card, buttons=tuple(_buttons(answer, here, len(parts))), menu=menu, spot=here)


def _buttons(answer: IssueFound, here: Spot, count: int) -> Iterator[Button]:
    yield from turns(here, count)
    for label, spot in neighbours(answer):
        yield Button(label=label, spot=spot)


def _facts(answer: IssueFound) -> str:
    audio = web(answer.audio)
    return issue_facts(answer) + (f"{DOT}[Listen](<{audio}>)" if audio else "")


def _lines(answer: IssueFound) -> Iterator[_Line]:
    for lead in answer.highlights:
        text = entry(lead.headline, short_authors(lead.headline.authors), lead=lead.text)
        yield _Line(heading="Highlights", text=text, headline=lead.headline)
    for group in answer.groups:
        for headline in group.headlines:
            facts = DOT.join(fact for fact in (short_authors(headline.authors), *group.path[1:]) if fact)
            yield _Line(heading=path_of(group.path[:1]), text=entry(headline, facts), headline=headline)


def _pages(lines: tuple[_Line, ...]) -> list[list[_Line]]:
    """The lines on pages that fit a card and a menu; at least one page."""
    parts: list[list[_Line]] = [[]]
    for line in lines:
        grown = [*parts[-1], line]
        if parts[-1] and (len(grown) > LIST or len(_write(grown)) > _PAGE):
            parts.append([line])
        else:
            parts[-1] = grown
    return parts


def _write(lines: list[_Line]) -> str:
    written: list[str] = []
    heading = ""
    for line in lines:
        if line.heading != heading:
            heading = line.heading
            written.append(f"### {shortened(heading, _HEADING)}")
        written.append(line.text)
    return "\n".join(written)
