"""Excel workbooks, with all that programs put into them."""

import io
import re
import tracemalloc
import zipfile
from collections.abc import Callable

import openpyxl
import pytest
from openpyxl.xml.constants import REL_NS

from bot.readers.sheet import read_sheet
from bot.readers.sheet.cells import Cell
from bot.readers.sheet.tables import read_tables
from bot.readers.sheet.xml_events import MOST_ELEMENTS
from bot.readers.sheet.zip_safety import MOST_UNPACKED_PART
from bot.text.markdown import plain
from tests.support.counting import calls
from tests.support.sheets import (
    SHEET,
    SMALL,
    STRINGS,
    as_bare_xlsx,
    as_imported_xlsx,
    as_xlsx,
    edited,
    first_table,
    row,
    saved,
    sheet,
    texts,
    unzipped,
    with_rows,
    zipped,
)

FILLED = '<row r="{}"><c><v>1</v></c></row>'


@pytest.mark.parametrize("cached", ["A &quot;shown&quot; text", ""])
def test_a_formula_that_makes_a_link_gives_its_text_and_address(cached: str) -> None:
    formula = 'HYPERLINK("https://f.example/?a=""b""","A ""shown"" text")'
    row = f"<row r='3'><c r='A3' t='str'><f>{formula}</f><v>{cached}</v></c></row>"
    data = with_rows(row)
    assert first_table(data).rows[-1].cells == (Cell('A "shown" text', 'https://f.example/?a="b"'),)


def test_a_formula_that_makes_a_link_counts_before_a_link_on_its_cell() -> None:
    formula = '<f>HYPERLINK("https://f.example/")</f><v>shown</v>'
    data = with_rows(f"<row r='3'><c r='C3' t='str'>{formula}</c></row>")
    data = edited(data, SHEET, lambda xml: xml.replace('ref="C2"', 'ref="C2:C3"'))
    assert [row.cells[2] for row in first_table(data).rows[1:]] == [
        Cell("A title", "https://a.example/"),
        Cell("shown", "https://f.example/"),
    ]


def test_another_formula_gives_the_value_it_had() -> None:
    rows = "<row r='3'><c r='A3'><f>1+1</f><v>2.0</v></c><c r='B3' t='e'><f>X</f><v>#REF!</v></c><c t='b'><v>1</v></c></row>"
    data = with_rows(rows)
    assert texts(first_table(data))[-1] == ["2", "", "TRUE"]


def test_an_address_is_put_together_with_its_place_in_the_page() -> None:
    data = edited(as_xlsx(SMALL), SHEET, lambda xml: xml.replace('ref="C2"', 'ref="C2" location="part"'))
    assert first_table(data).rows[1].cells[2].link == "https://a.example/#part"


def test_a_link_may_cover_several_cells() -> None:
    data = as_xlsx(sheet({"Email": ("AN #1", "https://m.example/1")}, {"Email": "AN #1"}))
    data = edited(data, SHEET, lambda xml: xml.replace('ref="H2"', 'ref="H2:H3"'))
    assert [row.cells[7].link for row in first_table(data).rows[1:]] == ["https://m.example/1"] * 2


def test_strings_in_runs_lose_their_phonetic_marks_and_keep_their_text() -> None:
    runs = (
        '<si><r><t xml:space="preserve">one </t></r><r><t>two</t></r><rPh sb="0" eb="1"><t>X</t></rPh></si>'
    )
    data = edited(as_xlsx([["old"]]), STRINGS, lambda xml: xml.replace("<si><t>old</t></si>", runs))
    assert texts(first_table(data)) == [["one two"]]


@pytest.mark.parametrize(
    "typed", ["an **|Q*-Q|** of", "**d(s*, s')** and **Q***", "a **b *c* d** e", "**x**y*z **w**"]
)
def test_a_star_within_emphasis_is_a_star(typed: str) -> None:
    rows = [["Title", "Email", "Summary"], ["Wool", "AN #58", typed]]
    (draft,) = read_sheet(as_xlsx(rows), "x.xlsx").drafts
    shown = {"a **b *c* d** e": "a b c d e", "**x**y*z **w**": "xy*z w"}
    assert plain(draft.entries[0].text) == shown.get(typed, typed.replace("**", ""))


