"""Every meaning becomes a card that says it, in plain text and at a terminal."""

import io
import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from adapters.console import plain as plain_card
from adapters.console import rich as rich_card
from adapters.console.format import CONSOLE_FORMAT
from adapters.console.page import commands_of
from bot.cards.card import Card
from bot.cards.context import Context
from bot.cards.presenter import card_of, sample_notice
from bot.cards.routes import Route, View
from bot.lookup import commands
from bot.lookup.answers import (
    Answer,
    Choices,
    Group,
    Help,
    IssueFound,
    IssueUnknown,
    Lead,
    Misunderstood,
    NotFound,
    SampleNotice,
    SectionChoices,
    Sections,
    SectionUnknown,
    SummaryFound,
    SummaryGone,
    TopicPage,
)
from bot.model.newsletter import Opinion, Origin, SectionCount, Summary
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
ALL: tuple[Answer, ...] = (
    ISSUE,
    ANSWER,
    IssueUnknown(number=84, nearest=(83, 85)),
    IssueUnknown(number=1, nearest=()),
    SummaryGone(key="58-gone"),
    Choices(words="mesa", headlines=(LEARNED.headline, CONTROL.headline)),
    NotFound(words="pizza", problem="", closest=(CONTROL.headline,)),
    NotFound(words="", problem="No section is called pizza.", closest=()),
    TopicPage(path=MESA.path, headlines=(LEARNED.headline,), page=2, pages=4, total=31),
    Sections(sections=(MESA, SectionCount(path=(), count=1))),
    SectionChoices(name="misc", sections=(MESA,)),
    SectionUnknown(name="cooking", closest=(MESA,)),
    Help(commands=commands.COMMANDS),
    Help(commands=(commands.AN,)),
    Misunderstood(problem="“five” is not a number.", commands=(commands.AN,)),
)


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


def test_a_card_shows_everything_known_of_a_summary() -> None:
    text = plain(ANSWER)
    for fact in (
        "★ Risks from Learned Optimization\nhttps://a.example/1906.01820\n",
        "Evan Hubinger, Chris van Merwijk, Joar Skalse · arXiv 2019\n",
        "AN #58 · Technical AI alignment › Mesa optimization · summarized by Rohin · H/T A friend\n",
        "A mesa optimizer is found <https://b.example/found>.",
        "- one\n- two",
        "ROHIN’S OPINION\n\nQuite important.",
        "FLO’S OPINION\n\nIndeed.",
        "Prerequisites: Optimization <https://c.example/>",
        "Read more: Forum <https://d.example/>",
        "CITES\n- Selection vs Control · Abram Demski · AN #58\n  /open 58-selection-vs-control",
        "CITED BY\n- Inner Alignment · AN #81\n  /open 81-inner-alignment",
        "OTHER MATCHES\n- Conditions · Recon #4\n  /open recon-4-conditions",
        "- AN #58 — What it is: /an 58",
    ):
        assert fact in text


def test_an_entry_without_a_summary_says_so() -> None:
    text = plain(SummaryFound(summary=CONTROL, issue_title="", issue_url=""))
    assert "by its title alone" in text


def test_a_list_of_a_thousand_authors_does_not_fill_the_screen() -> None:
    crowd = summary("Crowd", authors=", ".join(f"Author {n}" for n in range(1000)))
    text = plain(SummaryFound(summary=crowd, issue_title="", issue_url=""))
    assert "Author 0 et al." in text
    assert len(text) < 500


def test_an_issue_shows_highlights_then_sections_then_neighbours() -> None:
    text = plain(ISSUE)
    shown = [
        "AN #58 — What it is",
        "24 June 2019 · 2 entries · Listen <https://a.example/58.mp3>",
        "HIGHLIGHTS",
        "It may optimize.",
        "AGENT FOUNDATIONS",
    ]
    places = [text.index(part) for part in [*shown, "Selection vs Control", "◂ AN #57: /an 57"]]
    assert places == sorted(places)
    assert "▸" not in text
    assert "HIGHLIGHTS\n- ★" in text


def test_highlights_with_a_lead_have_blank_lines_between() -> None:
    leads = tuple(Lead(headline=s.headline, text="It may optimize.") for s in (LEARNED, CONTROL))
    answer = replace(ISSUE, highlights=leads)
    assert f"\n  /open {LEARNED.key}\n\n- Selection vs Control" in plain(answer)
    shown = bare(drawn(answer))
    assert re.search(rf"/open {LEARNED.key} *\n *\n• Selection", shown)
    assert shown.count("• ") == len(commands_of(card(answer)))


@pytest.mark.parametrize("answer", ALL, ids=lambda answer: type(answer).__name__)
def test_every_meaning_says_something_in_plain_text(answer: Answer) -> None:
    text = plain(answer)
    assert text.strip()
    assert text.endswith("\n")
    assert "\x1b" not in text


@pytest.mark.parametrize("answer", ALL, ids=lambda answer: type(answer).__name__)
def test_a_terminal_shows_what_plain_text_says(answer: Answer) -> None:
    """But for addresses, which become links, and capitals of headings."""
    text = re.sub(r"<?https?://\S+", "", plain(answer)).casefold()
    shown = " ".join(bare(drawn(answer, 300)).casefold().split())
    for word in text.replace("- ", " ").replace(" — ", " ").split():
        assert word.rstrip(":)").lstrip("(") in shown


@pytest.mark.parametrize("width", [40, 80, 120])
@pytest.mark.parametrize("answer", ALL, ids=lambda answer: type(answer).__name__)
def test_no_line_is_wider_than_the_terminal(answer: Answer, width: int) -> None:
    assert max(map(len, bare(drawn(answer, width)).splitlines())) <= width


