"""Plain text and HTML come through as written: no sign of them becomes markup."""

from html import escape

import pytest
from bs4 import BeautifulSoup
from hypothesis import example, given
from hypothesis import strategies as st

from bot.readers.page import page_draft
from bot.readers.text import text_draft
from bot.text.literal import literal, without_tags
from bot.text.markdown import plain

SIGNS = st.text(
    st.sampled_from("ab1 *_`~#>+-=\\[]()<&;:.!|\n") | st.characters(codec="ascii", categories=("L", "P", "S"))
)
WORDS = [
    "2*3*4 and 5*6",
    "__init__ and _x000f__x000f_",
    "# of parameters",
    "-----",
    "~~~",
    "~~~\n\nmore",
    "> quoted",
    "5) five",
    "a line\n-----",
    "a line\n===",
    "`code` and ``more``",
    "|Q-Q|* and <em>x</em>",
    "[x](y) and [z]: w",
    "&amp; and &#42;",
    "<http://a.example>",
    "\\* and \\",
    "+ more",
]


def words(text: str) -> list[str]:
    return text.split()


@pytest.mark.parametrize("text", WORDS)
def test_what_looks_like_markdown_is_shown_as_written(text: str) -> None:
    assert words(plain(literal(text))) == words(text)


@given(
    SIGNS.filter(lambda text: not any(line.lstrip().startswith(("- ", "-\n")) for line in text.split("\n")))
)
@example("a*b*c")
@example("*\n*")
def test_any_text_without_lists_is_shown_as_written(text: str) -> None:
    tidy = "\n\n".join(" ".join(line.split()) for line in text.split("\n"))
    if not any(line[:1] == "-" or line[:1].isdigit() for line in tidy.split("\n")):
        assert words(plain(literal(tidy))) == words(tidy)


@pytest.mark.parametrize("text", [text for text in WORDS if "\n" not in text])
def test_a_plain_issue_keeps_its_signs(text: str) -> None:
    draft, *doubts = text_draft(
        f"News\n\nSheep (Ann Lee) (summarized by Flo): Wool.\n\n{text} is it.\n\nFeedback\n"
    )
    assert not any(doubts)
    assert words(plain(draft.entries[0].text)) == ["Wool.", *words(text), "is", "it."]


@pytest.mark.parametrize(
    "markup",
    [
        *(escape(text) for text in WORDS if "\n" not in text),
        "<strong>Note:</strong>this",
        "<em>a</em><em>b</em>",
        "a<b>(b)</b>c",
        "<i>a</i>b",
        "one<br># two",
    ],
)
def test_html_keeps_its_words_and_signs(markup: str) -> None:
    page = (
        f"<h1>News</h1><p><a href='https://s.example/'>Sheep</a> (Ann Lee): Wool.</p><p>{markup} is it.</p>"
    )
    (entry,) = page_draft(page).entries
    shown = plain(entry.text)
    expected = BeautifulSoup(markup.replace("<br>", " "), "lxml").get_text()
    assert words(shown) == ["Wool.", *words(expected), "is", "it."]


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("all are <em>independent</em>.", "all are *independent*."),
        ("<strong>A b</strong> and <I>c</I>", "**A b** and *c*"),
        ("<b>Note:</b>this", "Note:this"),
        ("`<em>x</em>`, <em>y", "`<em>x</em>`, <em>y"),
        ("<GRAPHS HERE></em>", "<GRAPHS HERE></em>"),
    ],
)
def test_html_of_emphasis_in_markdown_is_emphasis(typed: str, written: str) -> None:
    assert without_tags(typed) == written
