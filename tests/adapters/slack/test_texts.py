"""The newsletter's Markdown becomes Slack's mrkdwn, and reads there as it was written."""

import re
from functools import partial

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from adapters.slack.escape import INVISIBLE, cut, escape, fitted, link, web
from adapters.slack.mrkdwn import LISTS, pages, written
from adapters.slack.payload import payload_of
from bot.cards.card import Card
from bot.readers import read
from bot.text import rich_text
from bot.text.markdown import plain, printable
from bot.text.rich_text import Block
from tests.adapters.slack.limits import check_blocks, check_mrkdwn
from tests.adapters.slack.mrkdwn_reader import TWINS, see, seen_in, unlisted, words
from tests.support.archive import SHARED

blocks_of = partial(rich_text.blocks_of, layout=LISTS)

LIMIT = 700
TEXTS = st.lists(
    st.sampled_from(
        [
            "word",
            "A sentence ends here. ",
            "*em*",
            "**strong**",
            "***both***",
            "**a _b_ c**",
            "mid*dle*word",
            "_a_b_",
            "snake_case_name",
            "[text](https://a.example/b_c)",
            "[a|b > c](<https://a.example/(x)|y>)",
            "[*em* link](https://a.example)",
            "[x](",
            "https://a.example/x_y_z",
            "`code *x*`",
            "``a`b``",
            "\n\n",
            "\n- item\n",
            "\n- one\n  - two\n",
            "\n\n1. one\n2. two\n\n",
            "\n> said\n",
            "\n# head\n",
            "\n```\ncode <!channel>\n```\n",
            "@here ",
            "<!channel>",
            "<@U123456>",
            "<#C1|x>",
            "\\*",
            "\\_",
            "\\`",
            "\\>",
            "***",
            "~struck~",
            ":smile:",
            "&amp;amp;",
            "  ",
            "[@here](javascript:alert(1))",
            "<A, E, W>",
            "¯\\_(ツ)_/¯",
            "—",
            "x" * 300,
        ]
    ),
    max_size=30,
).map("".join)
MARKDOWN = TEXTS | st.text(max_size=300)


def bare(text: str) -> str:
    """What is read, without blanks: for comparing where lines end elsewhere."""
    return re.sub(r"[\s\u200b]+", "", text)


def read_as(text: str) -> str:
    return "".join(words(written(blocks_of(text))))


@given(TEXTS | st.text(st.characters(exclude_categories=["Co", "Cs"]), max_size=300))
def test_what_is_read_is_what_was_written(text: str) -> None:
    shown = written(blocks_of(text))
    check_mrkdwn(shown)
    assert bare(unlisted(see(shown).text)) == bare(unlisted(plain(printable(text))))


@given(MARKDOWN)
@example("> " + "x" * 900)
def test_pages_keep_to_the_limit_are_whole_and_lose_nothing(text: str) -> None:
    blocks = blocks_of(text)
    written_pages = [written(page) for page in pages(blocks, LIMIT)]
    for page in written_pages:
        assert 0 < len(page) <= LIMIT
        check_mrkdwn(page)
    # A quotation that goes on stands behind its mark again: the text alone is compared.
    texts = (block.text for page in pages(blocks, LIMIT) for block in page)
    assert bare("".join(texts)) == bare("".join(block.text for block in blocks))


@pytest.mark.archive
def test_every_real_text_is_read_word_for_word() -> None:
    sheet = SHARED / "corpus" / "alignment_newsletter.xlsx"
    entries = [e for draft in read(sheet.read_bytes(), sheet.name).drafts for e in draft.entries]
    texts = [
        t for e in entries for t in (e.text, e.prerequisites, e.read_more, *(o.text for o in e.opinions))
    ]
    assert sum(map(bool, texts)) > 2400
    for text in filter(None, texts):
        blocks = blocks_of(text)
        expected = unlisted(plain(printable(text))).split()
        assert words(written(blocks)) == expected
        for limit in (LIMIT, 1600):
            parts = [written(page) for page in pages(blocks, limit)]
            assert all(len(part) <= limit for part in parts)
            assert [word for part in parts for word in words(part)] == expected


@pytest.mark.parametrize(
    ("markdown", "mrkdwn"),
    [
        ("_em_ and **strong**", "_em_ and *strong*"),
        ("***both***", "*_both_*"),
        ("**a _b_ c**", "*a* *_b_* *c*"),
        ("*a *b* c* d", "_a b c_ d"),
        ("**a [b](https://a.example) c**", "*a <https://a.example|b> c*"),
        ("mid*dle*word", "mid|_dle_|word"),
        ("(*this*), *that*.", "(_this_), _that_."),
        ("**a***b*", "*a*|_b_"),
        ("in_the_middle and 2\\*3\\*4", "in_the_middle and 2∗3∗4"),
        ("\\*not bold\\*", "∗not bold∗"),
        ("a ~ b", "a ∼ b"),
        ("AT&T <GRAPHS HERE> \\<!channel>", "AT&amp;T &lt;GRAPHS HERE&gt; &lt;!channel&gt;"),
        ("\\> no quote", "|&gt; no quote"),
        ("＞ nor this", "|＞ nor this"),
        ("at 10:30:45 :smile:", "at 10:|30:45 :|smile:"),
        ("@here and @channel", "@|here and @|channel"),
        ("see https://a.example/b_c.", "see <https://a.example/b_c>."),
        ("[a](https://a.example/b_(c))", "<https://a.example/b_(c)|a>"),
        ("[a](https://a.example/?x=1&y=2)", "<https://a.example/?x=1&amp;y=2|a>"),
        ("[a |\nb > c](https://a.example)", "<https://a.example|a | b &gt; c>"),
        ("[mail](mailto:x@a.example)", "mail"),
        ("`a*b*` and ``x`y``", "`a*b*` and xˋy"),
        ("```\nif a < b:\n```", "```\nif a &lt; b:\n```"),
        ("- one\n- two\n  - deep\n\nafter", "• one\n• two\n    ◦ deep\n\nafter"),
        ("3. three\n4. four", "3. three\n4. four"),
        ("# A _heading_", "*A* *_heading_*"),
        ("> quoted  \n> twice", "> quoted\n> twice"),
    ],
)
def test_the_newsletters_markdown_becomes_slacks(markdown: str, mrkdwn: str) -> None:
    shown = written(blocks_of(markdown)).replace(INVISIBLE, "|")
    assert re.sub(r"\|+", "|", shown) == mrkdwn


