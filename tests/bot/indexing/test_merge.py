"""Sources of one issue become one issue, by written rules."""

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.indexing.merge import richest
from bot.model.newsletter import Entry, SourceKind, Summary, Target
from tests.support.source_versions import MESA, layer, merged, only, opinions, titles


def test_the_best_informed_source_with_a_fact_is_believed() -> None:
    sheet = Entry(title="Paper", links=("https://a.example",), authors="Ann Archer, Ben Bow", year=2019)
    page = Entry(
        title="PAPER",
        links=("https://b.example", "https://c.example"),
        authors="Ann Archer et al",
        venue="arXiv",
        year=2020,
        hat_tip="Cy",
        summarizer="Rohin",
    )
    summary = only(
        layer(SourceKind.TEXT, Entry(title="paper", venue="?", summarizer="?")),
        layer(SourceKind.PAGE, page),
        layer(SourceKind.SHEET, sheet),
    )
    assert summary == Summary(
        key="7-paper",
        title="Paper",
        issue=7,
        label="",
        position=1,
        links=("https://a.example",),
        authors="Ann Archer, Ben Bow",
        venue="arXiv",
        year=2019,
        hat_tip="Cy",
        summarizer="Rohin",
    )


def test_the_ranks_are_sheet_csv_page_mail_feed_text_podcast() -> None:
    layers = [layer(kind, Entry(title="Paper", venue=kind.value)) for kind in SourceKind]
    venues = [only(*layers[n:]).venue for n in range(len(layers))]
    assert venues == ["sheet", "csv", "page", "mail", "feed", "text", "podcast"]


def test_read_more_with_links_goes_before_read_more_without() -> None:
    csv = Entry(title="Paper", read_more="The blog", prerequisites="The basics")
    page = Entry(title="Paper", read_more="[The blog](https://b.example)")
    summary = only(layer(SourceKind.CSV, csv), layer(SourceKind.PAGE, page))
    assert summary.read_more == "[The blog](https://b.example)"
    assert summary.prerequisites == "The basics"


def test_the_richer_text_wins_whoever_has_it() -> None:
    short, long = Entry(title="Paper", text="Short."), Entry(title="Paper", text="Long enough to win.")
    assert only(layer(SourceKind.SHEET, short), layer(SourceKind.PAGE, long)).text == long.text
    assert only(layer(SourceKind.SHEET, long), layer(SourceKind.PAGE, short)).text == long.text


def test_a_plain_text_says_who_wrote_but_not_what_if_another_source_has_texts() -> None:
    sheet = (Entry(title="Paper", text="Short."), Entry(title="News"))
    neighbours = Entry(
        title="News",
        authors="Ann Archer",
        text="Of a title that was missed.",
        opinions=opinions(("Flo", "Yes.")),
        read_more="The blog",
        references=(5,),
    )
    longer = Entry(title="Paper", text="Short. Another title: And its text.")
    for order in ((0, 1), (1, 0)):
        layers = layer(SourceKind.SHEET, *sheet), layer(SourceKind.TEXT, longer, neighbours)
        paper, news = merged(*(layers[n] for n in order)).issue.summaries
        assert paper.text == "Short."
        assert (news.authors, news.text, news.opinions) == ("Ann Archer", "", ())
        assert (news.read_more, news.references) == ("", ())


def test_a_plain_text_tells_what_no_other_source_of_the_issue_has() -> None:
    titles_alone = layer(SourceKind.SHEET, "Paper", "News")
    paper = Entry(title="Paper", text="Long.", opinions=opinions(("Flo", "Yes.")))
    summary = merged(titles_alone, layer(SourceKind.TEXT, paper)).issue.summaries[0]
    assert (summary.text, summary.opinions) == (paper.text, paper.opinions)


def test_opinions_are_united_by_person_and_each_is_the_richer() -> None:
    sheet = Entry(title="Paper", opinions=opinions(("Flo", "Yes, and more than that."), ("Rohin", "No.")))
    page = Entry(
        title="Paper", opinions=opinions(("ROHIN", "No, not at all."), ("Flo", "Yes."), ("Asya", "Well."))
    )
    assert only(layer(SourceKind.SHEET, sheet), layer(SourceKind.PAGE, page)).opinions == opinions(
        ("Flo", "Yes, and more than that."), ("Rohin", "No, not at all."), ("Asya", "Well.")
    )


def test_two_opinions_of_one_person_stay_two() -> None:
    twice = Entry(title="Paper", opinions=opinions(("Flo", "Yes."), ("Flo", "No.")))
    assert only(layer(SourceKind.SHEET, twice), layer(SourceKind.PAGE, twice)).opinions == twice.opinions


def test_references_and_citations_are_united() -> None:
    a, b = Target(issue=1, title="A"), Target(issue=2, title="B")
    sheet = Entry(title="Paper", references=(5, 9), cites=(a,))
    page = Entry(title="Paper", references=(2, 9), cites=(b, a))
    summary = only(layer(SourceKind.SHEET, sheet), layer(SourceKind.PAGE, page))
    assert (summary.references, summary.cites) == ((2, 5, 9), (a, b))


