"""Lists to choose from, and what there is to say where nothing was found."""

from collections.abc import Sequence
from itertools import groupby
from typing import Final

from adapters.discord.escape import cut, harmless
from adapters.discord.screens import FOOTER, LIST, OPTION, Button, Card, Colour, Menu, Option, Screen
from adapters.discord.spots import TARGET
from adapters.discord.wording import colour_of, entries, menu_of, shortened, title_of, turns
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
from bot.types import Headline, SectionCount

_QUOTED: Final = 100
_MESSAGE_COMMAND: Final = "In a message’s menu, under Apps: **Find summaries** tells you what it mentions."
_NAME: Final = 70
_PATH: Final = 120
_SENTENCE: Final = 600


def topic_screen(answer: TopicPage, context: Context) -> Screen:
    """A page of a section, newest first, with a menu of its summaries."""
    here = Spot(view=View.TOPIC, target=section(answer.path, TARGET).target, page=answer.page)
    total = f"{answer.total:,} {'summary' if answer.total == 1 else 'summaries'}"
    lines = entries(answer.headlines)
    card = Card(
        title=title_of(path_of(answer.path)),
        description="\n".join([f"{total}, newest first", "", *lines]),
        colour=colour_of(answer.path),
        footer=_footer(context.footer(page_fact(answer.page, answer.pages))),
    )
    menu = menu_of(answer.headlines, "Open a summary", here)
    return Screen(card=card, buttons=tuple(turns(here, answer.pages)), menu=menu, spot=here)


