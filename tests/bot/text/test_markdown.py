"""What a plain text and an excerpt keep of the newsletter's Markdown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.markdown import excerpt, plain, printable


def test_lists_keep_their_marks_and_paragraphs_their_distance() -> None:
    text = "Two:\n\n1. one\n2. **two**\n   - under\n\nAfter\nthat."
    assert plain(text) == "Two:\n\n1. one\n2. two\n  - under\n\nAfter that."


def test_a_link_whose_text_is_its_address_is_written_once() -> None:
    assert plain("<https://a.example/x>", addresses=True) == "https://a.example/x"


def test_an_address_with_brackets_is_one_address() -> None:
    assert plain("[a](https://a.example/b_(c))", addresses=True) == "a <https://a.example/b_(c)>"


def test_what_only_looks_like_markup_stays() -> None:
    for text in ("<A, E, W>", "<GRAPHS HERE>", "$5 and $6", "a_x0000_b", "2 * 3 * 4", "snake_case_name"):
        assert plain(text) == text


def test_a_sentence_does_not_end_inside_a_number_or_an_abbreviation_before_a_small_letter() -> None:
    text = "It gains 3.5 points, e.g. on sums. Then it stops."
    assert excerpt(text, 40) == "It gains 3.5 points, e.g. on sums."


@given(st.text(max_size=300), st.integers(min_value=2, max_value=120))
def test_an_excerpt_is_one_line_no_longer_than_asked(text: str, limit: int) -> None:
    short = excerpt(text, limit)
    assert len(short) <= limit
    assert short == " ".join(short.split())


@given(st.text(max_size=120))
def test_words_without_markup_come_through_whole(text: str) -> None:
    words = "".join(c if c.isalnum() else " " for c in text).split()
    assert plain("x " + " ".join(words)).split() == ["x", *words]


@given(st.text(st.characters(exclude_categories=()), max_size=100))
def test_making_text_printable_twice_changes_nothing_and_it_can_be_written(text: str) -> None:
    once = printable(text)
    assert printable(once) == once
    once.encode()


@pytest.mark.parametrize(
    "text",
    [
        "It does this. The steps are as follows: 1. Take a model. " + "Train it. " * 40,
        "It does this. There are two: (1) Take a model of the world. " + "Train it. " * 40,
    ],
)
def test_an_excerpt_does_not_end_in_the_number_of_a_list(text: str) -> None:
    assert excerpt(text, 45) == "It does this."


@pytest.mark.parametrize(
    ("text", "limit", "lead"),
    [
        (
            "There are two steps, as follows: 1. Gather. 2. Judge them all at great length.",
            36,
            "There are two steps, as follows…",
        ),
        ("One. Either (1) we act in time, or (2) we do not act at all, and regret it", 17, "One."),
        ("We either (1) act in time or we do not act at all, and regret it", 14, "We either…"),
    ],
)
def test_an_excerpt_never_ends_in_the_number_of_a_list(text: str, limit: int, lead: str) -> None:
    assert excerpt(text, limit) == lead
