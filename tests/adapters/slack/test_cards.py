"""What each card tells, to whom, and what can be pressed on it."""

import pytest

from adapters.slack.action_ids import decode
from adapters.slack.app_home import home_of
from adapters.slack.payload import payload_of
from bot.cards.routes import Route, Verb, View, picked
from bot.lookup.answers import (
    Answer,
    Choices,
    Help,
    IssueUnknown,
    Misunderstood,
    NotFound,
    SectionChoices,
    SectionUnknown,
    SummaryFound,
    SummaryGone,
    TopicPage,
)
from bot.lookup.commands import COMMANDS, OPEN
from bot.model.newsletter import Opinion, SectionCount
from bot.model.places import Preferences
from bot.text.rich_text import heading, plain_block
from tests.adapters.slack.limits import check_view, elements
from tests.adapters.slack.mrkdwn_reader import see_rich, seen_in, texts_of
from tests.adapters.slack.showing import ALICE, all_pages, card_of, context, labels, options, sent
from tests.support.any_answers import issue_of
from tests.support.fakes import summary

RISKS = summary(
    "Risks & other things",
    authors="Evan Hubinger*, Chris van Merwijk*",
    venue="arXiv",
    year=2019,
    links=("https://arxiv.org/abs/1906.01820",),
    section=("Technical AI alignment", "Mesa optimization"),
    highlight=True,
    hat_tip="Sam",
    summarizer="Rohin",
    text="Optimizers _produce_ optimizers.",
    opinions=(Opinion(by="Rohin", text="A useful _frame_."),),
    prerequisites="[Another](https://a.example)",
)
CITED = summary("Cited", 57).headline
ANSWER = SummaryFound(
    summary=RISKS, issue_title="Mesa", issue_url="https://mail.example/58", cites=(CITED,), cited_by=(CITED,)
)


def test_a_summary_tells_all_that_is_known_of_it() -> None:
    message = sent(card_of(ANSWER, context()))
    head, facts, footer = texts_of(message["blocks"])
    assert head.startswith("★ *<https://arxiv.org/abs/1906.01820|Risks &amp; other things>*\nEvan")
    assert head.endswith("\nEvan Hubinger, Chris van Merwijk · arXiv 2019")
    assert facts == (
        "<https://mail.example/58|AN #58> · Technical AI alignment › Mesa optimization · Highlight"
        " · summarized by Rohin · H/T Sam"
    )
    (text,) = (see_rich(block) for block in message["blocks"] if block["type"] == "rich_text")
    assert text.text == "Optimizers produce optimizers.\n\nPrerequisites: Another"
    assert (text.italic, text.bold, text.links) == (
        ["produce"],
        ["Prerequisites: "],
        [("Another", "https://a.example")],
    )
    assert footer == "updated 3 days ago"
    assert labels(message) == [
        "Opinion",
        "Cites 1",
        "Cited by 1",
        "Other matches",
        "Issue AN #58",
        "Remove",
    ]


def test_the_opinion_is_told_by_name() -> None:
    message = sent(card_of(ANSWER, context(), Route(view=View.OPINION)))
    assert "Rohin’s opinion\n\nA useful frame." in [seen.text for seen in seen_in(message["blocks"])]


def test_what_cites_it_can_be_opened() -> None:
    assert options(sent(card_of(ANSWER, context(), Route(view=View.CITED_BY)))) == [CITED.key]


def test_a_clear_answer_is_for_all_unless_the_place_keeps_it_private_and_can_then_be_shared() -> None:
    card = card_of(ANSWER, context())
    public = payload_of(card, owner=ALICE, private=False)
    assert (public["response_type"], labels(public)[-1]) == ("in_channel", "Remove")
    private = payload_of(card, owner=ALICE, private=True)
    assert (private["response_type"], labels(private)[-1]) == ("ephemeral", "Share")
    copy = payload_of(card, owner=ALICE, private=True, shared=True)
    assert "Share" not in labels(copy)
    assert f"Shared by <@{ALICE}>" not in texts_of(copy["blocks"])
    shared = payload_of(card, owner=ALICE, private=False, shared=True)
    assert f"Shared by <@{ALICE}>" in texts_of(shared["blocks"])


