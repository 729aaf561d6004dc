"""Lists to choose from, and what there is to say where nothing was found."""

from collections.abc import Sequence
from itertools import groupby
from typing import Final

from adapters.slack.escape import cut
from adapters.slack.screens import LIST, OPTION, Button, Menu, Option, Screen
from adapters.slack.spots import TARGET, VALUE
from adapters.slack.wording import entries, menu_of, title_of, turns
from bot.answers import (
    Choices,
    IssueUnknown,
    Misunderstood,
    NotFound,
    SectionChoices,
    Sections,
    SectionUnknown,
    SummaryGone,
    TopicPage,
)
from bot.chat.context import Context
from bot.chat.spots import Spot, View, query, section
from bot.chat.wording import page_fact, path_of
from bot.commands import Command
from bot.requests import NO_FILTERS
from bot.spans import Block, Span, heading, plain_block
from bot.types import Headline, SectionCount

_QUOTED: Final = 100
_NAME: Final = 70
_PATH: Final = 120
_SENTENCE: Final = 600


def topic_screen(answer: TopicPage, context: Context) -> Screen:
    """A page of a section, newest first, with a menu of its summaries."""
    here = Spot(view=View.TOPIC, target=section(answer.path, VALUE).target, page=answer.page)
    total = f"{answer.total:,} {'summary' if answer.total == 1 else 'summaries'}, newest first"
    return Screen(
        head=(title_of(path_of(answer.path)),),
        facts=(plain_block(total),),
        body=tuple(entries(answer.headlines)),
        footer=context.footer(page_fact(answer.page, answer.pages)),
        buttons=tuple(turns(here, answer.pages)),
        menu=menu_of(answer.headlines, "Open a summary", here),
        spot=here,
    )


