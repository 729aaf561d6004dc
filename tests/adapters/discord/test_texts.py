"""Any text is readable to its end: in pages within the limits, with nothing cut open."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.discord.escape import cut, escape, link, web
from adapters.discord.markdown import pages
from bot.text.markdown import plain, printable
from bot.text.rich_text import blocks_of
from tests.adapters.discord.limits import check_markdown

LIMIT = 600
PIECES = st.sampled_from(
    [
        "word",
        "A sentence ends here. ",
        "*em*",
        "**strong**",
        "_a_b_",
        "[text](https://a.example/b_c)",
        "[x](",
        "https://a.example/x_y_z",
        "`code`",
        "``a`b``",
        "\n\n",
        "\n",
        "- item\n",
        "1. one\n",
        "> said\n",
        "# head\n",
        "```\ncode\n```\n",
        "@everyone",
        "<@123456789012345678>",
        "<#1>",
        "\\*",
        "***",
        "||spoiler||",
        "~~no~~",
        "  ",
        "[a [b] c](http://x.example)",
        "[@here](javascript:alert(1))",
        "<A, E, W>",
        "¯\\_(ツ)_/¯",
        "—",
        "x" * 300,
        "[words](https://a.example/" + "y" * 470 + ")",
    ]
)
MARKDOWN = st.one_of(st.lists(PIECES, max_size=40).map("".join), st.text(max_size=400))


def bare(text: str) -> str:
    """What a reader sees, without blanks: for comparing that nothing was lost."""
    return re.sub(r"[\s\u200b]+", "", text)


@given(MARKDOWN)
def test_no_page_is_longer_than_the_limit_and_none_is_cut_open(text: str) -> None:
    for page in pages(blocks_of(text), LIMIT):
        assert 0 < len(page) <= LIMIT
        check_markdown(page)


@given(
    st.lists(st.sampled_from(["Word", "word.", "two words", "(x)", "\n\n"]), min_size=1, max_size=300).map(
        " ".join
    )
)
def test_no_word_of_a_text_is_lost_between_pages(text: str) -> None:
    shown = " ".join(pages(blocks_of(text), LIMIT))
    assert bare(re.sub(r"\\", "", shown)) == bare(plain(text))


@given(st.text(max_size=300))
def test_an_escaped_text_has_no_formatting_left_and_reads_as_before(text: str) -> None:
    safe = escape(text)
    check_markdown(safe)
    assert re.sub(r"\\([^A-Za-z0-9\s])", r"\1", safe).replace("\u200b", "") == printable(text).replace(
        "\u200b", ""
    )


@given(st.text(max_size=100), st.text(max_size=60) | st.just("https://a.example/>)_*"))
def test_a_link_leads_to_the_web_or_nowhere(text: str, url: str) -> None:
    shown = link(text, url)
    check_markdown(shown)
    assert bool(web(url)) == ("](<http" in shown or "<http" in shown) or not text


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "ftp://a.example", "http://", "http://[::1", "a.example", "", "data:x,y"],
)
def test_an_address_that_is_none_is_no_link(address: str) -> None:
    assert web(address) == ""
    assert link("text", address) == "text"


def test_pages_end_where_a_paragraph_ends_if_one_does() -> None:
    first, second = "One. " * 40, "Two. " * 40
    assert pages(blocks_of(f"{first}\n\n{second}"), 250) == (first.strip(), second.strip())


def test_a_long_paragraph_is_split_after_a_sentence() -> None:
    parts = pages(blocks_of("This is a sentence of some words. " * 40), 300)
    assert len(parts) > 3
    assert all(page.endswith("words.") for page in parts)


def test_a_heading_is_on_one_page_with_what_follows() -> None:
    first, second = "One. " * 40, "Two. " * 40
    parts = pages(blocks_of(f"{first}\n\n# Head\n\n{second}"), 250)
    assert parts == (first.strip(), f"**Head**\n\n{second.strip()}")


def test_formatting_that_runs_over_a_page_is_closed_and_opened_again() -> None:
    parts = pages(blocks_of(f"**{'bold words go on. ' * 40}end**"), 300)
    assert all(page.startswith("**") and page.endswith("**") and page.count("**") == 2 for page in parts)


def test_a_link_is_never_split() -> None:
    address = "https://a.example/" + "x" * 60
    parts = pages(blocks_of(f"[some words of a link]({address}) and more. " * 12), 300)
    assert sum(page.count(f"[some words of a link](<{address}>)") for page in parts) == 12


def test_code_that_runs_over_a_page_is_fenced_on_both() -> None:
    parts = pages(blocks_of("```\n" + "line of code\n" * 60 + "```"), 300)
    assert len(parts) > 2
    assert all(page.startswith("```\n") and page.endswith("line of code\n```") for page in parts)


def test_ticks_inside_code_do_not_end_it() -> None:
    (page,) = pages(blocks_of("~~~\n````` ``\n~~~"), LIMIT)
    assert page.count("```") == 2


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("_em_ and **strong**", "*em* and **strong**"),
        ("in_the_middle", r"in\_the\_middle"),
        ("see https://a.example/b_c.", "see <https://a.example/b_c>."),
        ("- one\n- two\n  - deep", "- one\n- two\n  - deep"),
        ("3. three\n4. four", "3. three\n4. four"),
        ("# A heading", "**A heading**"),
        ("> quoted", "> quoted"),
        ("<GRAPHS HERE> \\*x\\*", r"\<GRAPHS HERE\> \*x\*"),
        ("[https://a.example](https://b.example)", "<https://a.example> (<https://b.example>)"),
        ("**a***b*", "**a**\u200b*b*"),
    ],
)
def test_the_newsletters_markdown_becomes_discords(written: str, shown: str) -> None:
    assert pages(blocks_of(written), LIMIT) == (shown,)


@given(st.text(min_size=1, max_size=200), st.integers(min_value=2, max_value=60))
def test_a_cut_text_keeps_its_length_and_begins_alike(text: str, limit: int) -> None:
    short = cut(text, limit)
    assert len(short) <= limit
    assert " ".join(text.split()).startswith(short.removesuffix("…").rstrip())
