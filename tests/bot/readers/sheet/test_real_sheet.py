"""The real spreadsheet, against what is known of it."""

from dataclasses import replace

import pytest

from bot.model.newsletter import Document, Draft
from bot.readers.sheet import read_sheet
from tests.support.archive import SHARED
from tests.support.sheets import Rows, as_csv, as_zipped_page, first_table


@pytest.fixture(scope="module")
def real() -> bytes:
    return (SHARED / "corpus" / "alignment_newsletter.xlsx").read_bytes()


@pytest.fixture(scope="module")
def document(real: bytes) -> Document:
    return read_sheet(real, "alignment_newsletter.xlsx")


@pytest.mark.archive
class TestTheRealSheet:
    def test_every_row_is_there_under_its_issue(self, document: Document) -> None:
        assert sum(len(draft.entries) for draft in document.drafts) == 1956
        assert [d.number for d in document.drafts if d.number] == [n for n in range(1, 172) if n != 84]
        outside = {d.label: len(d.entries) for d in document.drafts if d.number is None}
        assert outside == {"Recon #4": 17, "Recon #5": 27, "": 30}
        assert not any(note.skipped for note in document.notes)

    def test_its_references_resolve_but_for_the_known_few(self, document: Document) -> None:
        what = next(note.what for note in document.notes if note.where == "sheet")
        assert what.startswith("744 cross-references: 741 resolved, 4 of them to one of several rows")
        assert [note.where for note in document.notes if "no row is called" in note.what] == [
            "row 1496",
            "row 1502",
            "row 1527",
        ]
        assert [note.where for note in document.notes if "is the title of" in note.what] == [
            "row 728",
            "row 1183",
            "row 1318",
            "row 1867",
        ]

    def test_its_facts_are_counted_as_known(self, document: Document) -> None:
        entries = [entry for draft in document.drafts for entry in draft.entries]
        assert sum(entry.highlight for entry in entries) == 270
        assert sum(not entry.text for entry in entries) == 445
        assert sum(len(entry.opinions) > 1 for entry in entries) == 58
        assert sum(bool(entry.opinions) for entry in entries) == 996
        assert sum(not entry.links for entry in entries) == 3
        assert sum(entry.year is None for entry in entries) == 19
        assert len({entry.summarizer for entry in entries}) == 12
        assert all(draft.url for draft in document.drafts if draft.number or draft.label)

    def test_other_forms_of_it_say_the_same(self, real: bytes, document: Document) -> None:
        rows = _rows_of(real)
        assert read_sheet(as_zipped_page(rows), "Database.zip") == document
        plain = read_sheet(as_csv(rows), "Database.csv")
        assert [_unlinked(draft) for draft in plain.drafts] == [_unlinked(draft) for draft in document.drafts]


def _rows_of(workbook: bytes) -> Rows:
    """The rows of a real workbook, to be written in another form."""
    return [
        [(cell.text, cell.link) if cell.link else cell.text for cell in row.cells]
        for row in first_table(workbook).rows
    ]


def _unlinked(draft: Draft) -> Draft:
    """What a form without links can say of an issue."""
    return replace(
        draft,
        url="",
        title="",
        entries=tuple(replace(entry, links=(), prerequisites="", read_more="") for entry in draft.entries),
    )
