"""Whatever there is to say fits Discord's limits, and nothing of it pings or breaks out."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.discord.render import Colour, embed_of
from bot.cards.routes import Route, View
from bot.lookup.answers import (
    Answer,
    Group,
    Help,
    IssueFound,
    NotFound,
    SectionChoices,
    SummaryFound,
    SummaryGone,
)
from bot.lookup.commands import AN, COMMANDS
from bot.model.newsletter import Headline, SectionCount
from tests.adapters.discord.showing import NOW, all_pages, context, described, made, sent
from tests.support.any_answers import found_summaries, issue_of, lists_and_misses
from tests.support.any_newsletter import PATHS, TEXT, headlines
from tests.support.fakes import summary


@settings(max_examples=25)
@given(found_summaries(), st.sampled_from(list(View)), st.integers(0, 9), st.sampled_from([700, 3000]))
def test_any_summary_fits(answer: SummaryFound, view: View, page: int, length: int) -> None:
    sent(made(answer, context(length), Route(view=view, target=answer.summary.key, page=page)))


@pytest.mark.parametrize("text", ["", " ", ">", "\u202e", "[](https://a.example)"])
def test_a_text_that_says_nothing_is_shown_as_a_title_alone(text: str) -> None:
    empty = summary("Bare", text=text)
    answer = SummaryFound(summary=empty, issue_title="", issue_url="")
    card = made(answer, context(), Route(view=View.TEXT, target=empty.key))
    assert described(card) == "*The newsletter lists this one by its title alone.*"


@pytest.mark.slow
@settings(max_examples=25)
@given(headlines(most=45), TEXT, PATHS, st.integers(0, 5))
def test_any_issue_fits_and_every_entry_can_be_opened(
    listed: tuple[Headline, ...], title: str, path: tuple[str, ...], page: int
) -> None:
    issue = issue_of(listed, title, path)
    sent(made(issue, context(), Route(view=View.ISSUE, page=page)))
    shown = [made(issue, context(), Route(view=View.ISSUE, page=p)) for p in range(1, 46)]
    opened = {option.value for card in shown if card.menu for option in card.menu.options}
    assert opened == {h.key for h in listed}


@settings(max_examples=25)
@given(lists_and_misses())
def test_any_list_and_any_miss_fits(answers: tuple[Answer, ...]) -> None:
    for answer in answers:
        sent(made(answer, context()))


@pytest.mark.parametrize(
    ("facts", "age"),
    [
        ({}, "updated 3 days ago"),
        ({"updated": NOW}, "updated today"),
        ({"sample": True}, "from the embedded sample"),
        ({"updated": NOW - timedelta(days=100)}, "updated 3 months ago"),
    ],
)
def test_a_footer_tells_how_old_the_data_is(facts: dict[str, Any], age: str) -> None:
    assert context(**facts).footer("AN #58") == f"AN #58 · {age}"
    assert context(updated=None).footer("AN #58") == "AN #58"


def test_a_list_is_below_its_lead() -> None:
    sections = SectionChoices(name="ai", sections=(SectionCount(path=("AI governance",), count=7),))
    assert described(made(sections, context())) == "Several sections fit “ai”:\n- AI governance (7)"
    closest = NotFound(words="x", problem="", closest=(summary("A title").headline,))
    lead, label, entries = described(made(closest, context())).split("\n\n")
    assert (lead, label) == (
        "“x” is not in the newsletter, as far as I have it.",
        "What comes closest:",
    )
    assert entries.startswith("- **A title**")


def test_help_on_all_commands_tells_of_the_message_command_too() -> None:
    everything = described(made(Help(commands=COMMANDS), context()))
    assert everything.endswith("**Find summaries** shows what it mentions.")
    assert "page:" not in everything  # pages are turned by buttons
    assert "Find summaries" not in described(made(Help(commands=(AN,)), context()))


def test_headings_take_their_share_of_a_page() -> None:
    groups = tuple(
        Group(path=(f"{n} {'heading ' * 18}",), headlines=(summary(f"Entry {n}").headline,))
        for n in range(24)
    )
    issue = IssueFound(
        number=58,
        title="",
        published=None,
        url="",
        audio="",
        highlights=(),
        groups=groups,
        previous=None,
        following=None,
    )
    shown = list(all_pages(issue, View.ISSUE))
    assert len(shown) > 1
    assert sum(described(card).count("### ") for card in shown) == 24


def test_authors_are_above_a_text_and_not_above_a_list() -> None:
    cited = summary("Cited", authors="Somebody").headline
    citing = summary("Citing", authors="Ann Archer", text="A text.")
    answer = SummaryFound(summary=citing, issue_title="", issue_url="", cites=(cited,))
    assert described(made(answer, context())) == "**Ann Archer**\n\nA text."
    assert described(made(answer, context(), Route(view=View.CITES))).startswith("### Cites\n- **Cited**")


def colour(answer: Answer) -> int:
    embed = embed_of(made(answer, context()))
    assert embed
    assert embed.colour
    return embed.colour.value


def test_a_miss_has_a_colour_of_its_own() -> None:
    assert colour(SummaryGone(key="x")) == Colour.MISSED.value
    assert colour(Help(commands=(AN,))) != Colour.MISSED.value
