"""Spreadsheet files to rows, whatever wrote them."""

import contextlib
import io
import re
from collections.abc import Callable

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import InputError
from bot.ingest.tables import Cell, Table, looks_like_table, read_table, read_tables
from bot.types import Kind
from tests.sheets import (
    SHEET,
    STRINGS,
    Rows,
    Value,
    as_bare_xlsx,
    as_csv,
    as_page,
    as_xlsx,
    as_zipped_page,
    edited,
    sheet,
    unzipped,
    zipped,
)

LINKING = [as_xlsx, as_page, as_zipped_page]
SMALL = sheet(
    {"Title": ("A title", "https://a.example/"), "Email": ("AN #3", "https://m.example/an-3"), "Year": 2019}
)

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


def read(data: bytes) -> Table:
    return read_table(data, "sheet")


def texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


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


def found(table: Table) -> list[tuple[int, list[Cell]]]:
    return [(row.number, [cell if cell.text.strip() else Cell() for cell in row.cells]) for row in table.rows]


@pytest.mark.parametrize("write", LINKING)
@settings(deadline=None)
@given(rows=TABLES)
def test_a_written_sheet_reads_back_with_its_links(write: Callable[[Rows], bytes], rows: Rows) -> None:
    table = read(write(rows))
    assert table.kind is Kind.SHEET
    assert found(table) == expected(rows, links=True)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@settings(deadline=None)
@given(rows=TABLES)
def test_a_csv_reads_back_without_its_links(delimiter: str, encoding: str, rows: Rows) -> None:
    rows = [["Category", "Title", "Email"], *rows]
    table = read(as_csv(rows, delimiter=delimiter, encoding=encoding))
    assert table.kind is Kind.CSV
    assert found(table) == expected(rows, links=False)


def test_a_csv_of_an_old_windows_program_keeps_its_letters() -> None:
    rows = [["Title", "Authors"], ["Café “x”", "Jürgen"]]
    assert texts(read(as_csv(rows, encoding="cp1252"))) == rows


def test_the_name_of_a_file_does_not_decide_how_it_is_read() -> None:
    assert read_table(as_xlsx(SMALL), "sheet.csv").kind is Kind.SHEET
    assert read_table(as_csv(SMALL), "sheet.xlsx").kind is Kind.CSV


def assert_rows_or_refusal(data: bytes) -> None:
    with contextlib.suppress(InputError):
        for table in read_tables(data, "sheet.xlsx"):
            assert all(0 < len(row.cells) <= 200 for row in table.rows)


@settings(deadline=None)
@given(st.binary(max_size=400) | st.binary(max_size=100).map(lambda tail: b"PK\x03\x04" + tail))
def test_any_bytes_are_rows_or_an_input_error(data: bytes) -> None:
    assert_rows_or_refusal(data)


@settings(deadline=None)
@given(st.data())
def test_a_workbook_damaged_anywhere_is_rows_or_an_input_error(data: st.DataObject) -> None:
    whole = as_xlsx(SMALL)
    at = data.draw(st.integers(0, len(whole) - 1))
    damaged = bytearray(whole)
    damaged[at : at + data.draw(st.integers(1, 8))] = data.draw(st.binary(max_size=8))
    assert_rows_or_refusal(bytes(damaged))


@settings(deadline=None)
@given(part=st.sampled_from([SHEET, STRINGS, "xl/workbook.xml", "_rels/.rels"]), data=st.data())
def test_a_workbook_with_any_xml_inside_is_rows_or_an_input_error(part: str, data: st.DataObject) -> None:
    def edit(xml: str) -> str:
        at = data.draw(st.integers(0, len(xml)))
        odd = data.draw(
            st.sampled_from(['"', "<", ">", "0", "-1", "<row>", "<c>", "</row>", '<c r="A"/>', "x", ""])
        )
        return xml[:at] + odd + xml[at + data.draw(st.integers(0, 40)) :]

    assert_rows_or_refusal(edited(as_xlsx(SMALL), part, edit))


