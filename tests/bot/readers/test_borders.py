"""Flat text: a title with a certain beginning is taken, and one without makes the text doubtful."""

import pytest

from bot.model.newsletter import Document
from bot.readers import read

FIRST = 10
START = (
    "Alignment Newsletter #7 Audio is here . Highlights "
    + FIRST * "Wool (Ann Lee) (summarized by Flo): It is soft. "
)
END = " Feedback I'm always happy to hear feedback."


def document(middle: str) -> Document:
    return read(f"{START}{middle}{END}".encode(), "an.txt")


def titles(middle: str) -> list[str]:
    return [entry.title for entry in document(middle).drafts[0].entries[FIRST:]]


@pytest.mark.parametrize(
    ("middle", "expected"),
    [
        (
            "Read more: Paper and Author response Response: Rams (Bo Chen) (summarized by Flo): No.",
            "Response: Rams",
        ),
        (
            "Read more: LessWrong summary post List of sheep (Bo Chen) (summarized by Flo): All.",
            "List of sheep",
        ),
        (
            "Read more: Sheep? A Herd in Wool (AN #50) Horns Grow (Bo Chen) (summarized by Flo): Slowly.",
            "Horns Grow",
        ),
        ("Rejoice with the shepherds :) Horns Grow (Bo Chen) (summarized by Flo): Slowly.", "Horns Grow"),
        ('It "sleeps!" - as they say. Horns Grow (Bo Chen) (summarized by Flo): Slowly.', "Horns Grow"),
        ("Are they soft enough for it? Yes. Horns Grow (Bo Chen) (summarized by Flo): Slowly.", "Horns Grow"),
        (
            "It is good. Are Rams Robust? A Second Look (Bo Chen) (summarized by Flo): Yes.",
            "Are Rams Robust? A Second Look",
        ),
        ("It ends. Shepherd Manager (MOSS) (summarized by Flo): Apply.", "Shepherd Manager (MOSS)"),
    ],
)
def test_a_certain_border_parts_a_title_from_what_comes_before(middle: str, expected: str) -> None:
    assert titles(middle) == [expected]
    assert not document(middle).guess


@pytest.mark.parametrize(
    "middle",
    [
        "Read more: Defending Flocks The Ram Learns to Trust (Bo Chen) (summarized by Flo): It does.",
        "Read more: Is Wool Soft? On Felt (Bo Chen) (summarized by Flo): It is.",
        "It ends. Who owns a sheep? A look at pastures (Bo Chen) (summarized by Flo): Nobody.",
        "It ends. News The Pursuit of (Mostly) Harmless Rams (Bo Chen) (summarized by Flo): It is mostly fun.",
        "It ends. The paper talks about things like rams being (almost) Bayesian and almost soft.",
        "It ends. Deep learning the flock, explained (Bo Chen) (summarized by Flo): It is.",
        "It ends. "
        + "and then one more ram comes along here " * 4
        + "Horns Grow (Bo Chen) (summarized by Flo): Slowly.",
    ],
)
def test_a_guessed_border_is_said(middle: str) -> None:
    guess = document(middle).guess
    assert "an.txt is all on one line, and nothing shows where 1 of its titles" in guess
    assert "--issue N" in guess


def test_a_heading_of_capitals_is_found_among_its_words_in_prose() -> None:
    text = (
        "Alignment Newsletter #7 Audio here . HIGHLIGHTS Wool (Ann Lee) (summarized by Flo): AI governance and "
        "Technical AI alignment are far from Agent foundations."
    )
    (entry,) = read(text.encode(), "an.txt").drafts[0].entries
    assert (entry.title, entry.section) == ("Wool", ("Highlights",))
