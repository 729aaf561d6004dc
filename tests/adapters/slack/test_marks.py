"""Marks in texts of others are shown as they are: in rich text, and in previews as twins."""

from adapters.slack.format import SLACK_FORMAT
from adapters.slack.render import blocks_of
from bot.cards.linked import linked_card
from bot.lookup.answers import (
    SummaryFound,
)
from tests.adapters.slack.mrkdwn_reader import see_rich, texts_of
from tests.adapters.slack.showing import card_of, context, sent
from tests.support.fakes import summary

MARKED = summary(
    "The Q* algorithm, ~10 times",
    authors="a_b `c`",
    links=("https://a.example/b_c",),
    summarizer="*Rohin*",
    text="From ~$850 to (~9,000) at 10:30:45, 2\\*3 and mid*dle*.\n\n> said _so_\n\n```\nx *= 2\n```",
)


def test_marks_in_texts_of_others_are_shown_as_they_are() -> None:
    blocks = sent(card_of(SummaryFound(summary=MARKED, issue_title="", issue_url=""), context()))["blocks"]
    head, facts, text = (see_rich(block) for block in blocks if block["type"] == "rich_text")
    assert head.text == "The Q* algorithm, ~10 times\na_b `c`"
    assert head.links == [("The Q* algorithm, ~10 times", "https://a.example/b_c")]
    assert head.bold == ["The Q* algorithm, ~10 times"]
    assert facts.text.endswith("summarized by *Rohin*")
    assert text.text == "From ~$850 to (~9,000) at 10:30:45, 2*3 and middle.\n\nsaid so\n\nx *= 2"
    assert (text.italic, text.code) == (["dle", "so"], ["x *= 2"])


def test_in_a_preview_which_takes_no_rich_text_marks_are_twins_that_format_nothing() -> None:
    card = linked_card((MARKED,), 0, SLACK_FORMAT)
    blocks = list(blocks_of(card, owner="", private=False, shared=False, rich=False))
    assert {block["type"] for block in blocks} == {"section", "actions"}
    (text,) = texts_of(blocks)
    assert text.startswith("*<https://a.example/b_c|The Q∗ algorithm, ∼10 times>* · a_b ˋcˋ")
    assert "From ∼$850 to (∼9,000)" in text