class TestWorkbooks:
    @pytest.mark.parametrize("cached", ["A &quot;shown&quot; text", ""])
    def test_a_formula_that_makes_a_link_gives_its_text_and_address(self, cached: str) -> None:
        formula = 'HYPERLINK("https://f.example/?a=""b""","A ""shown"" text")'
        row = f"<row r='3'><c r='A3' t='str'><f>{formula}</f><v>{cached}</v></c></row>"
        data = edited(as_xlsx(SMALL), SHEET, lambda xml: xml.replace("</sheetData>", row + "</sheetData>"))
        assert read(data).rows[-1].cells == (Cell('A "shown" text', 'https://f.example/?a="b"'),)

    def test_another_formula_gives_the_value_it_had(self) -> None:
        rows = "<row r='3'><c r='A3'><f>1+1</f><v>2.0</v></c><c r='B3' t='e'><f>X</f><v>#REF!</v></c><c t='b'><v>1</v></c></row>"
        data = edited(as_xlsx(SMALL), SHEET, lambda xml: xml.replace("</sheetData>", rows + "</sheetData>"))
        assert texts(read(data))[-1] == ["2", "", "TRUE"]

    def test_an_address_is_put_together_with_its_place_in_the_page(self) -> None:
        data = edited(as_xlsx(SMALL), SHEET, lambda xml: xml.replace('ref="C2"', 'ref="C2" location="part"'))
        assert read(data).rows[1].cells[2].link == "https://a.example/#part"

    def test_a_link_may_cover_several_cells(self) -> None:
        data = as_xlsx(sheet({"Email": ("AN #1", "https://m.example/1")}, {"Email": "AN #1"}))
        data = edited(data, SHEET, lambda xml: xml.replace('ref="H2"', 'ref="H2:H3"'))
        assert [row.cells[7].link for row in read(data).rows[1:]] == ["https://m.example/1"] * 2

    def test_strings_in_runs_lose_their_phonetic_marks_and_keep_their_text(self) -> None:
        runs = '<si><r><t xml:space="preserve">one </t></r><r><t>two</t></r><rPh sb="0" eb="1"><t>X</t></rPh></si>'
        data = edited(as_xlsx([["old"]]), STRINGS, lambda xml: xml.replace("<si><t>old</t></si>", runs))
        assert texts(read(data)) == [["one two"]]

    def test_a_spelled_out_control_character_stays_spelled_out(self) -> None:
        typed = [["_x0000_ at _x000f_, _x000D_\nbreak, _x005F_x000D_"]]
        assert texts(read(as_xlsx(typed))) == [["_x0000_ at _x000f_, \nbreak, _x000D_"]]

    def test_reading_stops_in_a_long_run_of_empty_rows_and_links_are_still_known(self) -> None:
        styled = "".join(f'<row r="{n}"><c r="A{n}" s="1"/></row>' for n in range(3, 300_000))
        data = edited(as_xlsx(SMALL), SHEET, lambda xml: xml.replace("</sheetData>", styled + "</sheetData>"))
        table = read(data)
        assert table.cut == 2002
        assert found(table) == found(read(as_xlsx(SMALL)))

    def test_a_sheet_that_says_it_fills_the_whole_grid_is_read_to_its_last_row(self) -> None:
        data = edited(as_xlsx(SMALL), SHEET, lambda xml: xml.replace('"A1:N2"', '"A1:N1048576"'))
        assert '"A1:N1048576"' in unzipped(data, SHEET)
        assert found(read(data)) == found(read(as_xlsx(SMALL)))

    def test_a_sheet_that_does_not_state_its_size_is_read(self) -> None:
        assert texts(read(as_bare_xlsx([["Title"], ["x"]]))) == [["Title"], ["x"]]

    def test_every_worksheet_is_there_in_the_order_of_the_tabs(self) -> None:
        book = openpyxl.Workbook()
        book.create_sheet("second").append(["b"])
        book.create_sheet("first", 0).append(["a"])
        book.create_chartsheet("no rows")
        out = io.BytesIO()
        book.save(out)
        assert [texts(table) for table in read_tables(out.getvalue(), "x")] == [[["a"]], [], [["b"]]]

    def test_a_workbook_whose_names_carry_prefixes_and_whose_paths_are_absolute_is_read(self) -> None:
        def prefixed(xml: str) -> str:
            return re.sub(r"<(/?)(?=[a-z])", r"<\1x:", xml).replace("xmlns=", "xmlns:x=")

        data = edited(edited(as_xlsx(SMALL), SHEET, prefixed), STRINGS, prefixed)
        data = edited(data, "xl/_rels/workbook.xml.rels", lambda xml: xml.replace('"sharedS', '"/xl/sharedS'))
        assert found(read(data)) == found(read(as_xlsx(SMALL)))


class TestPages:
    def test_a_row_keeps_the_number_shown_beside_it(self) -> None:
        page = as_page([["Title"], ["a"], ["b"]]).replace(b">3</div>", b">7</div>")
        assert [row.number for row in read(page).rows] == [1, 2, 7]

    def test_a_plain_table_is_numbered_from_one_and_may_leave_tags_open(self) -> None:
        page = b"<table><tr><th>Title<th>Email<tr><td colspan=2>a<td>b<td>c<br>d</table>"
        table = read(page)
        assert texts(table) == [["Title", "Email"], ["a", "", "b", "c\nd"]]
        assert [row.number for row in table.rows] == [1, 2]

    def test_the_first_link_of_a_cell_is_its_link_and_only_one_of_the_web(self) -> None:
        page = b"<table><tr><td><a href='javascript:x'>a</a> <a href='https://b.example'>b</a>"
        page += b"<a href='https://c.example'>c</a><td>d</table>"
        assert read(page).rows[0].cells == (Cell("a bc", "https://b.example"), Cell("d"))

    def test_every_page_of_an_archive_is_a_table(self) -> None:
        data = zipped({"One.html": as_page([["a"]]), "Two.html": as_page([["b"]])})
        assert [texts(table) for table in read_tables(data, "x")] == [[["a"]], [["b"]]]


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
