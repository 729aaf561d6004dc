"""Typed text becomes the request that was meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.lookup import commands
from bot.lookup.requests import (
    FindPaper,
    ShowHelp,
    ShowIssue,
    ShowLatest,
    ShowRandom,
    ShowSections,
    ShowSummary,
    ShowTopic,
    Unclear,
    issue_number,
    parse,
)
from bot.model.search import Filters


@pytest.mark.parametrize(
    "text",
    [
        *("/an 58", "/an #58", "/an AN #58", "/an an58", "an 58", "AN #58", "an58", "#58", "58", " /AN  58 "),
        *("/an 058", "ＡＮ ＃５８", "/ an 58", "/paper AN #58", "/paper #58"),
    ],
)
def test_every_way_to_write_a_number_means_that_issue(text: str) -> None:
    assert parse(text) == ShowIssue(number=58)


@pytest.mark.parametrize("text", ["58 papers", "an", "AN #", "-5", "5.8", "58a", "1" * 40, ""])
def test_what_is_not_a_number_is_not_taken_for_one(text: str) -> None:
    assert issue_number(text) is None


def test_latest_and_random_are_requests_of_their_own() -> None:
    assert parse("/an latest") == ShowLatest()
    assert parse("/an Random") == ShowRandom()


def test_a_paper_is_asked_for_by_words_and_filters() -> None:
    assert parse("/paper mesa") == FindPaper(words="mesa")
    assert parse("/paper 2048") == FindPaper(words="2048")
    asked = parse("/paper deception by:hubinger in:robustness an:58 year:2019 is:highlight")
    filters = Filters(by="hubinger", section="robustness", issue=58, year=2019, highlight=True)
    assert asked == FindPaper(words="deception", filters=filters)


def test_filters_alone_are_a_question() -> None:
    assert parse("/paper year:2019") == FindPaper(words="", filters=Filters(year=2019))


def test_filters_alone_may_name_a_page_and_words_may_not() -> None:
    assert parse("/paper year:2019 page:2") == FindPaper(words="", filters=Filters(year=2019), page=2)
    assert parse("/paper The front page: a story") == FindPaper(words="The front page: a story")
    for text in ("/paper mesa page:2", "/paper year:2019 page:x", "/paper year:2019 page:0"):
        asked = parse(text)
        assert isinstance(asked, Unclear)
        assert asked.command is commands.PAPER


def test_a_topic_may_name_a_section_and_a_page() -> None:
    assert parse("/topic") == ShowSections()
    assert parse("/topic page:2") == ShowSections(page=2)
    assert parse("/topic mesa optimization") == ShowTopic(section="mesa optimization")
    assert parse("/topic mesa optimization page:2") == ShowTopic(section="mesa optimization", page=2)
    assert parse("/topic page: 3 mesa") == ShowTopic(section="mesa", page=3)


@pytest.mark.parametrize("page", ["0", "-1", "two", "", "9" * 30])
def test_a_page_that_cannot_be_is_answered_with_the_usage(page: str) -> None:
    asked = parse(f"/topic mesa page:{page}")
    assert isinstance(asked, Unclear)
    assert asked.command is commands.TOPIC


def test_a_summary_is_opened_by_its_key() -> None:
    assert parse("/open 58-Selection-vs-Control") == ShowSummary(key="58-selection-vs-control")


@pytest.mark.parametrize("command", commands.COMMANDS, ids=lambda command: command.name)
def test_help_is_one_word_away_on_every_command(command: commands.Command) -> None:
    if command is not commands.HELP:
        assert parse(f"/{command.name} help") == ShowHelp(command=command)
    assert parse(f"/help {command.name}") == ShowHelp(command=command)
    assert parse(f"/help /{command.name}") == ShowHelp(command=command)


def test_help_alone_is_about_everything() -> None:
    assert parse("/help") == parse("help") == parse("/help nonsense") == ShowHelp()


@pytest.mark.parametrize("name", ["an", "paper", "open"])
def test_a_command_that_lacks_its_argument_shows_its_help(name: str) -> None:
    assert parse(f"/{name}") == ShowHelp(command=commands.BY_NAME[name])


def test_every_example_and_usage_of_the_help_is_understood() -> None:
    for command in commands.COMMANDS:
        for line in (*command.examples, *command.usage):
            assert not isinstance(parse(line), Unclear) or "NUMBER" in line, line


def test_a_misspelt_command_is_answered_with_the_one_that_was_meant() -> None:
    asked = parse("/papr mesa optimization")
    assert isinstance(asked, Unclear)
    assert "“/paper mesa optimization”" in asked.problem


def test_words_without_a_command_are_answered_with_the_way_to_look_them_up() -> None:
    asked = parse("mesa optimization")
    assert isinstance(asked, Unclear)
    assert "/paper mesa optimization" in asked.problem


def test_words_after_an_are_answered_with_its_usage() -> None:
    asked = parse("/an mesa")
    assert isinstance(asked, Unclear)
    assert asked.command is commands.AN


def test_a_long_text_is_quoted_in_short() -> None:
    asked = parse("x" * 5000)
    assert isinstance(asked, Unclear)
    assert len(asked.problem) < 250


@given(st.text(st.characters(exclude_categories=()), max_size=400))
def test_nothing_a_person_can_type_raises(text: str) -> None:
    parse(text)


@given(st.sampled_from(["an", "paper", "topic", "open", "help"]), st.text(max_size=200))
def test_no_argument_raises(name: str, rest: str) -> None:
    parse(f"/{name} {rest}")