@pytest.mark.parametrize("answer", ALL, ids=lambda answer: type(answer).__name__)
def test_plain_text_is_filled_to_a_width_that_was_given(answer: Answer) -> None:
    lines = plain(answer, 60).splitlines()
    assert all(len(line) <= 60 or " " not in line.strip(" -") for line in lines)
    assert plain(answer, 60).split() == plain(answer).split()


def test_titles_and_links_can_be_clicked_at_a_terminal() -> None:
    targets = LINK.findall(drawn(ANSWER))
    assert {"https://a.example/1906.01820", "https://b.example/found", "https://d.example/"} <= set(targets)


def test_without_colour_only_weight_is_left() -> None:
    codes = {code for sgr in SGR.findall(drawn(ANSWER, colour=False)) for code in sgr[2:-1].split(";")}
    assert not {code for code in codes if code.startswith(("3", "4", "9")) and len(code) > 1}


def test_numbers_stand_for_the_commands_in_their_order() -> None:
    assert commands_of(card(ISSUE)) == (f"/open {LEARNED.key}", f"/open {CONTROL.key}", "/an 57")
    text = bare(drawn(ISSUE, numbers=True))
    assert re.search(r"1 ★ Risks.*2 Selection.*3 ◂ AN #57", text, re.DOTALL)
    assert "/open" not in text


def test_a_topic_leads_to_its_next_and_previous_page() -> None:
    first = "/topic Technical AI alignment Mesa optimization"
    topic = TopicPage(path=MESA.path, headlines=(LEARNED.headline,), page=2, pages=3, total=31)
    assert commands_of(card(topic))[-2:] == (first, f"{first} page:3")
    assert plain(topic).endswith("Page 2 of 3 · from the embedded sample\n")
    assert commands_of(card(replace(topic, page=3)))[-1] == f"{first} page:2"


def test_the_sample_says_how_to_get_the_archive_in_one_line_that_can_be_copied() -> None:
    text = plain_card.write(replace(card(ISSUE), notice=sample_notice(NOTICE)), 60)
    assert "This is a sample: 5 issues, 55 summaries" in text
    assert f"    {NOTICE.fetch}\n" in text


def test_what_looks_like_a_tag_is_shown() -> None:
    """The newsletter writes <GRAPHS HERE> and <A, E, W> as text."""
    odd = summary("Odd", text="See <GRAPHS HERE> and <A, E, W>.\n\n    - four\n    - blanks in")
    answer = SummaryFound(summary=odd, issue_title="", issue_url="")
    for text in (plain(answer), bare(drawn(answer))):
        assert "See <GRAPHS HERE> and <A, E, W>." in text
    assert "- four\n- blanks in" in plain(answer)
    assert "• blanks in" in bare(drawn(answer))


def test_each_line_of_a_quotation_is_marked() -> None:
    quoting = summary("Quoting", text="It says:\n\n> " + "many words " * 20)
    answer = SummaryFound(summary=quoting, issue_title="", issue_url="")
    assert plain(answer, 60).count("\n> many") == bare(drawn(answer, 60)).count("\n▌ many") == 4


def test_code_keeps_its_lines() -> None:
    code = summary("Code", text="```\nif x:\n    y = " + "z" * 60 + "\n```")
    answer = SummaryFound(summary=code, issue_title="", issue_url="")
    assert f"    if x:\n        y = {'z' * 60}\n" in plain(answer, 40)
    assert re.search(rf"  if x: *\n      y = {'z' * 60}\n", bare(drawn(answer, 40)))


def test_a_long_title_is_shown_once_and_whole() -> None:
    title = "A title " * 60
    text = plain(SummaryFound(summary=summary(title), issue_title="", issue_url=""))
    assert text.casefold().count(title.strip().casefold()) == 1


def test_below_a_mistake_the_other_commands_are_listed_in_short() -> None:
    several = plain(Misunderstood(problem="No.", commands=commands.COMMANDS))
    assert "/paper — The summary" in several
    assert "by:NAME" not in several
    assert "by:NAME" in plain(Misunderstood(problem="No.", commands=(commands.PAPER,)))


HOSTILE = st.text(
    st.one_of(st.characters(), st.sampled_from("\x1b\x07\x9b\x9d\r\u202e\u2066[]()<>*_`#&;/\\:")), max_size=60
)


def hostile_card(text: str) -> SummaryFound:
    evil = Summary(
        key="58-x",
        issue=None,
        label=text,
        position=1,
        title=text,
        links=(text, f"https://a.example/{text}"),
        authors=text,
        venue=text,
        section=(text,),
        summarizer=text,
        text=text + f"\n\n[{text}](https://a.example/{text})",
        opinions=(Opinion(by=text, text=text),),
        read_more=text,
    )
    return SummaryFound(summary=evil, issue_title=text, issue_url=text, others=(evil.headline,))


def steers(text: str) -> set[str]:
    """The characters that could move a cursor or turn the reading direction."""
    return set(re.findall("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text))


@given(HOSTILE)
def test_no_text_of_a_newsletter_steers_a_reader_of_plain_text(text: str) -> None:
    assert steers(plain(hostile_card(text))) == set()
    assert steers(plain(Misunderstood(problem=text, commands=()))) == set()


@given(HOSTILE)
def test_no_text_of_a_newsletter_steers_a_terminal(text: str) -> None:
    """Every escape sequence is one of ours: a style, or a link to a web address."""
    shown = drawn(hostile_card(text))
    assert steers(bare(shown)) == set()
    assert all(target == "" or target.startswith(("http://", "https://")) for target in LINK.findall(shown))


def test_the_address_of_a_title_must_be_of_the_web() -> None:
    local = summary("Local", links=("file:///etc/passwd",))
    assert LINK.findall(drawn(SummaryFound(summary=local, issue_title="", issue_url=""))) == []
