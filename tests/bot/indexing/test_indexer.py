"""Documents go into the library wholly or not at all, and twice is as good as once."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import sample
from bot.errors import Refused
from bot.model.newsletter import Document, Draft, Entry, Note, SourceKind
from bot.readers import read
from store import Store, open_store
from tests.support.archive import SHARED
from tests.support.drafts import clock, document, draft
from tests.support.indexing import content, counts, take


async def test_a_report_tells_what_became_of_each_entry(store: Store) -> None:
    first = await take(store, "a", document(SourceKind.PAGE, draft(8, "D"), draft(7, "A", "B", "C")))
    assert (first.source, first.kind, first.issues, counts(first)) == (
        "a",
        SourceKind.PAGE,
        (7, 8),
        (4, 0, 0, 0),
    )
    richer = Entry(title="B", venue="arXiv")
    again = await take(store, "a", document(SourceKind.PAGE, draft(8, "D"), draft(7, "X", "A", richer)))
    assert counts(again) == (1, 1, 2, 1)


async def test_the_same_again_changes_nothing_not_even_the_date(tmp_path: Path) -> None:
    days = iter(range(1, 30))

    def tomorrow() -> datetime:
        return datetime(2026, 1, next(days), tzinfo=UTC)

    async with open_store(tmp_path / "an.db", clock=tomorrow) as store:
        what = document(SourceKind.PAGE, draft(7, "A", "B"))
        await take(store, "a.html", what)
        before, updated = await content(store), (await store.library.origin()).updated
        report = await take(store, "elsewhere/a.html", what)
        assert counts(report) == (0, 0, 2, 0)
        assert await content(store) == before
        assert (await store.library.origin()).updated == updated
        await take(store, "b.html", document(SourceKind.PAGE, draft(8, "C")))
        assert (await store.library.origin()).updated != updated


async def test_sheet_and_issue_become_one_summary(store: Store) -> None:
    await take(
        store, "s", document(SourceKind.SHEET, draft(7, Entry(title="A", authors="Ann, Ben", year=2019)))
    )
    report = await take(store, "p", document(SourceKind.PAGE, draft(7, Entry(title="A", text="Text."))))
    assert counts(report) == (0, 1, 0, 0)
    summary = await store.library.summary("7-a")
    assert summary is not None
    assert (summary.authors, summary.year, summary.text) == ("Ann, Ben", 2019, "Text.")


async def test_a_source_corrected_later_replaces_what_it_said(store: Store) -> None:
    await take(store, "s", document(SourceKind.SHEET, draft(7, Entry(title="A", venue="wrong"), "B")))
    await take(store, "s", document(SourceKind.SHEET, draft(7, Entry(title="A", venue="right"))))
    issue = await store.library.issue(7)
    assert issue is not None
    assert [(summary.title, summary.venue) for summary in issue.summaries] == [("A", "right")]


async def test_a_source_without_entries_takes_none_back(store: Store) -> None:
    await take(store, "f", document(SourceKind.FEED, draft(7, "A")))
    await take(store, "f", document(SourceKind.FEED, Draft(number=7, url="https://n.example/7")))
    issue = await store.library.issue(7)
    assert issue is not None
    assert (issue.url, len(issue.summaries)) == ("https://n.example/7", 1)


async def test_an_issue_with_a_label_as_well_goes_by_its_number(store: Store) -> None:
    await take(store, "p", document(SourceKind.PAGE, draft(7, "A", label="AN #7")))
    assert await store.library.numbers() == (7,)


async def test_what_a_reader_noted_is_passed_on(store: Store) -> None:
    lost, remark = Note(where="row 3", what="no title"), Note(where="row 4", what="odd", skipped=False)
    report = await take(store, "s", replace(document(SourceKind.SHEET, draft(7, "A")), notes=(lost, remark)))
    assert (report.skipped, report.remarks) == ((lost,), (remark,))


async def test_an_issue_told_twice_in_one_document_counts_once_and_is_noted(store: Store) -> None:
    report = await take(store, "m", document(SourceKind.MAIL, draft(7, "A"), draft(7, "A"), draft(7, "B")))
    assert counts(report) == (1, 0, 0, 0)
    (note,) = report.skipped
    assert note.where == "AN #7"
    assert "only the first" in note.what


async def test_an_export_holds_every_issue_before_its_summaries_with_their_older_keys(store: Store) -> None:
    link = ("https://a.example",)
    await take(
        store, "s", document(SourceKind.SHEET, draft(7, Entry(title="Old", links=link)), draft(None, "Z"))
    )
    await take(store, "s", document(SourceKind.SHEET, draft(7, Entry(title="New", links=link))))
    outside, _, issue, summary = await content(store)
    assert outside.startswith('{"issue":{"number":null,')
    assert issue == '{"issue":{"number":7,"label":"","title":"","published":null,"url":"","audio":""}}'
    assert '"key":"7-new"' in summary
    assert summary.endswith('"aliases":["7-old"]}}')


TITLES = ["Goals", "Goal", "A long title about goals", "A long title about goats", "Part 1", "Part 2"]
ENTRIES = st.builds(
    Entry,
    title=st.sampled_from(TITLES),
    links=st.sampled_from([(), ("https://a.example",), ("https://b.example",)]),
    text=st.sampled_from(["", "Short.", "Quite a bit longer."]),
    cites=st.just(()),
)


def documents_of(kind: SourceKind) -> st.SearchStrategy[Document]:
    """All about issues 1 and 2, as one source has them."""
    issues = st.tuples(st.lists(ENTRIES, max_size=4), st.lists(ENTRIES, max_size=4))
    return issues.map(lambda both: document(kind, *(draft(n, *entries) for n, entries in enumerate(both, 1))))


# The sheet is never refused as a stranger, and a refusal does depend on what came before.
KINDS = (SourceKind.SHEET, SourceKind.CSV)


@settings(max_examples=15)
@given(
    st.tuples(*map(documents_of, KINDS)),
    st.lists(ENTRIES, min_size=1, max_size=4),
    st.randoms(use_true_random=False),
)
async def test_any_order_of_sheet_and_issues_gives_the_same_library(
    sheets: Sequence[Document], entries: Sequence[Entry], chance: random.Random
) -> None:
    issues = [document(kind, draft(1, *entries)) for kind in (SourceKind.PAGE, SourceKind.TEXT)]
    sources = [*((one, None) for one in sheets), *((one, 1) for one in issues)]
    exports = []
    for _ in range(3):
        async with open_store(":memory:", clock=clock) as store:
            for what, number in sources:
                await take(store, what.kind.value, what, number=number)
            exports.append(await content(store))
        chance.shuffle(sources)
    assert exports[0] == exports[1] == exports[2]


async def test_the_sample_is_indexed_like_anything_else(store: Store) -> None:
    report = await take(store, sample.NAME, sample.document())
    assert report.issues == (53, 58, 76, 99, 136)
    assert report.new == (await store.library.origin()).summaries > 0


@pytest.mark.archive
async def test_the_real_sheet_twice_changes_nothing(store: Store) -> None:
    sheet = SHARED / "corpus" / "alignment_newsletter.xlsx"
    what = read(sheet.read_bytes(), sheet.name)
    first = await take(store, "sheet", what)
    assert (len(first.issues), counts(first)) == (170, (1956, 0, 0, 0))
    before = await content(store)
    assert counts(await take(store, "sheet", what)) == (0, 0, 1956, 0)
    assert await content(store) == before


@pytest.mark.archive
async def test_the_real_issues_fit_the_real_sheet_entry_by_entry(store: Store) -> None:
    corpus = SHARED / "corpus"
    files = [corpus / "alignment_newsletter.xlsx", *corpus.glob("html/*"), *corpus.glob("issues/*")]
    async with store.archive.many():
        for path in files:
            await take(store, path.name, read(path.read_bytes(), path.name))
    assert (await store.library.origin()).summaries == 1956


async def test_what_shows_no_sign_of_this_newsletter_needs_known_titles_or_a_number(store: Store) -> None:
    other = replace(document(SourceKind.PAGE, draft(7, "A", "B")), doubt="It shows no sign")
    with pytest.raises(Refused, match="no sign"):
        await take(store, "other.html", other)
    await take(store, "sheet", document(SourceKind.SHEET, draft(7, "A", "C")))
    assert counts(await take(store, "known.html", other))[0] == 1
    strange = replace(document(SourceKind.PAGE, draft(8, "X")), doubt="It shows no sign")
    assert counts(await take(store, "said.html", strange, number=8)) == (1, 0, 0, 0)


async def test_what_a_plain_text_alone_has_is_noted_and_left_out(store: Store) -> None:
    await take(store, "sheet", document(SourceKind.SHEET, draft(7, "A", "B")))
    report = await take(store, "text", document(SourceKind.TEXT, draft(7, "A", "Doe)")))
    assert counts(report) == (0, 0, 1, 0)
    assert [note.what.partition(" is ")[0] for note in report.skipped] == ["“Doe)”"]
    assert await store.library.summary("7-doe") is None