def test_a_spelled_out_control_character_stays_spelled_out() -> None:
    typed = [["_x0000_ at _x000f_, _x000D_\nbreak, _x005F_x000D_"]]
    assert texts(first_table(as_xlsx(typed))) == [["_x0000_ at _x000f_, \nbreak, _x000D_"]]


@pytest.mark.parametrize("part", ["xl/styles.xml", "docProps/core.xml", "xl/theme/theme1.xml"])
def test_what_is_odd_in_styles_and_properties_does_not_matter(part: str) -> None:
    assert first_table(edited(as_xlsx(SMALL), part, lambda _: "<odd")) == first_table(as_xlsx(SMALL))


@pytest.mark.parametrize("reference", ["H:H", "2:2", "AAA2:XFD2"])
def test_a_link_on_whole_columns_or_far_out_is_passed_over(reference: str) -> None:
    data = edited(as_xlsx(SMALL), SHEET, lambda xml: xml.replace('ref="H2"', f'ref="{reference}"'))
    assert first_table(data).rows[1].cells[7] == Cell("AN #3")


def test_links_on_the_whole_grid_cost_no_more_than_a_large_sheet() -> None:
    links = f'<hyperlink xmlns:r="{REL_NS}" ref="A1:XFD1048576" r:id="rId1"/>' * 1_000
    data = edited(as_xlsx(SMALL), SHEET, lambda xml: xml.replace("</hyperlinks>", links + "</hyperlinks>"))
    assert {cell.link for cell in first_table(data).rows[0].cells} == {"https://a.example/"}


def test_rows_that_are_only_coloured_are_no_rows() -> None:
    coloured = "".join(f'<row r="{n}" s="1"><c r="A{n}" s="1"/></row>' for n in range(3, 50_000))
    assert first_table(with_rows(coloured)) == first_table(as_xlsx(SMALL))


def test_reading_stops_in_a_long_run_of_empty_rows_and_says_where() -> None:
    table = first_table(with_rows(f"{FILLED.format(1500)}{FILLED.format(1_048_576)}"))
    assert ([row.number for row in table.rows], table.cut) == ([1, 2, 1500], 3500)


def test_what_comes_after_the_last_row_is_not_looked_at() -> None:
    rules = '<dataValidations><dataValidation sqref="odd" type="odder"/></dataValidations>'
    data = edited(as_xlsx(SMALL), SHEET, lambda xml: xml.replace("</sheetData>", f"</sheetData>{rules}"))
    assert first_table(data) == first_table(as_xlsx(SMALL))


def test_a_tab_without_a_sheet_is_passed_over() -> None:
    lost = '<sheet name="lost" sheetId="9"/></sheets>'
    data = edited(as_xlsx(SMALL), "xl/workbook.xml", lambda xml: xml.replace("</sheets>", lost))
    assert first_table(data) == first_table(as_xlsx(SMALL))


@pytest.mark.parametrize("size", ["A1:N1048576", "A1:B1"])
def test_a_sheet_is_read_to_its_last_cell_whatever_it_says_of_its_size(size: str) -> None:
    data = edited(as_xlsx(SMALL), SHEET, lambda xml: xml.replace('"A1:N2"', f'"{size}"'))
    assert f'"{size}"' in unzipped(data, SHEET)
    assert first_table(data) == first_table(as_xlsx(SMALL))


def test_a_sheet_that_does_not_state_its_size_is_read() -> None:
    assert texts(first_table(as_bare_xlsx([["Title"], ["x"]]))) == [["Title"], ["x"]]


def test_every_worksheet_is_there_in_the_order_of_the_tabs() -> None:
    book = openpyxl.Workbook()
    book.create_sheet("second").append(["b"])
    book.create_sheet("first", 0).append(["a"])
    book.create_chartsheet("no rows")
    assert [texts(table) for table in read_tables(saved(book), "x")] == [[["a"]], [], [["b"]]]


