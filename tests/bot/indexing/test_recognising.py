"""Which issue a document is: recognised, told by the user, or refused with what settles it."""

from collections.abc import Sequence

import pytest

from bot.errors import Refused
from bot.indexing.indexer import Indexer
from bot.model.newsletter import Entry, SourceKind
from store import Store
from tests.support.drafts import document, draft
from tests.support.indexing import content, counts, take

UNNUMBERED = document(SourceKind.TEXT, draft(None, "A", "b!", "C", "D"), numbered=False)


@pytest.mark.parametrize("known", [("A", "B"), ("A", "B", "C", "D", "E")])
async def test_a_text_without_number_is_recognised_by_half_of_its_titles(
    store: Store, known: Sequence[str]
) -> None:
    await take(store, "s", document(SourceKind.SHEET, draft(7, *known), draft(8, "D", "X")))
    report = await take(store, "t", UNNUMBERED)
    assert report.issues == (7,)


@pytest.mark.parametrize(
    ("seven", "eight"), [(("A",), ("X",)), ((), ()), (("A", "B"), ("C", "D"))], ids=["few", "none", "tie"]
)
async def test_a_text_that_cannot_be_recognised_is_refused_with_what_settles_it(
    store: Store, seven: Sequence[str], eight: Sequence[str]
) -> None:
    await take(store, "s", document(SourceKind.SHEET, draft(7, *seven), draft(8, *eight)))
    before = await content(store)
    with pytest.raises(Refused, match=r"t\.txt does not say which issue it is, .*--issue N"):
        await take(store, "t.txt", UNNUMBERED)
    assert await content(store) == before
    assert (await take(store, "t.txt", UNNUMBERED, number=9)).issues == (9,)


async def test_a_number_that_contradicts_the_document_is_refused(store: Store) -> None:
    with pytest.raises(Refused, match=r"p says that it is AN #7, not AN #8\. Leave out --issue 8"):
        await take(store, "p", document(SourceKind.PAGE, draft(7, "A")), number=8)
    assert (await take(store, "p", document(SourceKind.PAGE, draft(7, "A")), number=7)).issues == (7,)


async def test_a_number_for_a_document_of_several_issues_is_refused(store: Store) -> None:
    with pytest.raises(Refused, match=r"s holds 2 issues, so it cannot be taken with --issue 7"):
        await take(store, "s", document(SourceKind.SHEET, draft(7, "A"), draft(8, "B")), number=7)


async def test_two_sources_of_a_kind_that_differ_on_an_issue_are_refused_in_one_run(store: Store) -> None:
    run = Indexer(store.archive)
    await run.take("one.html", document(SourceKind.PAGE, draft(7, "A", "B")))
    before = await content(store)
    with pytest.raises(Refused, match=r"two\.html and one\.html both hold AN #7, with different content"):
        await run.take("two.html", document(SourceKind.PAGE, draft(7, "A", Entry(title="B", text="More."))))
    assert await content(store) == before
    assert counts(await run.take("copy.html", document(SourceKind.PAGE, draft(7, "A", "B")))) == (0, 0, 2, 0)
    assert counts(await run.take("m.eml", document(SourceKind.MAIL, draft(7, "A", "B", "C")))) == (1, 0, 2, 0)


async def test_a_source_may_correct_itself_within_a_run(store: Store) -> None:
    run = Indexer(store.archive)
    await run.take("one.html", document(SourceKind.PAGE, draft(7, "A", "B")))
    assert counts(await run.take("one.html", document(SourceKind.PAGE, draft(7, "A", "C")))) == (1, 0, 1, 1)


async def test_what_was_refused_does_not_count_as_said(store: Store) -> None:
    run = Indexer(store.archive)
    await run.take("s", document(SourceKind.SHEET, draft(7, "A", "B")))
    with pytest.raises(Refused):
        await run.take("wrong.html", document(SourceKind.PAGE, draft(7, "X", "Y")))
    assert counts(await run.take("right.html", document(SourceKind.PAGE, draft(7, "A", "B")))) == (0, 0, 2, 0)


async def test_an_issue_that_shares_too_little_with_what_is_known_is_refused(store: Store) -> None:
    await take(store, "s", document(SourceKind.SHEET, draft(7, "A", "B", "C")))
    stranger = document(SourceKind.PAGE, draft(7, "A", "X", "Y", "Z"))
    with pytest.raises(
        Refused, match=r"p says that it is AN #7, but only 1 of its 4 entries .* 3 known .*--issue 7\."
    ):
        await take(store, "p", stranger)
    assert counts(await take(store, "p", stranger, number=7)) == (3, 0, 1, 0)


async def test_a_few_entries_of_a_known_issue_are_no_strangers(store: Store) -> None:
    await take(store, "s", document(SourceKind.SHEET, draft(7, *"ABCDE")))
    assert counts(await take(store, "p", document(SourceKind.PAGE, draft(7, "A", "B")))) == (0, 0, 2, 0)
    assert counts(await take(store, "m", document(SourceKind.MAIL, draft(7, *"ABCDEFGHIJKLM")))) == (
        8,
        0,
        5,
        0,
    )


async def test_a_stranger_among_many_issues_is_left_out_and_noted(store: Store) -> None:
    await take(store, "s", document(SourceKind.SHEET, draft(7, "A", "B", "C")))
    report = await take(store, "m", document(SourceKind.MAIL, draft(7, "X", "Y"), draft(8, "Z")))
    assert (report.issues, counts(report)) == ((8,), (1, 0, 0, 0))
    assert [note.where for note in report.skipped] == ["AN #7"]


async def test_the_sheet_is_believed_on_which_issue_is_which(store: Store) -> None:
    await take(store, "p", document(SourceKind.PAGE, draft(7, "X", "Y")))
    assert counts(await take(store, "s", document(SourceKind.SHEET, draft(7, "A", "B", "C")))) == (3, 0, 0, 0)


async def test_a_document_refused_for_its_last_issue_leaves_nothing_of_its_first(store: Store) -> None:
    run = Indexer(store.archive)
    await run.take("one.xlsx", document(SourceKind.SHEET, draft(8, "A")))
    before = await content(store)
    with pytest.raises(Refused):
        await run.take("two.xlsx", document(SourceKind.SHEET, draft(7, "New"), draft(8, "B")))
    assert await content(store) == before