@pytest.mark.parametrize(
    "answer",
    [
        Choices(words="x", headlines=(CITED,)),
        NotFound(words="x", problem="", closest=(CITED,)),
        IssueUnknown(number=5, nearest=(6,)),
        SummaryGone(key="x"),
        SectionChoices(name="x", sections=()),
        SectionUnknown(name="x", closest=()),
        Help(commands=COMMANDS),
        Misunderstood(problem="What?", commands=COMMANDS),
    ],
)
def test_a_choice_a_miss_and_help_are_for_who_asked_alone_and_not_shared(answer: Answer) -> None:
    message = payload_of(card_of(answer, context()), owner=ALICE, private=False)
    assert message["response_type"] == "ephemeral"
    assert not {"Share", "Remove"} & set(labels(message))


def test_the_fallback_reads_as_plain_words() -> None:
    message = sent(card_of(ANSWER, context()))
    assert message["text"].replace("\u200b", "") == (
        "★ Risks &amp; other things\nEvan Hubinger, Chris van Merwijk · arXiv 2019\n"
        "AN #58 · Technical AI alignment › Mesa optimization · Highlight · summarized by Rohin · H/T Sam\n"
        "Optimizers produce optimizers.\n\nPrerequisites: Another"
    )


def test_help_tells_of_slacks_own_commands_alone() -> None:
    text = payload_of(card_of(Help(commands=COMMANDS), context()), owner="", private=False)["text"]
    assert all(f"/{name}" in text for name in ("an", "paper", "topic"))
    assert "/open" not in text
    assert "/help" not in text
    assert "AN #58" not in text


def test_an_address_in_a_sentence_of_our_own_is_shown_as_written() -> None:
    sentence = "Type the address as <https://a.example?a=b&c=d|it>, or leave it out."
    message = sent(card_of(Misunderstood(problem=sentence, commands=()), context()))
    (seen,) = (each for each in seen_in(message["blocks"]) if "address" in each.text)
    assert seen.text.startswith(sentence)
    assert not seen.links


def test_help_on_a_command_that_slack_lacks_tells_of_those_it_has() -> None:
    assert (
        "/paper mesa"
        in payload_of(card_of(Help(commands=(OPEN,)), context()), owner="", private=True)["text"]
    )


def test_every_action_says_what_it_does_and_whose_it_is() -> None:
    message = payload_of(card_of(ANSWER, context(), Route(view=View.CITES)), owner=ALICE, private=True)
    actions = [decode(element["action_id"]) for element in elements(message["blocks"])]
    assert all(action and action.owner == ALICE for action in actions)
    assert {action.verb for action in actions if action} == {Verb.PICK, Verb.GO, Verb.SHARE}
    assert picked(Route(view=View.CITES), CITED.key) == Route(view=View.TEXT, target=CITED.key)


def test_the_home_shows_the_latest_issue_a_box_to_ask_in_and_how_to_ask() -> None:
    view = home_of(issue_of((CITED,), "Mesa"), context(), Preferences(), owner=ALICE, admin=False)
    text = " ".join(seen.text for seen in seen_in(view["blocks"]))
    assert "AN #58 — Mesa" in text
    assert "4 June 2019" in text
    assert "/paper mesa" in text
    assert "updated 3 days ago" in text
    (box,) = (e for e in elements(view["blocks"]) if e["type"] == "plain_text_input")
    assert [block["dispatch_action"] for block in view["blocks"] if block["type"] == "input"] == [True]
    action = decode(box["action_id"])
    assert action
    assert action.verb is Verb.SEARCH


