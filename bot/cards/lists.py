"""Cards with lists to choose from, and cards that nothing was found."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Final

from bot.cards.card import Button, Card, CardFormat, Menu
from bot.cards.context import Context
from bot.cards.entries import entries, item, menu_of, sections_menu
from bot.cards.routes import Route, View, query, section
from bot.cards.wording import CLOSEST, DOT, page_fact, path_of
from bot.lookup.answers import (
    Choices,
    IssueUnknown,
    NotFound,
    SectionChoices,
    Sections,
    SectionUnknown,
    SummaryGone,
    TopicPage,
)
from bot.lookup.requests import NO_FILTERS
from bot.model.newsletter import Headline, Issue, SectionCount
from bot.text.phrases import counted
from bot.text.rich_text import Block, Span, plain_block

_QUOTED: Final = 100
_NAME: Final = 70
_PATH: Final = 120
_SENTENCE: Final = 600


def topic_card(answer: TopicPage, context: Context, card_format: CardFormat) -> Card:
    """A page of a section, newest first, with a menu of its summaries."""
    here = Route(view=View.TOPIC, target=section(answer.path, card_format.value).target, page=answer.page)
    total = f"{counted(answer.total, 'summary', 'summaries')}, newest first"
    return Card(
        title=path_of(answer.path),
        section=answer.path,
        facts=(Span(text=total),),
        lead=_no_such_page(answer.page_missing, answer.pages),
        body=entries(answer.headlines, card_format),
        footer=context.footer(page_fact(answer.page, answer.pages)),
        pages=answer.pages,
        menu=menu_of(answer.headlines, "Open a summary", here, card_format.label),
        route=here,
    )


def sections_card(answer: Sections, context: Context, card_format: CardFormat) -> Card:
    """All sections, for the asker to pick from, on pages of as many as a menu holds."""
    named = [each for each in answer.sections if each.path]
    count = max(1, -(-len(named) // card_format.options))
    page = min(answer.page, count)
    here = Route(view=View.SECTIONS, page=page)
    shown = named[(page - 1) * card_format.options : page * card_format.options]
    return Card(
        title="Sections of the newsletter",
        lead=_no_such_page(answer.page if answer.page > count else None, count),
        body=tuple(_grouped(shown, card_format)) or (plain_block("There are none here yet."),),
        footer=context.footer(page_fact(page, count)),
        pages=count,
        menu=sections_menu(shown, here, card_format),
        private=True,
        route=here,
    )


def choices_card(answer: Choices, context: Context, card_format: CardFormat) -> Card:
    """The summaries that fit about equally well, for the asker to pick from."""
    here = replace(_matches(answer.words, context, card_format), page=answer.page)
    lead = map(plain_block, _choices_lead(answer, card_format))
    return Card(
        title="Which one?",
        lead=(*_no_such_page(answer.page_missing, answer.pages), *lead),
        body=entries(answer.headlines, card_format),
        footer=context.footer(page_fact(answer.page, answer.pages)),
        pages=answer.pages,
        menu=_pick(answer.headlines, here, card_format),
        private=True,
        route=here if answer.pages > 1 else None,
    )


def not_found_card(answer: NotFound, context: Context, card_format: CardFormat) -> Card:
    """That nothing fits, and the closest titles."""
    lead = card_format.fit(answer.problem, _SENTENCE) or _missing(answer, card_format)
    closest = (plain_block(CLOSEST),) if answer.closest else ()
    return Card(
        title="Not found",
        lead=(plain_block(lead), *closest),
        body=entries(answer.closest, card_format),
        menu=_pick(answer.closest, _matches(answer.words, context, card_format), card_format),
        private=True,
        missed=True,
    )


def _choices_lead(answer: Choices, card_format: CardFormat) -> tuple[str, ...]:
    if answer.doubtful and answer.words.strip():
        return f"Perhaps{_quoted(answer.words, card_format)} is not in the newsletter.", CLOSEST
    count = f"{answer.total:,}" if answer.total else "Several"
    return (f"{count} summaries fit{_quoted(answer.words, card_format)}:",)


def _no_such_page(missing: int | None, last: int) -> tuple[Block, ...]:
    """That the page that was asked for does not exist, and which is shown; () if it does."""
    if missing is None:
        return ()
    shown = f"This is the last, page {last}" if last > 1 else "There is only this one"
    return (plain_block(f"There is no page {missing:,}. {shown}."),)


def _missing(answer: NotFound, card_format: CardFormat) -> str:
    """That it is missing: from the newsletter only if no filter left something out."""
    if answer.narrowed or not answer.words.strip():
        return f"Nothing here fits{_quoted(answer.words, card_format)}."
    return f"{_quoted(answer.words, card_format).strip()} is not in the newsletter, as far as I have it."


def issue_unknown_card(answer: IssueUnknown) -> Card:
    """That there is no such issue, and buttons to the nearest."""
    if not answer.nearest:
        index = Span(text="anbot index", code=True)
        return _missed(
            Span(text="There are no issues here yet. Whoever runs the bot adds them with "),
            index,
            Span(text="."),
        )
    sentence = Span(text=f"There is no AN #{answer.number} here. The nearest are below.")
    return _missed(sentence, buttons=_issues(answer.nearest))


def gone_card(answer: SummaryGone, card_format: CardFormat) -> Card:
    """That the key means nothing any more."""
    key = Span(text=card_format.fit(answer.key, _PATH) or "that name", bold=True)
    rest = Span(text=" is gone from my archive. Look for it again with ")
    return _missed(Span(text="The summary "), key, rest, Span(text="/paper", code=True), Span(text="."))


def section_choices_card(answer: SectionChoices, card_format: CardFormat) -> Card:
    """The sections that the name fits."""
    lead = Span(text=f"Several sections fit{_quoted(answer.name, card_format)}:")
    return _some_sections("Which one?", Block(spans=(lead,)), answer.sections, card_format)


def section_unknown_card(answer: SectionUnknown, card_format: CardFormat) -> Card:
    """That no section has the name, and the sections closest to it."""
    lead = Span(text=f"No section is called{_quoted(answer.name, card_format)}. All of them: ")
    spans = (lead, Span(text="/topic", code=True), Span(text="."))
    return _some_sections("Not found", Block(spans=spans), answer.closest, card_format)


def mentioned_card(
    issues: Sequence[Issue], headlines: Sequence[Headline], more: int, card_format: CardFormat
) -> Card:
    """What a message mentions, for the asker alone."""
    if not issues and not headlines:
        return _missed(Span(text="I know no issue or summary that this message mentions."))
    named = (_issue(issue, card_format) for issue in issues)
    rest = (plain_block(f"and {more:,} more that I do not show"),) if more else ()
    return Card(
        title="Mentioned in that message",
        body=(*named, *entries(headlines, card_format), *rest),
        buttons=_issues([issue.number for issue in issues if issue.number is not None]),
        menu=_pick(headlines, Route(view=View.TEXT, target="mentioned"), card_format),
        private=True,
    )


def _issue(issue: Issue, card_format: CardFormat) -> Block:
    """The issue in a list: its linked number, and its title."""
    title = Span(text=f"{DOT}{card_format.fit(issue.title, _PATH)}" if issue.title else "")
    number = Span(text=f"AN #{issue.number}", bold=True, url=issue.url)
    return Block(spans=(number, title), mark=card_format.layout.bullets[0], close=True)


def _missed(*sentence: Span, buttons: tuple[Button, ...] = ()) -> Card:
    return Card(lead=(Block(spans=sentence),), buttons=buttons, private=True, missed=True)


def _some_sections(
    title: str, lead: Block, sections: Sequence[SectionCount], card_format: CardFormat
) -> Card:
    shown = sections[: card_format.options]
    return Card(
        title=title,
        lead=(lead,),
        tight=True,
        body=tuple(item(each, card_format.fit(path_of(each.path), _PATH), card_format) for each in shown),
        menu=sections_menu(shown, Route(view=View.SECTIONS), card_format),
        private=True,
        missed=True,
    )


def _grouped(sections: Sequence[SectionCount], card_format: CardFormat) -> Iterator[Block]:
    for top, inside in groupby(sections, key=lambda each: each.path[0]):
        yield card_format.heading(card_format.fit(top, _NAME))
        yield from (item(each, card_format.fit(each.path[-1], _NAME), card_format) for each in inside)


def _issues(numbers: Sequence[int]) -> tuple[Button, ...]:
    return tuple(
        Button(label=f"AN #{number}", route=Route(view=View.ISSUE, target=str(number))) for number in numbers
    )


def _matches(words: str, context: Context, card_format: CardFormat) -> Route:
    return context.matches or query(words, NO_FILTERS, card_format.target)


def _pick(headlines: Sequence[Headline], here: Route, card_format: CardFormat) -> Menu | None:
    return menu_of(headlines, "Open one of them", here, card_format.label)


def _quoted(words: str, card_format: CardFormat) -> str:
    return f" “{card_format.fit(words, _QUOTED)}”" if words.strip() else ""
