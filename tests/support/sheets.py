"""Writes the newsletter's spreadsheet from plain rows, in every form it comes in, and reads it back."""

import csv
import html
import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias
from urllib.parse import quote

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils import get_column_letter

from bot.model.newsletter import Document
from bot.readers.sheet.cells import Table
from bot.readers.sheet.tables import read_tables

SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRINGS_RELATION = (
    f'<Relationship Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml" Id="rIdStrings"/>'
)
_STRINGS_TYPE = (
    '<Override PartName="/xl/sharedStrings.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>'
)

_TIME = re.compile(r"\d{4}-\d\d-\d\dT[\d:]+Z")

COLUMNS = (
    "Category",
    "Highlight?",
    "Title",
    "Authors",
    "Venue",
    "Year",
    "H/T",
    "Email",
    "Summarizer",
    "Summary",
    "My opinion",
    "Prerequisites",
    "Read more",
    "URL",
)

_NAMES = {
    "highlight": "Highlight?",
    "my_opinion": "My opinion",
    "read_more": "Read more",
    "hat_tip": "H/T",
    "url": "URL",
}

Value: TypeAlias = str | int | tuple[str, str]
"""The value of a cell: a text, a number, or a text with the address of its link."""
Rows: TypeAlias = Sequence[Sequence[Value]]


def sheet(*rows: Mapping[str, Value], columns: Sequence[str] = COLUMNS) -> Rows:
    """A header and a row for each mapping of column names to values."""
    return [columns, *([row.get(column, "") for column in columns] for row in rows)]


def remarks(document: Document) -> list[tuple[str, str, bool]]:
    """The notes of its reader: where, what, and whether anything was lost."""
    return [(note.where, note.what, note.skipped) for note in document.notes]


def row(title: Value = "A title", email: Value = "AN #3", **facts: Value) -> Mapping[str, Value]:
    """Values by column, given under names such as `read_more` and `hat_tip`."""
    named = {_NAMES.get(name, name.capitalize()): value for name, value in facts.items()}
    return {"Title": title, "Email": email, **named}


SMALL = sheet(
    {"Title": ("A title", "https://a.example/"), "Email": ("AN #3", "https://m.example/an-3"), "Year": 2019}
)
"""A sheet of one entry."""


def first_table(data: bytes, name: str = "sheet") -> Table:
    """The first sheet of the file, read back."""
    return next(read_tables(data, name))


def texts(table: Table) -> list[list[str]]:
    """The texts of its cells, row by row."""
    return [[cell.text for cell in row.cells] for row in table.rows]


def as_xlsx(rows: Rows) -> bytes:
    """A workbook with links on its cells and its strings shared, as programs save it."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for number, values in enumerate(rows, start=1):
        for column, value in enumerate(values, start=1):
            text, link = _parts(value)
            if text == "" and not link:
                continue
            cell = page.cell(number, column, text)
            if isinstance(text, str):
                cell.data_type = "s"  # "=1" and "#N/A" are texts here
            cell.hyperlink = link
    return _strings_shared(saved(book))


def as_imported_xlsx(rows: Rows) -> bytes:
    """The workbook of a range that Google imported: each text in a formula, and again as its value."""
    book = as_xlsx(rows)
    strings = re.findall(r"<si><t[^>]*>(.*?)</t></si>", unzipped(book, STRINGS), flags=re.DOTALL)

    def twice(cell: re.Match[str]) -> str:
        text = strings[int(cell[1])]
        return f't="str"><f>IFERROR(__xludf.DUMMYFUNCTION("""COMPUTED"""),"{text}")</f><v>{text}</v></c>'

    return edited(book, SHEET, lambda xml: re.sub(r't="s"><v>(\d+)</v></c>', twice, xml))


def as_bare_xlsx(rows: Rows) -> bytes:
    """A workbook without links whose sheet does not state its size."""
    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet()
    for values in rows:
        page.append([WriteOnlyCell(page, _parts(value)[0]) for value in values])
    return saved(book)


def _strings_shared(archive: bytes) -> bytes:
    """The workbook with its strings in a part of their own, where the library inlines them."""
    strings: list[str] = []

    def share(inline: re.Match[str]) -> str:
        strings.append(f"<si>{inline[1]}</si>")
        return f't="s"><v>{len(strings) - 1}</v></c>'

    archive = edited(
        archive, SHEET, lambda xml: re.sub(r't="inlineStr"><is>(.*?)</is></c>', share, xml, flags=re.DOTALL)
    )
    archive = edited(archive, _RELATIONS, lambda xml: xml.replace("</R", f"{_STRINGS_RELATION}</R"))
    archive = edited(
        archive, "[Content_Types].xml", lambda xml: xml.replace("</Types>", f"{_STRINGS_TYPE}</Types>")
    )
    archive = edited(archive, "docProps/core.xml", lambda xml: _TIME.sub("2020-02-02T02:02:02Z", xml))
    return edited(archive, STRINGS, lambda _: f'<sst xmlns="{_MAIN}">{"".join(strings)}</sst>')


def with_rows(xml: str) -> bytes:
    """The workbook of one entry with more rows, given as XML."""
    return edited(as_xlsx(SMALL), SHEET, lambda old: old.replace("</sheetData>", f"{xml}</sheetData>"))


def saved(book: openpyxl.Workbook) -> bytes:
    """The file that the book makes."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_csv(rows: Rows, *, delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    """Values without links, line ends as spreadsheets write them."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows([_parts(value)[0] for value in row] for row in rows)
    return out.getvalue().encode(encoding)


