"""Spreadsheet files to rows, whatever wrote them."""

import contextlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import InputError
from bot.model.newsletter import SourceKind
from bot.readers.sheet import looks_like_table
from bot.readers.sheet.cells import Cell, Table
from bot.readers.sheet.tables import read_tables
from tests.support.sheets import (
    SHEET,
    SMALL,
    STRINGS,
    Rows,
    Value,
    as_csv,
    as_page,
    as_xlsx,
    as_zipped_page,
    edited,
    first_table,
    texts,
)

PARTS = [
    SHEET,
    STRINGS,
    "[Content_Types].xml",
    "docProps/core.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/styles.xml",
    "xl/workbook.xml",
    "xl/worksheets/_rels/sheet1.xml.rels",
]
LINKING = [as_xlsx, as_page, as_zipped_page]

# What no reader changes: control characters, byte-order marks and zero-width
# blanks are dropped, Excel spells some characters out as "_x000D_".
TEXTS = st.text(
    st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\u2028\u2029\ufeff\u200b")
    | st.just("\n"),
    max_size=12,
).filter(lambda text: "_x" not in text)
LINKS = st.integers(0, 99).map(lambda n: f"https://a.example/p_({n})?q=a%20b&c=%26#part{n}")
CELLS = TEXTS | st.tuples(TEXTS.filter(str.strip), LINKS)
TABLES = st.lists(st.lists(CELLS, min_size=1, max_size=5), min_size=1, max_size=5).filter(
    lambda rows: any(_text(value).strip() for row in rows for value in row)
)


def _text(value: Value) -> str:
    return str(value[0] if isinstance(value, tuple) else value)


def expected(rows: Rows, *, links: bool) -> list[tuple[int, list[Cell]]]:
    """What a reader should make of rows: those that hold text, up to their last text."""
    wanted = []
    for number, row in enumerate(rows, start=1):
        cells = [
            Cell(_text(value), value[1] if links and isinstance(value, tuple) else None) for value in row
        ]
        while cells and not cells[-1].text.strip():
            cells.pop()
        if cells:
            wanted.append((number, [cell if cell.text.strip() else Cell() for cell in cells]))
    return wanted


def filled(table: Table) -> list[tuple[int, list[Cell]]]:
    return [(row.number, [cell if cell.text.strip() else Cell() for cell in row.cells]) for row in table.rows]


@pytest.mark.parametrize("write", LINKING)
@given(rows=TABLES)
def test_a_written_sheet_reads_back_with_its_links(write: Callable[[Rows], bytes], rows: Rows) -> None:
    table = first_table(write(rows))
    assert table.kind is SourceKind.SHEET
    assert filled(table) == expected(rows, links=True)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@given(rows=TABLES)
def test_a_csv_reads_back_without_its_links(delimiter: str, encoding: str, rows: Rows) -> None:
    rows = [["Category", "Title", "Email"], *rows]
    table = first_table(as_csv(rows, delimiter=delimiter, encoding=encoding))
    assert table.kind is SourceKind.CSV
    assert filled(table) == expected(rows, links=False)


def test_a_csv_of_an_old_windows_program_keeps_its_letters() -> None:
    rows = [["Title", "Authors"], ["Café “x”", "Jürgen"]]
    assert texts(first_table(as_csv(rows, encoding="cp1252"))) == rows


def test_the_name_of_a_file_does_not_decide_how_it_is_read() -> None:
    assert first_table(as_xlsx(SMALL), "sheet.csv").kind is SourceKind.SHEET
    assert first_table(as_csv(SMALL), "sheet.xlsx").kind is SourceKind.CSV


def assert_rows_or_refusal(data: bytes) -> None:
    with contextlib.suppress(InputError):
        for table in read_tables(data, "sheet.xlsx"):
            assert all(0 < len(row.cells) <= 200 for row in table.rows)


@given(st.binary(max_size=400) | st.binary(max_size=100).map(lambda tail: b"PK\x03\x04" + tail))
def test_any_bytes_are_rows_or_an_input_error(data: bytes) -> None:
    assert_rows_or_refusal(data)


@given(st.data())
def test_a_workbook_damaged_anywhere_is_rows_or_an_input_error(data: st.DataObject) -> None:
    whole = as_xlsx(SMALL)
    at = data.draw(st.integers(0, len(whole) - 1))
    damaged = bytearray(whole)
    damaged[at : at + data.draw(st.integers(1, 8))] = data.draw(st.binary(max_size=8))
    assert_rows_or_refusal(bytes(damaged))


@given(part=st.sampled_from(PARTS), data=st.data())
def test_a_workbook_with_any_xml_inside_is_rows_or_an_input_error(part: str, data: st.DataObject) -> None:
    def edit(xml: str) -> str:
        at = data.draw(st.integers(0, len(xml)))
        odd = data.draw(
            st.sampled_from(['"', "<", ">", "0", "-1", "<row>", "<c>", "</row>", '<c r="A"/>', "x", ""])
        )
        return xml[:at] + odd + xml[at + data.draw(st.integers(0, 40)) :]

    assert_rows_or_refusal(edited(as_xlsx(SMALL), part, edit))


class TestRecognition:
    @pytest.mark.parametrize("write", [as_xlsx, as_csv, as_page, as_zipped_page])
    def test_a_sheet_is_known_by_its_content(self, write: Callable[[Rows], bytes]) -> None:
        assert looks_like_table(write(SMALL), "download")

    def test_a_page_that_google_saved_is_known_whatever_its_columns(self) -> None:
        assert looks_like_table(as_page([["Other", "Columns"]]), "x.html")

    def test_a_plain_page_with_the_columns_of_the_sheet_is_known(self) -> None:
        assert looks_like_table(
            b"<html><table><tr><th><b>Title</b></th><td> Email </td></tr></table>", "x.html"
        )

    @pytest.mark.parametrize("name", ["a.xlsx", "a.XLS", "a.csv", "a.ods"])
    def test_a_file_called_a_spreadsheet_is_left_to_this_reader_whatever_it_holds(self, name: str) -> None:
        assert looks_like_table(b"\x89PNG", name)

    @pytest.mark.parametrize(
        "data",
        [
            b"",
            b"Alignment Newsletter #58, an issue, with commas, Title, and Email later",
            b"HIGHLIGHTS Title (Jane Doe): prose, prose, prose",
            b"<html><body><table class='mcnTextBlock'><tr><td><h1>Title</h1> (Jane Doe)</td></tr></table>",
            b"From: a@b.example\nSubject: [AN #58]: Title\n\nText",
            b"\x00\x01\x02\x03" * 100,
        ],
    )
    def test_issues_and_other_files_are_not_taken_for_sheets(self, data: bytes) -> None:
        assert not looks_like_table(data, "issue")