def test_a_workbook_whose_names_carry_prefixes_and_whose_paths_are_absolute_is_read() -> None:
    def prefixed(xml: str) -> str:
        return re.sub(r"<(/?)(?=[a-z])", r"<\1x:", xml).replace("xmlns=", "xmlns:x=")

    data = edited(edited(as_xlsx(SMALL), SHEET, prefixed), STRINGS, prefixed)
    data = edited(data, "xl/_rels/workbook.xml.rels", lambda xml: xml.replace('"sharedS', '"/xl/sharedS'))
    assert first_table(data) == first_table(as_xlsx(SMALL))


def of_strict_kind(workbook: bytes) -> bytes:
    """The workbook in the names of the stricter standard, which few programs write."""

    def renamed(xml: str) -> str:
        return re.sub(r"schemas\.openxmlformats\.org/(\w+)/2006", r"purl.oclc.org/ooxml/\1", xml)

    for part in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels", SHEET, STRINGS):
        workbook = edited(workbook, part, renamed)
    return workbook


def test_the_names_of_the_stricter_standard_are_read() -> None:
    assert first_table(of_strict_kind(as_xlsx(SMALL))) == first_table(as_xlsx(SMALL))


def renamed(workbook: bytes, rename: Callable[[str], str]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        return zipped({rename(name): archive.read(name) for name in archive.namelist()})


@pytest.mark.parametrize("rename", [str.upper, str.lower, lambda name: name.replace("/", "\\")])
def test_parts_are_known_whatever_their_case_and_slashes(rename: Callable[[str], str]) -> None:
    assert first_table(renamed(as_xlsx(SMALL), rename)) == first_table(as_xlsx(SMALL))


def test_a_sheet_imported_into_another_is_read_by_its_values() -> None:
    """Google writes every text of an imported range twice: in a formula and as its value."""
    wrapped = "<c t='str'><f>IFERROR(__xludf.DUMMYFUNCTION(&quot;x&quot;),&quot;{0}&quot;)</f><v>{0}</v></c>"
    cells = "".join(wrapped.format(text) for text in ("News", "", "A title", "long " * 1_000))
    rows = f"<row>{cells}</row>" * 200
    table = first_table(with_rows(rows))
    assert len(table.rows) == 202
    assert [cell.text for cell in table.rows[-1].cells[:3]] == ["News", "", "A title"]


def test_bounds_leave_room_for_ten_times_the_real_sheet() -> None:
    """It has 1,984 rows, 30,000 cells of three elements and 9 MB of XML."""
    assert MOST_ELEMENTS >= 10 * 30_000 * 3
    assert MOST_UNPACKED_PART >= 10 * 9_000_000


def test_a_row_written_twice_costs_at_most_a_third_more() -> None:
    """In functions called, which unlike seconds are the same every time; and in ten times the rows."""
    few = sheet(*(row(f"Title {n}", "AN #3", summary="Wool is soft. " * 20) for n in range(100)))
    many = sheet(*(row(f"Title {n}", "AN #3", summary="Wool is soft. " * 20) for n in range(1_000)))
    once, twice, ten_times = (
        calls(lambda data=data: read_sheet(data, "x.xlsx"))  # type: ignore[misc]  # bound to each
        for data in (as_xlsx(few), as_imported_xlsx(few), as_imported_xlsx(many))
    )
    assert twice <= 1.3 * once
    assert ten_times <= 1.3 * 10 * once


def test_memory_does_not_grow_with_cells_that_hold_nothing() -> None:
    data = with_rows("<row>" + "<c s='1'/>" * 100_000 + "</row>")
    tracemalloc.start()
    try:
        assert first_table(data) == first_table(as_xlsx(SMALL))
        assert tracemalloc.get_traced_memory()[1] < 4_000_000
    finally:
        tracemalloc.stop()
