"""What a file costs to read grows with its size and no faster, whatever it is made of."""

from collections.abc import Callable

import pytest

from bot.errors import InputError
from bot.readers import read
from tests.support.counting import calls

PAGE = '<h1>News</h1><p><a href="https://s.example/">Sheep</a> (Ann Lee) (summarized by Flo): A.</p><div>'
TEXT = "News\n\nSheep (Ann Lee) (summarized by Flo): A.\n\n"
FLAT = "Highlights Sheep (Ann Lee) (summarized by Flo): A. "
MARKDOWN = "# News\n\n[Sheep](https://s.example/) (Ann Lee) (summarized by Flo): A.\n\n"
MAIL = "Subject: [AN #99]: Wool\nContent-Type: text/plain\n"
FEED = "<rss version='2.0'><channel><item><title>[AN #99]</title><description>"
SHAPES: dict[str, tuple[str, str]] = {
    "siblings": (PAGE, "<b>x</b> y "),
    "paragraphs": (PAGE, "<p>x</p>"),
    "breaks": (PAGE, "x<br><br>"),
    "line breaks": (PAGE, "x<br>"),
    "blocks": (PAGE, "<div>x</div>y"),
    "links": (PAGE, '<a href="http://x.example/">z</a> '),
    "comments": (PAGE, "<!-- a --> "),
    "items": (PAGE, "<ul><li>a <b>b</b></li></ul>"),
    "nested lists": (PAGE, "<ul><li>x" * 20 + "</li></ul>" * 20),
    "raised": (PAGE, "10<sup>2</sup>"),
    "rows": (PAGE, "<table><tr><td>x</td></tr></table>"),
    "brackets": (PAGE, "(a "),
    "labels": (PAGE, "Rohin's opinion: x "),
    "open tags": (PAGE, "<a "),
    "blanks": ("<title>[AN #9]", " "),
    "lines": (TEXT, "a\n"),
    "labels of a line": (TEXT, "Rohin's opinion: x "),
    "words": (TEXT, "word "),
    "marks": (TEXT, "..."),
    "words with addresses": ("** News\n-----\n\nSheep (https://s.example/) (Ann Lee): ", "long"),
    "sentences": (FLAT, "A b. "),
    "bylines": (FLAT, "A title (Bo Chen): the News x. "),
    "other bylines": (FLAT, "and (Bo Chen) so. "),
    "titles": (FLAT, "Some Title That Is Long: Xa b (Bo Chen) c. "),
    "links in a row": (FLAT + "Read more: ", "Aa b "),
    "links and bylines": (FLAT + "Read more: ", "Aa (Bo Chen) so "),
    "names": (FLAT, "A-"),
    "brackets in a row": (FLAT, "(a) "),
    "entries with links": (FLAT, "Read more: Aa Bb Cc (Bo Chen): c d. "),
    "headings of a page": (PAGE, "<h2>x</h2>"),
    "empty lines of a page": (PAGE, "<br>"),
    "italics": (PAGE, "<i>x</i> "),
    "emphasis": (MARKDOWN, "*a* "),
    "signs": (MARKDOWN, "*a_"),
    "headings": (MARKDOWN, "# "),
    "headers": (MAIL, "X-A: =?utf-8?q?a?=\n"),
    "a header": (MAIL + "To: ", "=?utf-8?q?a?= "),
    "a continued header": (MAIL + "To: a\n", " a\n"),
    "comments in a header": ("Subject: a\nContent-Type: ", "("),
    "parts": ("Subject: a\nContent-Type: multipart/mixed; boundary=b\n\n", "--b\n\na\n"),
    "feed": (FEED, "&lt;p&gt;x&lt;/p&gt;"),
    "items of a feed": (FEED + "</description></item>", "<item><title>a</title></item>"),
}
_CALLS = 200
"""For each byte at most. Pieces as dear as that are refused before there are a hundred thousand."""


def cost(data: str) -> Callable[[], None]:
    def work() -> None:
        try:
            read(data.encode(), "x")
        except InputError as error:
            assert "no reader understands" not in str(error)  # noqa: PT017

    return work


@pytest.mark.parametrize(("head", "piece"), SHAPES.values(), ids=SHAPES)
def test_twice_the_size_is_at_most_twice_the_work(head: str, piece: str) -> None:
    once, twice = (head + piece * (size // len(piece)) for size in (2_500, 5_000))
    cost(once)()  # what is loaded at the first use
    work = calls(cost(twice))
    assert work < 2.4 * calls(cost(once)) + 1_000
    assert work < _CALLS * len(twice)


@pytest.mark.parametrize("tag", ["div", "b", "font", "span"])
def test_elements_without_end_are_refused_before_they_are_read(tag: str) -> None:
    markup = "<h1>News</h1>" + f"<{tag}>x " * 10_000
    assert calls(cost(markup)) < 60_000
    with pytest.raises(InputError, match="too many within one another"):
        read(markup.encode(), "x")


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (PAGE + "<br>" * 60_000, "more elements"),
        (TEXT + "a\n" * 30_000, "more lines"),
        (MARKDOWN + "*a* " * 15_000, "holds no newsletter"),
        (
            MAIL + "Content-Type: multipart/mixed; boundary=b\n\n" + "--b\n\na\n" * 1_500,
            "more parts than any mail",
        ),
        (
            FEED + "</description></item>" + "<item><title>a</title></item>" * 6_000,
            r"more than 2,1\d\d items",
        ),
        ("<rss " + " ".join(f'a{n}=">"' for n in range(300)) + ">", "200 attributes or more"),
        ("From a\nSubject: b\nTo: c\n\nx\n\n" * 2_000, "more parts than any mail"),
    ],
)
def test_what_has_more_parts_than_any_issue_is_refused(data: str, why: str) -> None:
    with pytest.raises(InputError, match=why):
        read(data.encode(), "x")
