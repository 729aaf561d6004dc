"""Pages: sections by their headings, entries by their links, opinions in boxes or in line."""

from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import InputError
from bot.model.newsletter import Draft, Entry, Opinion
from bot.readers.page import read_page

PAGE = """<!doctype html><html><head><title>*|MC:SUBJECT|*</title></head><body><center><table><tr>
<td class="mcnTextContent"><strong>Newsletter #58</strong><p>Find <a href="https://a.example/">resources</a>.<p>Hi.</td>
<td class="mcnTextContent"><h1>SECTIONS</h1><a href="#H">HIGHLIGHTS</a><br>&nbsp;<a href="#N">NEWS</a></td>
<td class="mcnTextContent"><h1 class="null">
  <a id="H" name="H"></a>
  HIGHLIGHTS
</h1><p><a href="https://sheep.example/a_(b)" target="_blank">Counting <i>Sheep</i></a> <i>(Ann Lee, Bo Chen et al)</i>
(H/T Cy Dee) (summarized by Flo): Sheep are <em>very</em> <a href="https://wool.example/">woolly</a> (AN #7).</p></p>
<p><p>Three <strong>steps of <em>care</em></strong>:</p><ul><li>wash</li><li>shear</li></ul><p>1. Sell</p>
<p><b>Read more:</b> <a href="https://x.example/">Paper</a> and <a href="https://y.example/">code</a></p></td></tr></table>
<table class="mcnBoxedTextBlock"><tr><td><p><b>Flo's opinion:</b> I <em>do</em> like it.</p><p><p>Lots.</p></td></tr></table>
<table class="mcnBoxedTextBlock"><tr><td><p><b>Dan H's opinion:</b> Me too (AN #9).</p></td></tr></table>
<table><tr><td><h1 class="null"><a id="T"></a>TECHNICAL AI ALIGNMENT</h1><br/><h2 class="null"><a id="V"></a>GRAZING</h2>
<p><a href="https://one.example/">First</a> and <a href="https://two.example/">Second (Part 2)</a> <i>(Eve Fox)</i></p>
<p><a href="https://bare.example/">Bare title</a></p></td></tr>
<tr><td><h1 class="null"><a id="N"></a>NEWS</h1><p><a href="https://job.example/">Shepherd (Farm)</a>: Apply *now*.</p>
<p>Unlinked call (Gus Hay) (summarized by Rohin): Come.<br>Bring boots.<br><br><b>Rohin's opinion:</b> Go.</p></td></tr>
<tr><td><h4 class="null">FEEDBACK</h4> I'm always happy to hear feedback; <a href="https://z.example/">write</a>.</td></tr>
</table></center></body></html>"""


def draft(markup: str) -> Draft:
    return read_page(markup.encode(), "58.html").drafts[0]


@pytest.fixture(name="issue", scope="module")
def _issue() -> Draft:
    return draft(PAGE)


def test_every_entry_is_found_in_its_section_and_nothing_else(issue: Draft) -> None:
    assert [(e.title, e.section) for e in issue.entries] == [
        ("Counting Sheep", ("Highlights",)),
        ("First and Second (Part 2)", ("Technical AI alignment", "GRAZING")),
        ("Bare title", ("Technical AI alignment", "GRAZING")),
        ("Shepherd (Farm)", ("News",)),
        ("Unlinked call", ("News",)),
    ]


def test_the_number_is_read_off_the_header_and_a_template_is_no_title(issue: Draft) -> None:
    assert (issue.number, issue.title) == (58, "")


def test_markup_becomes_markdown_with_its_links(issue: Draft) -> None:
    first = issue.entries[0]
    assert first.text == (
        "Sheep are *very* [woolly](https://wool.example/) (AN #7).\n\n"
        "Three **steps of *care***:\n\n- wash\n- shear\n\n1. Sell"
    )
    assert first.read_more == "[Paper](https://x.example/) and [code](https://y.example/)"
    assert first.references == (7, 9)


def test_bylines_and_links_are_taken_apart(issue: Draft) -> None:
    first, second, bare, job, call = issue.entries
    assert (first.authors, first.hat_tip, first.summarizer) == ("Ann Lee, Bo Chen et al", "Cy Dee", "Flo")
    assert first.links == ("https://sheep.example/a_(b)",)
    assert (second.links, second.authors) == (("https://one.example/", "https://two.example/"), "Eve Fox")
    assert (bare.url, bare.text) == ("https://bare.example/", "")
    assert (job.url, job.text) == ("https://job.example/", "Apply \\*now\\*.")
    assert (call.url, call.authors) == (None, "Gus Hay")


def test_opinions_are_split_off_in_boxes_and_in_line(issue: Draft) -> None:
    assert issue.entries[0].opinions == (
        Opinion(by="Flo", text="I *do* like it.\n\nLots."),
        Opinion(by="Dan H", text="Me too (AN #9)."),
    )
    call = issue.entries[-1]
    assert (call.text, call.opinions) == ("Come.  \nBring boots.", (Opinion(by="Rohin", text="Go."),))


