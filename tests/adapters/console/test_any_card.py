"""Every card is written in both ways within its width, and no text of a newsletter steers a terminal."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.lookup import commands
from bot.lookup.answers import (
    Answer,
    Choices,
    Help,
    IssueUnknown,
    Misunderstood,
    NotFound,
    SectionChoices,
    Sections,
    SectionUnknown,
    SummaryFound,
    SummaryGone,
    TopicPage,
)
from bot.model.newsletter import Opinion, SectionCount, Summary
from tests.adapters.console.showing import ANSWER, CONTROL, ISSUE, LEARNED, LINK, MESA, bare, drawn, plain
from tests.support.fakes import summary

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