def sections_screen(answer: Sections, page: int, context: Context) -> Screen:
    """All sections on pages of as many as a menu holds."""
    named = [found for found in answer.sections if found.path]
    count = max(1, -(-len(named) // LIST))
    page = min(max(page, 1), count)
    here = Spot(view=View.SECTIONS, page=page)
    shown = named[(page - 1) * LIST : page * LIST]
    body: list[Block] = []
    for top, inside in groupby(shown, key=lambda found: found.path[0]):
        body.append(heading(cut(top, _NAME)))
        body += [_item(cut(found.path[-1], _NAME), found.count) for found in inside]
    return Screen(
        head=(title_of("Sections of the newsletter"),),
        body=tuple(body) or (plain_block("There are none here yet."),),
        footer=context.footer(page_fact(page, count)),
        buttons=tuple(turns(here, count)),
        menu=_sections_menu(shown, here),
        spot=here,
    )


def choices_screen(answer: Choices, spot: Spot | None, context: Context) -> Screen:
    """What fits about equally well, for who asked to pick from."""
    here = spot or query(answer.words, NO_FILTERS, TARGET)
    lead = plain_block(f"Several summaries fit{_quoted(answer.words)}:")
    return _missed("Which one?", lead, answer.headlines, here, context.footer())


def not_found_screen(answer: NotFound, spot: Spot | None) -> Screen:
    """That nothing fits, and the closest titles."""
    here = spot or query(answer.words, NO_FILTERS, TARGET)
    lead = cut(answer.problem, _SENTENCE) or f"Nothing here fits{_quoted(answer.words)}."
    closest = " The closest titles:" if answer.closest else ""
    return _missed("Not found", plain_block(lead + closest), answer.closest, here)


def issue_unknown_screen(answer: IssueUnknown) -> Screen:
    """That there is no such issue, and buttons to the nearest."""
    if not answer.nearest:
        return missed("There are no issues here yet. Who runs me can take some in with “anbot index”.")
    nearest = tuple(
        Button(label=f"AN #{number}", spot=Spot(view=View.ISSUE, target=str(number)))
        for number in answer.nearest
    )
    return missed(f"There is no AN #{answer.number} here. The nearest are below.", nearest)


def gone_screen(answer: SummaryGone) -> Screen:
    """That the key means nothing any more."""
    key = cut(answer.key, _PATH) or "that name"
    return missed(f"The summary {key} is gone from my archive. Look for it again with /paper.")


def section_choices_screen(answer: SectionChoices) -> Screen:
    """The sections that go by the name."""
    return _some_sections("Which one?", f"Several sections fit{_quoted(answer.name)}:", answer.sections)


def section_unknown_screen(answer: SectionUnknown) -> Screen:
    """The sections closest to a name that none has."""
    lead = f"No section is called{_quoted(answer.name)}. All of them: /topic."
    return _some_sections("Not found", lead, answer.closest)


def help_screen(commands: Sequence[Command], examples: Sequence[str], lead: str = "") -> Screen:
    """How to ask: one command told wholly, or each in a few lines, with those
    of its examples that work here.
    """
    body = [plain_block(lead)] if lead else []
    for command in commands:
        name = Span(text=f"/{command.name}", bold=True)
        body.append(Block(spans=(name, Span(text=f" — {command.about}"))))
        shown = (example for example in command.examples if example in examples)
        body += [Block(spans=(Span(text=line, code=True),), mark="• ", close=True) for line in shown]
    title = "How to ask" if len(commands) != 1 else f"/{commands[0].name}"
    return Screen(head=(title_of(title),), body=tuple(body), private=True)


def misunderstood_screen(
    answer: Misunderstood, commands: Sequence[Command], examples: Sequence[str]
) -> Screen:
    """What was not understood, and how to ask instead."""
    screen = help_screen(commands, examples, cut(answer.problem, _SENTENCE))
    return Screen(head=(title_of("Not understood"),), body=screen.body, private=True)


def missed(sentence: str, buttons: tuple[Button, ...] = ()) -> Screen:
    """A sentence for who asked alone."""
    return Screen(head=(plain_block(sentence),), buttons=buttons, private=True)


def mentioned_screen(issues: Sequence[int], headlines: Sequence[Headline], more: int) -> Screen:
    """What a message mentions, for who asked alone."""
    if not issues and not headlines:
        return missed("I know nothing that this message mentions.")
    numbers = tuple(Block(spans=(Span(text=f"AN #{number}", bold=True),), close=True) for number in issues)
    rest = (plain_block(f"and {more:,} more that I do not show"),) if more else ()
    return Screen(
        head=(title_of("Mentioned in that message"),),
        body=(*numbers, *entries(headlines), *rest),
        buttons=tuple(
            Button(label=f"AN #{number}", spot=Spot(view=View.ISSUE, target=str(number))) for number in issues
        ),
        menu=menu_of(headlines, "Open one of them", Spot(view=View.TEXT, target="mentioned")),
        private=True,
    )


def _missed(title: str, lead: Block, found: Sequence[Headline], here: Spot, footer: str = "") -> Screen:
    return Screen(
        head=(title_of(title),),
        body=(lead, *entries(found)),
        footer=footer,
        menu=menu_of(found, "Open one of them", here),
        private=True,
    )


def _some_sections(title: str, lead: str, sections: Sequence[SectionCount]) -> Screen:
    items = [_item(cut(path_of(found.path), _PATH), found.count) for found in sections[:LIST]]
    return Screen(
        head=(title_of(title),),
        body=(plain_block(lead), *items),
        menu=_sections_menu(sections[:LIST], Spot(view=View.SECTIONS)),
        private=True,
    )


def _item(name: str, count: int) -> Block:
    return Block(spans=(Span(text=f"{name} ({count:,})"),), mark="• ", close=True)


def _sections_menu(sections: Sequence[SectionCount], here: Spot) -> Menu | None:
    values = {section(found.path, VALUE).target: found for found in sections if found.path}
    options = tuple(
        Option(
            label=cut(found.path[-1], OPTION) or "Unnamed",
            value=value,
            description=cut(f"{found.count:,} · {path_of(found.path)}", OPTION),
        )
        for value, found in values.items()
        if value.strip()
    )
    return Menu(placeholder="Open a section", options=options, spot=here) if options else None


def _quoted(words: str) -> str:
    return f" “{cut(words, _QUOTED)}”" if words.strip() else ""