def test_a_copy_on_a_forum_is_read_in_plainer_markup() -> None:
    issue = draft(
        "<html><head><title>[AN #58] Wool: what it is - LessWrong</title>"
        '<link rel="canonical" href="https://forum.example/posts/1/an-58">'
        '<meta property="article:published_time" content="2019-06-24T10:00:00Z"></head><body><div>'
        '<p>Audio version <a href="http://alignment-newsletter.libsyn.com/alignment-newsletter-58">here</a>.</p>'
        "<p><strong>Highlights</strong></p>"
        '<p><strong><a href="https://s.example/">Sheep</a></strong> <em>(Ann Lee)</em>: They graze.</p>'
        "<blockquote><p>Said <b>one</b>.</p></blockquote>"
        "<p><strong>Rohin's opinion:</strong> Fine.</p>"
        "<h1>Technical AI alignment</h1><h2>Agent foundations</h2>"
        '<p><a href="https://r.example/">Rams</a> <em>(Bo Chen)</em></p>'
        "<p>New Comment</p><p>1 comment, sorted by top</p></div></body></html>"
    )
    assert (issue.number, issue.title) == (58, "Wool: what it is")
    assert str(issue.published) == "2019-06-24"
    assert issue.url == "https://forum.example/posts/1/an-58"
    assert issue.audio == "http://alignment-newsletter.libsyn.com/alignment-newsletter-58"
    assert [(e.title, e.section, e.text) for e in issue.entries] == [
        ("Sheep", ("Highlights",), "They graze.\n\n> Said **one**."),
        ("Rams", ("Technical AI alignment", "Agent foundations"), ""),
    ]


def test_a_heading_inside_a_summary_is_text() -> None:
    issue = draft(
        '<h1>News</h1><p><a href="https://s.example/">Sheep</a> (summarized by Flo): A.</p>'
        "<h2>Not a section</h2><p>B.</p>"
    )
    assert [(e.title, e.text) for e in issue.entries] == [("Sheep", "A.\n\n## Not a section\n\nB.")]


def test_scripts_comments_and_styles_are_no_text() -> None:
    issue = draft(
        '<h1>News</h1><p><a href="https://s.example/">Sheep</a> (summarized by Flo): A<!-- no --><script>no</script>'
        "<style>no</style> b.</p>"
    )
    assert issue.entries[0].text == "A b."


@pytest.mark.parametrize(
    "markup", ["<html></html>", "<p>Buy <a href='https://p.example/'>pizza</a> today!</p>", "<" * 5000]
)
def test_a_page_without_an_issue_is_refused(markup: str) -> None:
    with pytest.raises(InputError, match="is a web page without a newsletter"):
        read_page(markup.encode(), "x.html")


def test_a_page_nested_without_end_is_refused_like_any_other() -> None:
    deep = "<div>" * 3000 + '<h1>News</h1><p><a href="https://s.example/">Sheep</a>: A.</p>' + "</div>" * 3000
    with pytest.raises(InputError, match="too many within one another"):
        draft(deep)


words = st.text(
    alphabet=st.characters(categories=("L", "N", "P", "S", "Z"), exclude_characters="\xa0"), max_size=40
)


@given(title=words, text=words, opinion=words)
def test_whatever_the_words_the_entry_is_kept_whole(title: str, text: str, opinion: str) -> None:
    """No text between the tags can break out of the entry it stands in."""
    markup = (
        f'<h1>News</h1><p><a href="https://s.example/">Sheep {escape(title)} x</a> (Ann Lee) (summarized by Flo): '
        f"A {escape(text)}</p><table class='mcnBoxedTextBlock'><td><p>Flo's opinion: B {escape(opinion)}</p></td></table>"
    )
    (entry,) = draft(markup).entries
    assert entry.title.startswith("Sheep")
    assert entry.text.startswith("A")
    assert entry.opinions[0].text.startswith("B")


def test_an_entry_of_nothing_but_titles_has_no_text() -> None:
    """Entry equality shows that nothing else was made up around it."""
    issue = draft('<h1>News</h1><p><a href="https://s.example/">Sheep</a> (Ann Lee)</p>')
    assert issue.entries == (
        Entry(title="Sheep", links=("https://s.example/",), authors="Ann Lee", section=("News",)),
    )


@pytest.mark.parametrize(
    ("title", "number", "words"),
    [
        ("Alignment Newsletter #36 - LessWrong", 36, ""),
        ("[AN #36]: Wool - LessWrong 2.0 viewer", 36, "Wool"),
        ("Python Newsletter #36", None, ""),
        ("Alignment Newsletter #36 by the editor", 36, "by the editor"),
        ("[AN #36]: Wool - by Ann Lee - The Flock", 36, "Wool"),
        ("Alignment Newsletter #36 is late", None, ""),
        ("Thoughts on the Alignment Newsletter #36", None, ""),
    ],
)
def test_the_name_of_a_forum_is_no_title(title: str, number: int | None, words: str) -> None:
    issue = draft(
        f"<title>{title}</title><h1>News</h1><p><a href='https://s.example/'>Sheep</a> (Ann Lee): A.</p>"
    )
    assert (issue.number, issue.title) == (number, words)