def sections_screen(answer: Sections, page: int, context: Context) -> Screen:
    """All sections on pages of as many as a menu holds."""
    named = [found for found in answer.sections if found.path]
    count = max(1, -(-len(named) // LIST))
    page = min(max(page, 1), count)
    here = Spot(view=View.SECTIONS, page=page)
    shown = named[(page - 1) * LIST : page * LIST]
    parts = []
    for top, inside in groupby(shown, key=lambda found: found.path[0]):
        lines = [f"- {shortened(found.path[-1], _NAME)} ({found.count:,})" for found in inside]
        parts.append("\n".join([f"### {shortened(top, _NAME)}", *lines]))
    card = Card(
        title="Sections of the newsletter",
        description="\n".join(parts) or "There are none here yet.",
        footer=_footer(context.footer(page_fact(page, count))),
    )
    menu = _sections_menu(shown, here)
    return Screen(card=card, buttons=tuple(turns(here, count)), menu=menu, spot=here)


def choices_screen(answer: Choices, spot: Spot | None, context: Context) -> Screen:
    """What fits about equally well, for who asked to pick from."""
    here = spot or query(answer.words, NO_FILTERS, TARGET)
    card = Card(
        title="Which one?",
        description="\n".join(
            [f"Several summaries fit{_quoted(answer.words)}:", "", *entries(answer.headlines)]
        ),
        footer=_footer(context.footer()),
    )
    menu = menu_of(answer.headlines, "Open one of them", here)
    return Screen(card=card, menu=menu, private=True)


def not_found_screen(answer: NotFound, spot: Spot | None) -> Screen:
    """That nothing fits, and the closest titles."""
    lead = shortened(answer.problem, _SENTENCE) or f"Nothing here fits{_quoted(answer.words)}."
    lines = ["", "The closest titles:", "", *entries(answer.closest)] if answer.closest else []
    here = spot or query(answer.words, NO_FILTERS, TARGET)
    return Screen(
        card=Card(title="Not found", description="\n".join([lead, *lines]), colour=Colour.MISSED),
        menu=menu_of(answer.closest, "Open one of them", here),
        private=True,
    )


def issue_unknown_screen(answer: IssueUnknown) -> Screen:
    """That there is no such issue, and buttons to the nearest."""
    if not answer.nearest:
        return missed("There are no issues here yet. Who runs me can take some in with `anbot index`.")
    nearest = tuple(
        Button(label=f"AN #{number}", spot=Spot(view=View.ISSUE, target=str(number)))
        for number in answer.nearest
    )
    screen = missed(f"There is no AN #{answer.number} here. The nearest are below.")
    return Screen(card=screen.card, buttons=nearest, private=True)


def gone_screen(answer: SummaryGone) -> Screen:
    """That the key means nothing any more."""
    key = shortened(answer.key, _PATH) or "that name"
    return missed(f"The summary **{key}** is gone from my archive. Look for it again with `/paper`.")


def section_choices_screen(answer: SectionChoices) -> Screen:
    """The sections that go by the name."""
    return _some_sections(f"Several sections fit{_quoted(answer.name)}:", answer.sections, "Which one?")


def section_unknown_screen(answer: SectionUnknown) -> Screen:
    """The sections closest to a name that none has."""
    lead = f"No section is called{_quoted(answer.name)}. All of them: `/topic`."
    return _some_sections(lead, answer.closest, "Not found")


def help_screen(commands: Sequence[Command], lead: str = "") -> Screen:
    """How to ask: one command told wholly, or each in a few lines."""
    parts = [lead] if lead else []
    for command in commands:
        examples = [f"- `{example}`" for example in command.examples if _works_here(example)]
        parts.append("\n".join([f"**/{command.name}** — {command.about}", *examples]))
    if len(commands) > 1 and not lead:
        parts.append(_MESSAGE_COMMAND)
    title = "How to ask" if len(commands) != 1 else f"/{commands[0].name}"
    return Screen(card=Card(title=title, description="\n\n".join(parts)), private=True)


def misunderstood_screen(answer: Misunderstood, commands: Sequence[Command]) -> Screen:
    """What was not understood, and how to ask instead."""
    screen = help_screen(commands, shortened(answer.problem, _SENTENCE))
    return Screen(
        card=Card(title="Not understood", description=screen.card.description, colour=Colour.MISSED),
        private=True,
    )


def missed(sentence: str) -> Screen:
    """A sentence of ours, in Markdown, for who asked alone."""
    return Screen(card=Card(title="", description=sentence, colour=Colour.MISSED), private=True)


def mentioned_screen(issues: Sequence[int], headlines: Sequence[Headline], more: int) -> Screen:
    """What a message mentions, for who asked alone."""
    lines = [f"**AN #{number}**" for number in issues] + entries(headlines)
    if not lines:
        return missed("I know nothing that this message mentions.")
    if more:
        lines += ["", f"and {more:,} more that I do not show"]
    buttons = tuple(
        Button(label=f"AN #{number}", spot=Spot(view=View.ISSUE, target=str(number))) for number in issues
    )
    return Screen(
        card=Card(title="Mentioned in that message", description="\n".join(lines)),
        buttons=buttons,
        menu=menu_of(headlines, "Open one of them", Spot(view=View.TEXT, target="mentioned")),
        private=True,
    )


def _works_here(example: str) -> bool:
    """Whether it can be typed on Discord, where pages are turned by buttons."""
    return example.startswith("/") and "page:" not in example


def _some_sections(lead: str, sections: Sequence[SectionCount], title: str) -> Screen:
    lines = [f"- {shortened(path_of(found.path), _PATH)} ({found.count:,})" for found in sections[:LIST]]
    return Screen(
        card=Card(title=title, description="\n".join([lead, *lines]), colour=Colour.MISSED),
        menu=_sections_menu(sections[:LIST], Spot(view=View.SECTIONS)),
        private=True,
    )


def _sections_menu(sections: Sequence[SectionCount], here: Spot) -> Menu | None:
    values = {section(found.path, TARGET).target: found for found in sections if found.path}
    options = tuple(
        Option(
            label=cut(harmless(found.path[-1]), OPTION) or "Unnamed",
            value=value,
            description=cut(harmless(f"{found.count:,} · {path_of(found.path)}"), OPTION),
        )
        for value, found in values.items()
        if value.strip()
    )
    return Menu(placeholder="Open a section", options=options, spot=here) if options else None


def _quoted(words: str) -> str:
    return f" “{shortened(words, _QUOTED)}”" if words.strip() else ""


def _footer(text: str) -> str:
    return cut(harmless(text), FOOTER)
