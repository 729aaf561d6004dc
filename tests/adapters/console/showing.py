"""Answers, the cards that the console writes of them, plain and at a terminal, and what a reader sees."""

import io
import re
from datetime import UTC, date, datetime

from rich.console import Console

from adapters.console import plain as plain_card
from adapters.console import rich as rich_card
from adapters.console.format import CONSOLE_FORMAT
from bot.cards.card import Card
from bot.cards.context import Context
from bot.cards.presenter import card_of
from bot.cards.routes import Route, View
from bot.lookup.answers import (
    Answer,
    Group,
    IssueFound,
    Lead,
    SampleNotice,
    SummaryFound,
)
from bot.model.newsletter import Opinion, Origin, SectionCount
from tests.support.fakes import summary

MESA = SectionCount(path=("Technical AI alignment", "Mesa optimization"), count=31)
LEARNED = summary(
    "Risks from Learned Optimization",
    links=("https://a.example/1906.01820",),
    authors="Evan Hubinger*, Chris van Merwijk*, Joar Skalse",
    venue="arXiv",
    year=2019,
    section=MESA.path,
    highlight=True,
    hat_tip="A friend",
    summarizer="Rohin",
    text="A **mesa optimizer** is [found](https://b.example/found).\n\n- one\n- two",
    opinions=(Opinion(by="Rohin", text="Quite _important_."), Opinion(by="Flo", text="Indeed.")),
    prerequisites="[Optimization](https://c.example/)",
    read_more="[Forum](https://d.example/)",
)
CONTROL = summary("Selection vs Control", position=2, authors="Abram Demski")
ANSWER = SummaryFound(
    summary=LEARNED,
    issue_title="What it is",
    issue_url="https://a.example/58",
    cites=(CONTROL.headline,),
    cited_by=(summary("Inner Alignment", 81).headline,),
    others=(summary("Conditions", None, label="Recon #4").headline,),
)
ISSUE = IssueFound(
    number=58,
    title="What it is",
    published=date(2019, 6, 24),
    url="https://a.example/58",
    audio="https://a.example/58.mp3",
    highlights=(Lead(headline=LEARNED.headline, text="It may optimize."),),
    groups=(Group(path=("Agent foundations",), headlines=(CONTROL.headline,)),),
    previous=57,
    following=None,
)
NOTICE = SampleNotice(issues=5, summaries=55, fetch='anbot index "https://a.example/sheet"')

CONTEXT = Context(
    now=datetime(2026, 1, 12, tzinfo=UTC),
    origin=Origin(issues=5, summaries=55, updated=None, sample=True),
    length=100,
)


def card(answer: Answer) -> Card:
    return card_of(answer, CONTEXT, Route(view=View.TEXT), CONSOLE_FORMAT)


def plain(answer: Answer, width: int | None = None) -> str:
    return plain_card.write(card(answer), width)


def drawn(answer: Answer, width: int = 100, *, numbers: bool = False, colour: bool = True) -> str:
    console = Console(
        file=io.StringIO(),
        force_terminal=True,
        width=width,
        color_system="truecolor",
        no_color=not colour,
        _environ={},
    )
    with console.capture() as capture:
        console.print(rich_card.draw(card(answer), numbers=numbers), crop=False)
    return capture.get()


SGR = re.compile(r"\x1b\[[0-9;]*m")
LINK = re.compile(r"\x1b\]8;[^;\x1b\x07]*;([^\x1b\x07]*)\x1b\\")


def bare(text: str) -> str:
    """What a reader sees of terminal output: no styles, no link addresses."""
    return LINK.sub("", SGR.sub("", text))