def as_page(rows: Rows) -> bytes:
    """The web page that Google saves: framed by letters and numbers, the header frozen."""
    width = max(map(len, rows), default=0)
    letters = "".join(
        f'<th id="0C{i}" class="column-headers-background">{get_column_letter(i + 1)}</th>'
        for i in range(width)
    )
    body = [_tr(number, row) for number, row in enumerate(rows, start=1)]
    body.insert(
        1, '<tr><th class="freezebar-cell"></th>' + '<td class="freezebar-cell"></td>' * width + "</tr>"
    )
    return (
        '<meta http-equiv="Content-Type" content="text/html; charset=utf-8"><style>.s0{color:#000}</style>'
        '<div class="ritz grid-container" dir="ltr"><table class="waffle" cellspacing="0"><thead>'
        f'<tr><th class="row-header freezebar-vertical-handle"></th>{letters}</tr></thead>'
        f"<tbody>{''.join(body)}</tbody></table></div>"
    ).encode()


def _tr(number: int, row: Sequence[Value]) -> str:
    cells = "".join(f'<td class="s0" dir="ltr">{_td(value)}</td>' for value in row)
    frame = f'<th id="0R{number - 1}" class="row-headers-background"><div class="row-header-wrapper">{number}</div></th>'
    return f'<tr style="height: 20px">{frame}{cells}</tr>'


def _td(value: Value) -> str:
    text, link = _parts(value)
    shown = html.escape(str(text)).replace("\n", "<br>")
    if not link:
        return shown
    redirect = f"https://www.google.com/url?q={quote(link, safe='')}&sa=D&source=editors"
    return f'<a target="_blank" href="{html.escape(redirect)}">{shown}</a>'


def as_zipped_page(rows: Rows) -> bytes:
    """The zip in which Google packs that page."""
    return zipped({"Database.html": as_page(rows), "resources/sheet.css": b".ritz{}"})


def zipped(members: Mapping[str, bytes]) -> bytes:
    """An archive of these files, the same bytes whenever it is made."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def edited(archive: bytes, member: str, edit: Callable[[str], str]) -> bytes:
    """The archive with one of its files rewritten, from nothing if it was not there."""
    with zipfile.ZipFile(io.BytesIO(archive)) as old:
        members = {name: old.read(name) for name in old.namelist()}
    return zipped(members | {member: edit(members.get(member, b"").decode()).encode()})


def unzipped(archive: bytes, member: str) -> str:
    """The text of a file in the archive."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return opened.read(member).decode()


def _parts(value: Value) -> tuple[str | int, str | None]:
    return value if isinstance(value, tuple) else (value, None)
