"""Any answer, made of what `any_newsletter` makes up."""

from datetime import date

from hypothesis import strategies as st

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
    SectionChoices,
    Sections,
    SectionUnknown,
    SummaryFound,
    SummaryGone,
    TopicPage,
)
from bot.lookup.commands import AN, COMMANDS, OPEN
from bot.model.newsletter import Headline, SectionCount
from tests.support.any_newsletter import PATHS, TEXT, headlines, summaries


def issue_of(listed: tuple[Headline, ...], title: str = "", path: tuple[str, ...] = ("News",)) -> IssueFound:
    """An issue of the entries: a third are highlights, a third in that section, a third in none."""
    return IssueFound(
        number=58,
        title=title,
        published=date(2019, 6, 4),
        url="https://a.example",
        audio="https://a.example/a.mp3",
        highlights=tuple(Lead(headline=h, text=h.title[:320]) for h in listed[::3]),
        groups=(Group(path=path, headlines=listed[1::3]), Group(path=(), headlines=listed[2::3])),
        previous=57,
        following=59,
    )


@st.composite
def found_summaries(draw: st.DrawFn) -> SummaryFound:
    """Any summary with all that it leads to."""
    entry, listed = draw(summaries()), draw(headlines())
    return SummaryFound(
        summary=entry, issue_title=entry.title, issue_url="https://a.example", cites=listed, cited_by=listed
    )


@st.composite
def lists_and_misses(draw: st.DrawFn) -> tuple[Answer, ...]:
    """One of each kind of list and of each way to find nothing."""
    listed, words, path = draw(headlines(most=10)), draw(TEXT), draw(PATHS)
    sections = tuple(
        SectionCount(path=each, count=1234) for each in draw(st.lists(PATHS, max_size=60, unique=True))
    )
    return (
        Choices(words=words, headlines=listed[:6]),
        NotFound(words=words, problem=words, closest=listed[:5]),
        TopicPage(path=path, headlines=listed, page=draw(st.integers(1, 4)), pages=4, total=40),
        Sections(sections=sections),
        SectionChoices(name=words, sections=sections),
        SectionUnknown(name=words, closest=sections[:3]),
        SummaryGone(key=words),
        Misunderstood(problem=words, commands=COMMANDS),
        Help(commands=(AN,)),
        Help(commands=COMMANDS),
        Help(commands=(OPEN,)),
        IssueUnknown(number=10**8, nearest=(1, 2, 3, 4)),
        IssueUnknown(number=1, nearest=()),
    )
