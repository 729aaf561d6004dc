"""Whatever there is to say fits Slack's limits, and nothing of it pings or breaks out."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.slack.app_home import home_of
from bot.cards.routes import Route, View
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
from bot.lookup.commands import AN, COMMANDS, OPEN
from bot.model.newsletter import Headline, SectionCount, Summary
from bot.model.places import Preferences
from tests.adapters.slack.limits import check_view
from tests.adapters.slack.showing import ALICE, all_pages, card_of, context, issue_of, options, sent
from tests.support.any_newsletter import PATHS, TEXT, headlines, summaries


@settings(max_examples=25)
@given(summaries(), headlines(), st.sampled_from(list(View)), st.integers(0, 9), st.sampled_from([700, 3000]))
def test_any_summary_fits(
    entry: Summary, listed: tuple[Headline, ...], view: View, page: int, length: int
) -> None:
    answer = SummaryFound(
        summary=entry, issue_title=entry.title, issue_url="https://a.example", cites=listed, cited_by=listed
    )
    sent(card_of(answer, context(length), Route(view=view, target=entry.key, page=page)))


@pytest.mark.slow
@settings(max_examples=20)
@given(headlines(most=45), TEXT, PATHS)
def test_any_issue_fits_and_every_entry_can_be_opened(
    listed: tuple[Headline, ...], title: str, path: tuple[str, ...]
) -> None:
    issue = issue_of(listed, title, path)
    opened = [value for card in all_pages(issue, View.ISSUE) for value in options(sent(card))]
    assert set(opened) == {h.key for h in listed}
    check_view(home_of(issue, context(), Preferences(), owner=ALICE, admin=True))


@pytest.mark.slow
@settings(max_examples=20)
@given(headlines(most=10), TEXT, PATHS, st.lists(PATHS, max_size=60, unique=True), st.integers(1, 4))
def test_any_list_and_any_miss_fits(
    listed: tuple[Headline, ...], typed: str, path: tuple[str, ...], paths: list[tuple[str, ...]], page: int
) -> None:
    counts = tuple(SectionCount(path=each, count=1234) for each in paths)
    answers: list[Answer] = [
        Choices(words=typed, headlines=listed[:6]),
        NotFound(words=typed, problem=typed, closest=listed[:5]),
        TopicPage(path=path, headlines=listed, page=page, pages=4, total=40),
        Sections(sections=counts),
        SectionChoices(name=typed, sections=counts),
        SectionUnknown(name=typed, closest=counts[:3]),
        SummaryGone(key=typed),
        Misunderstood(problem=typed, commands=COMMANDS),
        Help(commands=(AN,)),
        Help(commands=COMMANDS),
        Help(commands=(OPEN,)),
        IssueUnknown(number=10**8, nearest=(1, 2, 3, 4)),
        IssueUnknown(number=1, nearest=()),
    ]
    for answer in answers:
        sent(card_of(answer, context(), Route(view=View.SECTIONS, page=page)))