def test_a_printed_title_of_the_issue_goes_before_the_sheets() -> None:
    sheet = layer(SourceKind.SHEET, title="Mesa what it is", url="https://s.example/7")
    mail = layer(
        SourceKind.MAIL, title="Mesa: what it is", published=date(2019, 7, 1), audio="https://m.example/7.mp3"
    )
    issue = merged(sheet, mail).issue
    assert (issue.title, issue.url) == ("Mesa: what it is", "https://s.example/7")
    assert (issue.published, issue.audio) == (date(2019, 7, 1), "https://m.example/7.mp3")


def test_markup_and_blanks_do_not_make_a_text_longer() -> None:
    plain = "It says that mesa optimizers are bad."
    marked = "It   **says** that\n\n[mesa](https://a-very-long-address.example/) optimizers _are_ ba."
    assert richest([plain + " Very bad.", marked]) == plain + " Very bad."


def test_about_equal_length_more_links_win() -> None:
    linked = "It says [so](https://a.example/wiki/So_(band)) quite clearly."
    assert richest(["It says so quite very clearly.", linked]) == "It says so quite very clearly."
    assert richest(["It says so quite clearly", linked]) == linked


def test_else_the_better_informed_wins() -> None:
    first, second = "It is said in one way, at some length.", "It is told in one way, at some length."
    assert richest([first, second]) == first


@given(st.lists(st.text()))
def test_it_is_one_of_the_texts_and_empty_only_if_all_are(texts: list[str]) -> None:
    assert richest(texts) in {*texts, ""}
    assert bool(richest(texts)) == any(texts)


@pytest.mark.parametrize(
    ("sheet", "page", "section", "highlight"),
    [
        (MESA, ("Highlights",), MESA, True),
        (MESA, ("News",), ("News",), False),
        (MESA, (), MESA, False),
        ((), ("Highlights",), ("Highlights",), True),
        ((), ("Highlights", "News"), ("News",), True),
        ((), ("HIGHLIGHTS",), ("Highlights",), True),
        (("AI governance",), ("AI strategy and policy",), ("AI governance",), False),
        ((), (), (), False),
    ],
)
def test_a_printed_topic_goes_before_the_sheets_and_highlights_is_no_topic(
    sheet: Sequence[str], page: Sequence[str], section: Sequence[str], *, highlight: bool
) -> None:
    summary = only(
        layer(SourceKind.SHEET, Entry(title="Paper", section=tuple(sheet))),
        layer(SourceKind.PAGE, Entry(title="Paper", section=tuple(page))),
    )
    assert (summary.section, summary.highlight) == (section, highlight)


def test_a_plain_text_tells_the_section_only_where_nobody_else_does() -> None:
    news = layer(SourceKind.TEXT, Entry(title="Paper", section=("News",)))
    assert only(news, layer(SourceKind.SHEET, Entry(title="Paper", section=MESA))).section == MESA
    assert only(news).section == ("News",)


def test_any_source_can_make_a_highlight() -> None:
    sheet = Entry(title="Paper", section=MESA, highlight=True)
    assert only(
        layer(SourceKind.SHEET, sheet), layer(SourceKind.PAGE, Entry(title="Paper", section=MESA))
    ).highlight


def test_the_printed_order_stands_and_the_rest_follows() -> None:
    sheet = layer(SourceKind.SHEET, "D", "C", "B", "A")
    page = layer(SourceKind.PAGE, "B", "A")
    text = layer(SourceKind.TEXT, "C", "A", "D")
    assert titles(merged(sheet, page, text)) == ["B", "A", "C", "D"]


@pytest.mark.parametrize("kind", [SourceKind.SHEET, SourceKind.CSV, SourceKind.PAGE, SourceKind.MAIL])
def test_a_plain_text_adds_no_summary_beside_a_better_source(kind: SourceKind) -> None:
    known, text = layer(kind, "Paper"), layer(SourceKind.TEXT, Entry(title="Paper", text="More."), "Doe)")
    for order in ((known, text), (text, known)):
        result = merged(*order)
        assert [(s.title, s.text) for s in result.issue.summaries] == [("Paper", "More.")]
        assert result.left_out == ("Doe)",)


def test_a_plain_text_is_believed_if_nothing_else_knows_the_issue() -> None:
    text, podcast = layer(SourceKind.TEXT, "Paper"), layer(SourceKind.PODCAST)
    assert titles(merged(text, podcast)) == ["Paper"]


def test_what_was_not_printed_stands_as_an_issue_would_print_it() -> None:
    sheet = layer(
        SourceKind.SHEET,
        Entry(title="n", section=("News",)),
        Entry(title="m2", section=MESA),
        Entry(title="m1", section=MESA),
        Entry(title="h", section=("News",), highlight=True),
    )
    assert titles(merged(sheet)) == ["h", "m2", "m1", "n"]
    assert [summary.position for summary in merged(sheet).issue.summaries] == [1, 2, 3, 4]