OTHER = (
    "<h1>Python Newsletter #201</h1><h2>News</h2><p><a href='https://p.example/'>Python 4</a>: It is fast.</p>"
    "<p><a href='https://q.example/'>Dates</a> (Jane Doe)</p>"
)


def test_another_newsletter_is_doubted_and_its_number_not_taken() -> None:
    document = read_page(OTHER.encode(), "x.html")
    assert "shows no sign of this one" in document.doubt
    assert document.drafts[0].number is None
    ours = OTHER.replace("Python News", "Alignment News").replace("</a>: It", "</a> (summarized by Flo): It")
    assert not read_page(ours.encode(), "x.html").doubt


def test_another_newsletter_that_recommends_this_one_is_doubted() -> None:
    page = f"{OTHER}<p>Read the Alignment Newsletter too, such as AN #58.</p>"
    assert "shows no sign of this one" in read_page(page.encode(), "x.html").doubt


def test_the_source_of_a_page_saved_as_a_page_is_refused() -> None:
    source = "<p><a href='https://s.example/'>Sheep</a> (Ann Lee) (summarized by Flo): A.</p>"
    page = f"<table><tr><td>NEWS<tr><td>{escape(source)}</table>"
    with pytest.raises(InputError, match="look cut or glued"):
        read_page(page.encode(), "x.html")


def test_what_stands_below_no_heading_and_is_not_signed_is_no_issue() -> None:
    page = "<title>Comments on Alignment Newsletter #58</title><p><a href='https://s.example/'>Sheep</a> (Ann Lee): Nice.</p>"
    with pytest.raises(InputError, match="no title below one of its headings"):
        read_page(page.encode(), "x.html")


def test_a_heading_that_is_set_off_by_a_style_sheet_alone_is_one() -> None:
    issue = draft(
        "<p><span class='c1'>Highlights</span></p><p><a href='https://s.example/'>Sheep</a> (Ann Lee): A.</p>"
        "<p><span class='c1'>News</span></p><p><a href='https://r.example/'>Rams</a> (Bo Chen): B.</p>"
        "<p><span class='c1'>Feedback</span></p><p>Write to me.</p>"
    )
    assert [(entry.title, entry.section, entry.text) for entry in issue.entries] == [
        ("Sheep", ("Highlights",), "A."),
        ("Rams", ("News",), "B."),
    ]


def test_a_link_that_only_knew_its_reader_shows_where_a_title_ends() -> None:
    tracked = "https://substack.com/redirect/abc?j=eyJ1IjoibWUifQ"
    issue = draft(
        f"<h1>News</h1><p><a href='{tracked}'>Director (Farm)</a>: Come.</p>"
        f"<p><a href='{tracked}'>Rams</a> (Bo Chen): See <a href='{tracked}'>this</a>.</p>"
    )
    assert [(entry.title, entry.links, entry.text) for entry in issue.entries] == [
        ("Director (Farm)", (), "Come."),
        ("Rams", (), "See this."),
    ]


def test_raised_figures_stay_raised() -> None:
    issue = draft(
        "<h1>News</h1><p><a href='https://s.example/'>10<sup>23</sup> sheep</a> (Ann Lee): 2<sup>k+1</sup>, 4<sup>th</sup>.</p>"
    )
    assert (issue.entries[0].title, issue.entries[0].text) == ("10²³ sheep", "2^(k+1), 4th.")


@pytest.mark.parametrize(
    "head", ['<meta charset="iso-8859-2">', '<?xml version="1.0" encoding="iso-8859-2"?>']
)
def test_the_charset_that_a_page_declares_is_used(head: str) -> None:
    page = f"{head}<h1>News</h1><p><a href='https://s.example/'>Sheep</a> (Łukasz Ito): Žluť.</p>"
    (entry,) = read_page(page.encode("iso-8859-2"), "x.html").drafts[0].entries
    assert (entry.authors, entry.text) == ("Łukasz Ito", "Žluť.")
    (entry,) = (
        read_page(page.replace(head, "").encode("iso-8859-2"), "x.html", charset="iso-8859-2")
        .drafts[0]
        .entries
    )
    assert entry.authors == "Łukasz Ito"


@pytest.mark.parametrize(
    "name",
    ["CommentsItem-body", "CommentsNode-root", "CommentsListSection-root", "comments-node", "comment-list"],
)
def test_what_readers_wrote_below_an_issue_is_no_entry(name: str) -> None:
    issue = "<h1>News</h1><p><a href='https://s.example/'>Sheep</a> (Ann Lee) (summarized by Flo): Wool.</p>"
    comment = f"<div class='{name}'><p>First! <a href='https://x.example'>Nice post</a> (Joe Doe): I like it.</p></div>"
    assert [entry.title for entry in read_page((issue + comment).encode(), "x.html").drafts[0].entries] == [
        "Sheep"
    ]