def test_what_is_emphasized_is_seen_so() -> None:
    seen = see(written(blocks_of("A **bold**, an _italic_ and a ***double*** word; `code`; 5*3 and ~7 ~8~.")))
    assert (seen.bold, seen.italic) == (["bold", "double"], ["italic", "double"])
    assert (seen.code, seen.struck) == (["code"], [])


@given(MARKDOWN)
@example("**\\*star** rest, Q* and R*, ~$850 (~9,000), a `*` b, mid*dle*, 10:30:45")
@example("```\n*\n```\n\n> ~a~\n> *b\n\n- _c\n  - `d")
def test_every_word_and_sign_of_a_message_is_read_as_it_was_written(text: str) -> None:
    blocks = blocks_of(text)
    message = payload_of(Card(title="A *title*", body=blocks), owner="", private=True)
    check_blocks(message["blocks"], 50)
    title, *shown = seen_in(message["blocks"])
    assert title.text == "A *title*"
    assert bare("".join(seen.text for seen in shown)) == bare("".join(_read(block) for block in blocks))


def _read(block: Block) -> str:
    """The block with the mark of a list, not with the bar of a quotation."""
    return block.mark.replace("> ", "") + block.text if block.text.strip() else ""


@given(
    st.text(
        st.characters(exclude_categories=["Co", "Cs"], exclude_characters="".join(map(chr, TWINS))),
        max_size=200,
    )
)
@example("*a* _b_ ~c~ `d`")
def test_an_escaped_text_reads_as_before_and_is_not_formatted(text: str) -> None:
    line = " ".join(text.split())
    seen = see("x" + escape(line))
    assert bare(seen.text) == bare("x" + printable(line))
    assert (seen.bold, seen.italic, seen.struck, seen.code, seen.links) == ([], [], [], [], [])


@given(st.text(max_size=80), st.text(max_size=60) | st.just("https://a.example/>|*"))
def test_a_link_leads_to_the_web_or_nowhere(text: str, url: str) -> None:
    shown = link(text, url)
    check_mrkdwn(shown)
    assert not see(shown).links or web(url)


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "ftp://a.example", "http://", "http://[::1", "a.example", "", "data:x"]
)
def test_an_address_that_is_none_is_no_link(address: str) -> None:
    assert link("text", address) == "text"


def test_pages_end_where_a_paragraph_ends_if_one_does() -> None:
    first, second = "One. " * 120, "Two. " * 120
    cut = pages(blocks_of(f"{first}\n\n{second}"), LIMIT)
    assert [written(page) for page in cut] == [first.strip(), second.strip()]


def test_a_long_paragraph_is_split_after_a_sentence() -> None:
    texts = [written(page) for page in pages(blocks_of("This is a sentence of some words. " * 80), LIMIT)]
    assert len(texts) > 3
    assert all(page.endswith("words.") for page in texts)


def test_formatting_that_runs_over_a_page_is_closed_and_opened_again() -> None:
    texts = [written(page) for page in pages(blocks_of(f"**{'Bold words go on. ' * 90}End**"), LIMIT)]
    assert len(texts) > 2
    assert all(page.startswith("*B") and page.endswith((".*", "d*")) for page in texts)


def test_a_link_is_never_split() -> None:
    address = "https://a.example/" + "x" * 60
    cut = pages(blocks_of(f"[some words. Of a link]({address}) and more. " * 30), LIMIT)
    whole = f"<{address}|some words. Of a link>"
    assert sum(written(page).count(whole) for page in cut) == 30


def test_code_that_runs_over_a_page_is_fenced_on_both() -> None:
    texts = [written(page) for page in pages(blocks_of("```\n" + "line of code\n" * 120 + "```"), LIMIT)]
    assert len(texts) > 2
    assert all(page.startswith("```\nline") and page.endswith("code\n```") for page in texts)


@given(st.text(min_size=1, max_size=200), st.integers(min_value=2, max_value=60))
def test_a_cut_text_keeps_its_length_and_begins_alike(text: str, limit: int) -> None:
    short = cut(text, limit)
    assert len(short) <= limit
    assert " ".join(printable(text).split()).startswith(short.removesuffix("…").rstrip())


@given(st.text("a&*<`", max_size=200), st.integers(min_value=20, max_value=400))
def test_a_fitted_text_has_room_for_its_escapes(text: str, limit: int) -> None:
    assert len(fitted(text, limit)) <= limit
