"""Which entries of two sources are one and the same."""

import pytest

from bot.model.newsletter import Entry, SourceKind
from tests.support.source_versions import layer, merged, only, titles


@pytest.mark.parametrize(
    ("sheet", "page"),
    [
        ("Selection vs Control", "SELECTION VS. CONTROL"),
        ("the transformer … “explained”?", "The transformer... 'explained'"),
        ("Classiﬁcation of risks", "Classification of risks"),
        ("Learning Preferences by Looking at the World", "Learning Preference by Looking at the World"),
    ],
)
def test_titles_match_folded_or_nearly_so(sheet: str, page: str) -> None:
    assert only(layer(SourceKind.SHEET, sheet), layer(SourceKind.PAGE, page)).title == sheet


def test_titles_that_differ_in_a_number_never_match_by_likeness() -> None:
    result = merged(
        layer(SourceKind.SHEET, "Reframing Impact, a sequence - Part 2"),
        layer(SourceKind.PAGE, "Reframing Impact, a sequence - Part 3"),
    )
    assert len(result.issue.summaries) == 2


def test_different_titles_do_not_match() -> None:
    assert (
        len(merged(layer(SourceKind.SHEET, "AI safety"), layer(SourceKind.PAGE, "AI policy")).issue.summaries)
        == 2
    )


def test_one_address_in_any_form_matches_different_titles() -> None:
    sheet = Entry(title="Risks from Learned Optimization", links=("https://arxiv.org/abs/1906.01820",))
    page = Entry(title="Mesa optimizers", links=("http://arxiv.org/pdf/1906.01820v3.pdf",))
    assert only(layer(SourceKind.SHEET, sheet), layer(SourceKind.PAGE, page)).title == sheet.title


def test_an_address_that_one_source_gives_twice_matches_nothing() -> None:
    both = [Entry(title=title, links=("https://a.example/seq",)) for title in ("Beginnings", "Endings")]
    page = Entry(title="The whole sequence", links=("https://a.example/seq",))
    assert len(merged(layer(SourceKind.SHEET, *both), layer(SourceKind.PAGE, page)).issue.summaries) == 3


def test_an_equal_title_goes_before_an_equal_address() -> None:
    sheet = [
        Entry(title="One", links=("https://a.example/2",)),
        Entry(title="Two", links=("https://a.example/1",)),
    ]
    page = [
        Entry(title="One", links=("https://a.example/1",), text="first"),
        Entry(title="Two", links=("https://a.example/2",), text="second"),
    ]
    result = merged(layer(SourceKind.SHEET, *sheet), layer(SourceKind.PAGE, *page))
    assert [(s.title, s.text) for s in result.issue.summaries] == [("One", "first"), ("Two", "second")]


def test_equal_titles_match_the_nth_with_the_nth() -> None:
    sheet = [Entry(title="Twice", authors=name) for name in ("Ann", "Ben")]
    page = [Entry(title="TWICE", text=text) for text in ("a", "b")]
    result = merged(layer(SourceKind.SHEET, *sheet), layer(SourceKind.PAGE, *page))
    assert [(s.key, s.authors, s.text) for s in result.issue.summaries] == [
        ("7-twice", "Ann", "a"),
        ("7-twice~2", "Ben", "b"),
    ]


def test_the_likest_title_is_taken_where_several_are_alike() -> None:
    sheet = layer(SourceKind.SHEET, "A long title about the matter of goals")
    less, more = "A longer title about the matters of goals", "A long title about the matter of goal"
    page = layer(SourceKind.PAGE, Entry(title=less, text="less"), Entry(title=more, text="more"))
    alike = {summary.title: summary.text for summary in merged(sheet, page).issue.summaries}
    assert alike == {"A long title about the matter of goals": "more", less: "less"}


def test_two_entries_of_one_source_are_never_made_one() -> None:
    alike = ["A long title about goals and means", "A long title about goals and mean"]
    assert titles(merged(layer(SourceKind.PAGE, *alike))) == alike
