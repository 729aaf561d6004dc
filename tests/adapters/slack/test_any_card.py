"""Whatever there is to say fits Slack's limits, and nothing of it pings or breaks out."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.slack.app_home import home_of
from bot.cards.routes import Route, View
from bot.lookup.answers import Answer, SummaryFound
from bot.model.newsletter import Headline
from bot.model.places import Preferences
from tests.adapters.slack.limits import check_view
from tests.adapters.slack.showing import ALICE, all_pages, card_of, context, options, sent
from tests.support.any_answers import found_summaries, issue_of, lists_and_misses
from tests.support.any_newsletter import PATHS, TEXT, headlines


@settings(max_examples=25)
@given(found_summaries(), st.sampled_from(list(View)), st.integers(0, 9), st.sampled_from([700, 3000]))
def test_any_summary_fits(answer: SummaryFound, view: View, page: int, length: int) -> None:
    sent(card_of(answer, context(length), Route(view=view, target=answer.summary.key, page=page)))


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
@given(lists_and_misses())
def test_any_list_and_any_miss_fits(answers: tuple[Answer, ...]) -> None:
    for answer in answers:
        sent(card_of(answer, context()))
