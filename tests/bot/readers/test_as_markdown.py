"""Markup becomes Markdown that shows the same words and signs, however elements are nested."""

from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.readers.elements import text_of
from bot.readers.page import page_draft
from bot.text.markdown import plain

HEAD = "<h1>News</h1><p><a href='https://s.example/'>Sheep</a> (Ann Lee): Wool.</p>"


def markdown(markup: str) -> str:
    return page_draft(f"{HEAD}{markup}").entries[0].text.removeprefix("Wool.").strip()


@pytest.mark.parametrize(
    ("markup", "written"),
    [
        ("a <b>b</b> <i>c</i>", "a **b** *c*"),
        ("<b><i>a</i></b>", "***a***"),
        ("<em>a <em>b</em></em>", "*a b*"),
        ("<b> a </b>b", "**a** b"),
        ("<strong>Note:</strong>this", "Note:this"),
        ("<em>a</em><em>b</em>", "a*b*"),
        ("<code>a_b</code> <code>`</code>", "`a_b` `` ` ``"),
        ("so <a href='http://a.example/(x'>[a]</a>", "so [[a]](<http://a.example/(x>)"),
        ("so <a href='http://a.example/'>a]</a>", "so [a\\]](http://a.example/)"),
        ("wow!<a href='http://a.example/'>a</a>", "wow\\![a](http://a.example/)"),
        ("at <a href='http://a.example/'>http://a.example/</a>", "at <http://a.example/>"),
        ("<i>a<br>- b</i>", "*a  \n\\- b*"),
        ("a<br><br>b", "a\n\nb"),
        ("<b>a<br><br>b</b>", "**a  \nb**"),
        ("<ul><li>a</li><li># b<ol start=3><li>c</li></ol></li></ul>", "- a\n- \\# b\n  3. c"),
        ("<ul><li><p>a</p><p>b</p></li></ul>", "- a\n\n  b"),
        ("<blockquote><p>a</p><ul><li>b</li></ul></blockquote>", "> a\n>\n> - b"),
        ("<pre>a  *b*\n```\n</pre>", "````\na  *b*\n```\n````"),
        ("<h3>C #</h3>", "### C \\#"),
        ("a <span>&amp;</span>amp; b", "a \\&amp; b"),
    ],
)
def test_each_element_as_it_is_written(markup: str, written: str) -> None:
    assert (
        markdown(markup if markup.startswith(("<ul", "<bl", "<pre", "<h")) else f"<p>{markup}</p>") == written
    )


SIGNS = st.text(alphabet="ab1 *_`~#>+-[]<&!|.é€", min_size=1, max_size=6).map(escape)
ELEMENTS = st.sampled_from(["em", "strong", "code", "span", "i", 'a href="https://e.example/(x"'])
INLINE = st.recursive(
    SIGNS | st.just("<br>"),
    lambda parts: st.builds(
        lambda name, inner: f"<{name}>{''.join(inner)}</{name.split()[0]}>",
        ELEMENTS,
        st.lists(parts, max_size=4),
    ),
    max_leaves=12,
)
AROUND = st.sampled_from(
    ["<p>{}</p>", "<ul><li>{}</li></ul>", "<blockquote><p>{}</p></blockquote>", "<h3>{}</h3>"]
)


def signs(text: str) -> str:
    """What is seen of a text: dashes may have become the marks of a list."""
    return "".join(text.replace("-", "").split())


@given(AROUND, st.lists(INLINE, max_size=6).map("".join))
def test_whatever_is_nested_the_same_signs_are_shown(around: str, inline: str) -> None:
    markup = around.format(f"so, {inline}")
    assert signs(plain(markdown(markup))) == signs(text_of(markup.replace("<br>", " ")))
