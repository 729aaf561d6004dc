"""Issues and summaries are looked up in what the library holds, and what is not there gets what is nearest."""

from datetime import date

import pytest

from bot.lookup import commands
from bot.lookup.answers import (
    Choices,
    Help,
    IssueFound,
    IssueUnknown,
    Misunderstood,
    NotFound,
    SummaryFound,
    SummaryGone,
)
from bot.lookup.requests import parse
from bot.model.newsletter import Issue, Summary
from tests.bot.lookup.shelf import ALIGNMENT, ISSUES, LAW, LEARNED, SELECTION, ask, lookup
from tests.support.fakes import summary


async def test_an_issue_shows_its_highlights_first_and_everything_else_once() -> None:
    answer = await ask("/an 58")
    assert isinstance(answer, IssueFound)
    assert (answer.title, answer.published, answer.url) == (
        "What it is",
        date(2019, 6, 24),
        "https://a.example/58",
    )
    assert [lead.headline.key for lead in answer.highlights] == [LEARNED.key]
    assert [(group.path, [h.key for h in group.headlines]) for group in answer.groups] == [
        ((ALIGNMENT, "Agent foundations"), [SELECTION.key])
    ]


async def test_a_highlight_opens_with_whole_sentences_of_plain_text() -> None:
    answer = await ask("/an 58")
    assert isinstance(answer, IssueFound)
    text = answer.highlights[0].text
    assert text.startswith("A learned model may optimize by itself. It may want something else. More of it.")
    assert text.endswith("More of it.")
    assert len(text) <= 320


async def test_an_entry_under_the_heading_of_highlights_is_one_of_them() -> None:
    printed = summary("Printed", 3, section=("Highlights",))
    answer = await ask("/an 3", (Issue(number=3, summaries=(printed,)),))
    assert isinstance(answer, IssueFound)
    assert [lead.headline.key for lead in answer.highlights] == [printed.key]
    assert answer.groups == ()


async def test_an_issue_knows_its_neighbours_that_exist() -> None:
    answer = await ask("/an 76")
    assert isinstance(answer, IssueFound)
    assert (answer.previous, answer.following) == (58, 99)
    first = await ask("/an 58")
    assert isinstance(first, IssueFound)
    assert (first.previous, first.following) == (None, 76)


@pytest.mark.parametrize(
    ("number", "nearest"), [(84, (58, 76, 99)), (0, (58, 76, 99)), (999_999_999, (58, 76, 99))]
)
async def test_an_unknown_number_is_answered_with_the_nearest_ones(
    number: int, nearest: tuple[int, ...]
) -> None:
    assert await ask(f"/an {number}") == IssueUnknown(number=number, nearest=nearest)


async def test_of_many_issues_only_the_nearest_are_offered() -> None:
    issues = tuple(Issue(number=number) for number in range(1, 100) if number != 50)
    assert await ask("/an 50", issues) == IssueUnknown(number=50, nearest=(48, 49, 51, 52))


async def test_the_latest_issue_has_the_highest_number() -> None:
    answer = await ask("/an latest")
    assert isinstance(answer, IssueFound)
    assert answer.number == 99


async def test_random_issues_come_from_the_dice_that_were_given() -> None:
    numbers = set()
    for seed in range(40):
        reply = await lookup(seed=seed).answer(parse("/an random"))
        assert isinstance(reply.answer, IssueFound)
        numbers.add(reply.answer.number)
    assert numbers == {58, 76, 99}


@pytest.mark.parametrize("text", ["/an 1", "/an latest", "/an random"])
async def test_an_empty_library_says_that_there_are_no_issues(text: str) -> None:
    answer = await ask(text, ())
    assert isinstance(answer, IssueUnknown)
    assert answer.nearest == ()


async def test_a_paper_is_shown_with_its_issue_and_what_else_was_possibly_meant() -> None:
    issues = (*ISSUES, Issue(number=101, summaries=(summary("Selection, again", 101),)))
    answer = await ask("/paper selection", issues)
    assert isinstance(answer, SummaryFound)
    assert answer.summary == SELECTION
    assert (answer.issue_title, answer.issue_url) == ("What it is", "https://a.example/58")
    assert [headline.title for headline in answer.others] == ["Selection, again"]


async def test_a_summary_shows_what_it_cites_and_what_cites_it() -> None:
    answer = await ask(f"/open {SELECTION.key}")
    assert isinstance(answer, SummaryFound)
    assert [headline.key for headline in answer.cited_by] == [LAW.key]
    citing = await ask(f"/open {LAW.key}")
    assert isinstance(citing, SummaryFound)
    assert [headline.key for headline in citing.cites] == [SELECTION.key]


async def test_a_summary_outside_the_numbered_issues_opens_too() -> None:
    answer = await ask("/paper beyond dqn")
    assert isinstance(answer, SummaryFound)
    assert (answer.summary.label, answer.issue_title) == ("Recon #4", "")


async def test_several_likely_papers_are_offered_five_at_most() -> None:
    answer = await ask("/paper deep learning")
    assert isinstance(answer, Choices)
    assert answer.words == "deep learning"
    assert len(answer.headlines) == 5


async def test_a_question_that_nothing_fits_gets_the_closest_titles() -> None:
    answer = await ask("/paper pizza recipe")
    assert isinstance(answer, NotFound)
    assert 1 <= len(answer.closest) <= 5


async def test_a_filter_that_matches_nothing_is_named() -> None:
    answer = await ask("/paper pizza in:robustnes")
    assert isinstance(answer, NotFound)
    assert "robustnes" in answer.problem


async def test_a_key_without_a_summary_says_that_it_is_gone() -> None:
    assert await ask("/open 58-nothing") == SummaryGone(key="58-nothing")


async def test_help_is_about_one_command_or_all() -> None:
    assert await ask("/an help") == Help(commands=(commands.AN,))
    assert await ask("/help") == Help(commands=commands.COMMANDS)


async def test_what_is_not_understood_is_answered_with_usage() -> None:
    answer = await ask("/an five")
    assert isinstance(answer, Misunderstood)
    assert answer.commands == (commands.AN,)
    assert "five" in answer.problem


async def test_the_sample_says_what_it_is_with_its_first_answer_only() -> None:
    asked = lookup(sample=True)
    replies = [await asked.answer(parse(text)) for text in ("/help", "/an 58", "/an 76")]
    assert [reply.notice is not None for reply in replies] == [False, True, False]
    assert replies[1].notice is not None
    assert (replies[1].notice.issues, replies[1].notice.summaries) == (4, 28)
    assert replies[1].notice.fetch == "anbot index sheet"


async def test_the_archive_carries_no_notice() -> None:
    assert (await lookup().answer(parse("/an 58"))).notice is None


async def test_two_equal_entries_of_one_issue_are_both_shown() -> None:
    """Equality of the values must not swallow one: keys tell them apart."""
    twins: tuple[Summary, ...] = tuple(summary("Twin", 7, n) for n in (1, 2))
    answer = await ask("/an 7", (Issue(number=7, summaries=twins),))
    assert isinstance(answer, IssueFound)
    assert [len(group.headlines) for group in answer.groups] == [2]