def test_the_home_of_an_empty_library_still_says_how_to_ask() -> None:
    view = home_of(None, context(), Preferences(), owner="", admin=True)
    check_view(view)
    assert "There are no issues here yet." in texts_of(view["blocks"])


def test_a_heading_stands_on_one_page_with_what_follows() -> None:
    text = "Words go on here. " * 85 + "\n\n# A heading\n\n" + "More follows. " * 60
    pages = list(all_pages(SummaryFound(summary=summary("Long", text=text), issue_title="", issue_url="")))
    assert not any(page.body[-1].heading for page in pages)
    assert heading("A heading") == pages[1].body[0]


def test_nothing_is_said_twice_where_a_text_says_nothing() -> None:
    bare = SummaryFound(
        summary=summary("Only a title", text="[x]: https://a.example"), issue_title="", issue_url=""
    )
    (card,) = all_pages(bare)
    assert card.body == (plain_block("The newsletter lists this one by its title alone.", italic=True),)


def test_a_year_that_the_venue_tells_is_not_told_again() -> None:
    answer = SummaryFound(
        summary=summary("A", venue="ICLR 2019", year=2019), issue_title="", issue_url="https://a.example"
    )
    assert next(texts_of(sent(card_of(answer, context()))["blocks"])) == "*A*\nICLR 2019"


def test_a_long_issue_is_parted_and_every_part_has_a_menu_of_its_own() -> None:
    entries = tuple(summary(f"Entry {n}").headline for n in range(40))
    parts = [options(sent(card)) for card in all_pages(issue_of(entries), View.ISSUE)]
    assert [len(part) for part in parts] == [30, 10]


def test_a_list_of_the_longest_titles_still_fits() -> None:
    entries = tuple(summary(f"{n} {'& ' * 90}", authors="<> " * 90).headline for n in range(10))
    listed = TopicPage(path=("News",), headlines=entries, page=1, pages=1, total=10)
    assert len(options(sent(card_of(listed, context())))) == 10


def test_what_stands_in_a_list_twice_is_one_choice() -> None:
    choices = Choices(words="x", headlines=(CITED, CITED))
    assert options(payload_of(card_of(choices, context()), owner=ALICE, private=True)) == [CITED.key]


def test_the_longest_facts_still_fit() -> None:
    longest = summary("A", summarizer="& " * 400, hat_tip="& " * 400, section=("& " * 400,), issue=None)
    sent(card_of(SummaryFound(summary=longest, issue_title="", issue_url=""), context()))


def test_a_title_too_long_for_a_head_is_told_whole_in_the_text() -> None:
    title = " ".join(f"word{n}" for n in range(60))
    (card,) = all_pages(SummaryFound(summary=summary(title), issue_title="", issue_url=""))
    assert card.body[0] == heading(title)
    assert title not in "".join(texts_of(sent(card)["blocks"][:1]))


def test_of_many_sections_that_fit_a_name_as_many_are_shown_as_can_be_picked() -> None:
    counts = tuple(SectionCount(path=(f"Section {n}",), count=n) for n in range(60))
    card = card_of(SectionChoices(name="section", sections=counts), context())
    assert len(options(sent(card))) == len(card.body) == 30


def test_what_is_to_be_typed_is_told_from_the_sentence() -> None:
    empty, gone = (
        texts_of(payload_of(card_of(answer, context()), owner="", private=True)["blocks"])
        for answer in (IssueUnknown(number=5, nearest=()), SummaryGone(key="x"))
    )
    assert next(empty).endswith("adds them with “anbot index”.")
    assert next(gone).endswith("Look for it again with /paper.")


def test_a_menu_marks_the_highlights() -> None:
    marked = (summary("A highlight", highlight=True).headline, summary("Another").headline)
    message = sent(card_of(TopicPage(path=("News",), headlines=marked, page=1, pages=1, total=2), context()))
    (menu,) = (element for element in elements(message["blocks"]) if element["type"] == "static_select")
    assert [option["text"]["text"] for option in menu["options"]] == ["★ A highlight", "Another"]
