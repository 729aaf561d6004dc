"""The spreadsheet of all summaries, read through its front door."""

import contextlib
import io
from collections.abc import Mapping

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import InputError
from bot.model.newsletter import Document, Draft, Entry, Opinion, SourceKind
from bot.readers.sheet import read_sheet
from tests.support.sheets import COLUMNS, Rows, Value, as_csv, as_xlsx, remarks, row, sheet


def read(*rows: Mapping[str, Value]) -> Document:
    return read_sheet(as_xlsx(sheet(*rows)), "sheet.xlsx")


class TestOddSheets:
    def test_columns_are_known_by_name_in_any_order_and_spelling(self) -> None:
        columns = [" e-MAIL".replace("-", ""), "Notes", "my  Opinion", "SUMMARIZER", "title", "Title"]
        data = as_csv([columns, ["AN #3", "ignored", "Yes.", "Flo", "A title", "another"]])
        assert read_sheet(data, "s.csv") == Document(
            kind=SourceKind.CSV,
            drafts=(
                Draft(
                    number=3,
                    entries=(
                        Entry(title="A title", summarizer="Flo", opinions=(Opinion(by="Flo", text="Yes."),)),
                    ),
                ),
            ),
        )

    def test_a_header_below_a_few_lines_is_found_in_whichever_sheet_has_it(self) -> None:
        book = openpyxl.Workbook()
        page = book.create_sheet("Database")
        page.append(["All summaries"])
        page.append([])
        page.append(["Title", "Email"])
        page.append(["x", "AN #1"])
        out = io.BytesIO()
        book.save(out)
        assert [e.title for d in read_sheet(out.getvalue(), "s.xlsx").drafts for e in d.entries] == ["x"]

    def test_a_header_that_is_repeated_is_no_entry(self) -> None:
        data = as_csv([["Title", "Email"], ["x", "AN #1"], ["Title", "Email"], ["y", "AN #1"]])
        document = read_sheet(data, "s.csv")
        assert [e.title for d in document.drafts for e in d.entries] == ["x", "y"]
        assert remarks(document) == [("row 3", "names the columns again", True)]

    def test_rows_below_a_merged_cell_have_its_value(self) -> None:
        book = openpyxl.Workbook()
        page = book.active
        assert page is not None
        for values in (["Title", "Email"], ["x", "AN #7"], ["y"], [], ["z", "AN #8"]):
            page.append(values)
        page["B2"].hyperlink = "https://m.example/an-7"
        page.merge_cells("B2:B4")
        page.merge_cells("C1:D1")
        out = io.BytesIO()
        book.save(out)
        seventh, eighth = read_sheet(out.getvalue(), "s.xlsx").drafts
        assert (seventh.number, seventh.url, [e.title for e in seventh.entries]) == (
            7,
            "https://m.example/an-7",
            ["x", "y"],
        )
        assert (eighth.number, [e.title for e in eighth.entries]) == (8, ["z"])

    @pytest.mark.parametrize(
        ("columns", "lacking"),
        [
            (["Category", "Title"], "lacks the column Email"),
            (["Foo", "Bar"], "lacks the columns Title and Email"),
        ],
    )
    def test_a_missing_column_is_named_with_what_was_found(self, columns: list[str], lacking: str) -> None:
        with pytest.raises(InputError) as caught:
            read_sheet(as_csv([columns, ["a", "b"]]), "s.csv")
        assert lacking in str(caught.value)
        assert f"its row 1 names “{columns[0]}”, “{columns[1]}”," in str(caught.value)

    def test_a_refusal_is_one_sentence_whatever_a_header_cell_holds(self) -> None:
        with pytest.raises(InputError) as caught:
            read_sheet(as_csv([["Title", "\x1b[31mOne.\n\nTwo " + "x" * 500, " "]]), "s.csv")
        message = str(caught.value)
        assert message.isprintable()
        assert "“One. Two " in message.replace("[31m", "")
        assert len(message) < 250

    @pytest.mark.parametrize("written", ["2019.0", "2019,00", " 2019 "])
    def test_a_year_that_a_program_wrote_as_a_number_is_a_year(self, written: str) -> None:
        (draft,) = read(row(title="one", year=written)).drafts
        assert draft.entries[0].year == 2019

    @pytest.mark.parametrize("rows", [[], [["", ""]], [COLUMNS], [COLUMNS, ["News", "", ""]]])
    def test_a_sheet_without_entries_is_refused(self, rows: Rows) -> None:
        with pytest.raises(InputError, match=r"^s\.xlsx: "):
            read_sheet(as_xlsx(rows), "s.xlsx")

    @pytest.mark.parametrize("year", ["20l9", "-1", "in 2019", "٢٠١٩"])
    def test_a_broken_year_costs_the_year_and_nothing_else(self, year: str) -> None:
        document = read(row(title="one"), row(title="two", year=year), row(title="three", year="2020"))
        assert [(e.title, e.year) for e in document.drafts[0].entries] == [
            ("one", None),
            ("two", None),
            ("three", 2020),
        ]
        ((where, what, skipped),) = remarks(document)
        assert (where, year in what, skipped) == ("row 3", True, False)

    def test_a_row_without_a_title_costs_that_row_and_nothing_else(self) -> None:
        document = read(row(title="one"), row(title=" ", summary="lost"), {}, row(title="three"))
        assert [e.title for e in document.drafts[0].entries] == ["one", "three"]
        assert remarks(document) == [("row 3", "has no title", True)]

    @given(st.data())
    def test_every_row_is_an_entry_or_a_note_whatever_it_holds(self, data: st.DataObject) -> None:
        texts = st.sampled_from(
            ["", " ", "AN #3", "N/A", "x", "2019", "<@x@>", "<@a@>(@x@)", "[x](https://a.example)"]
        )
        texts |= st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=8)
        cells = st.dictionaries(st.sampled_from(COLUMNS), texts, max_size=8)
        rows = data.draw(st.lists(cells, min_size=1, max_size=6))
        filled = [cells for cells in rows if any(text.strip() for text in cells.values())]
        with contextlib.suppress(InputError):
            document = read_sheet(as_csv(sheet(*rows)), "s.csv")
            entries = sum(len(draft.entries) for draft in document.drafts)
            assert entries + sum(note.skipped for note in document.notes) == len(filled)

    @given(st.binary(max_size=300).map(lambda tail: b"Title,Email\n" + tail) | st.binary(max_size=300))
    def test_any_bytes_are_a_document_or_an_input_error(self, data: bytes) -> None:
        with contextlib.suppress(InputError):
            assert read_sheet(data, "s").drafts
