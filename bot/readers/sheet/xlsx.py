"""The rows of an Excel workbook with the links on its cells.

The cells are openpyxl's, read as a stream. Two things it leaves out of a
stream are gathered before, in a pass over the sheet's XML: where cells link
to, and the last row that holds anything, so that nothing after it is read.
"""

import io
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Final, TypeAlias
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from defusedxml.ElementTree import iterparse
from openpyxl.packaging.relationship import get_dependents, get_rels_path
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils import coordinate_to_tuple, range_boundaries
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.xml.constants import REL_NS, SHEET_MAIN_NS

from bot.errors import InputError
from bot.model.newsletter import SourceKind
from bot.readers.decoding import clean
from bot.readers.sheet.cells import WIDTH, Cell, Row, Table, collect, web_address
from bot.readers.sheet.zip_safety import damage_reported

_MOST_SHEETS: Final = 20
_MOST_LINKED: Final = 100_000
_FAILED: Final = "e"
_ROW: Final = f"{{{SHEET_MAIN_NS}}}row"
_FORMULA: Final = f"{{{SHEET_MAIN_NS}}}f"
_LINK: Final = f"{{{SHEET_MAIN_NS}}}hyperlink"
_ID: Final = f"{{{REL_NS}}}id"
_NO_LINK: Final = Cell()
_HYPERLINK: Final = re.compile(
    r'=?\s*HYPERLINK\(\s*"((?:[^"]|"")*)"\s*(?:,\s*(?:"((?:[^"]|"")*)"|[^")]*)\s*)?\)', re.IGNORECASE
)
# How Excel spells a carriage return, which XML cannot hold, before the line
# feed it belongs to. Other such spellings may have been typed, and stay.
_RETURN: Final = "_x000D_\n"

_Place: TypeAlias = tuple[int, int]
"""A row and a column, counted from 1."""


@dataclass(slots=True)
class _Aside:
    """What a sheet holds beside its cells; a link has the text to show if the cell has none."""

    links: dict[_Place, Cell] = field(default_factory=dict)
    last: int = 0


def tables(data: bytes, name: str) -> Iterator[Table]:
    """Every worksheet in the order of its tab, each read when it is asked for.

    Raises:
        InputError: the workbook is damaged or without sheets, or a sheet goes on for too long.

    """
    with damage_reported(name), warnings.catch_warnings(action="ignore"):
        reader = ExcelReader(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheets = _opened(reader)
    if not sheets:
        raise InputError(
            f"{name}: holds no sheet that can be read; if it is a Strict Open XML workbook, "
            "save it as an ordinary .xlsx."
        )
    for sheet, part in sheets:
        with damage_reported(name), warnings.catch_warnings(action="ignore"):
            table = collect(SourceKind.SHEET, _rows(sheet, _aside(reader.archive, part)), name)
        yield table


def _opened(reader: ExcelReader) -> list[tuple[ReadOnlyWorksheet, str]]:
    """The worksheets, each with the name of the file that holds it.

    Charts, styles and properties are left alone: they are no use here, and
    where one of them is odd the library would give up the whole workbook.
    """
    reader.read_manifest()
    reader.read_strings()
    reader.read_workbook()
    parts = {
        relation.Target: sheet
        for sheet, relation in reader.parser.find_sheets()
        if relation.Target in reader.valid_files and "chartsheet" not in relation.Type
    }
    reader.parser.sheets = list(parts.values())[:_MOST_SHEETS]
    reader.read_worksheets()
    return list(zip(reader.wb.worksheets, parts, strict=False))


def _rows(sheet: ReadOnlyWorksheet, aside: _Aside) -> Iterator[Row]:
    sheet.reset_dimensions()  # what a sheet says of its size may be the whole grid
    for number, cells in enumerate(islice(sheet.rows, aside.last), start=1):
        links = (aside.links.get((number, column), _NO_LINK) for column in range(1, WIDTH + 1))
        yield Row(
            number,
            tuple(
                Cell(_text(cell.value, cell.data_type) or link.text, link.link)
                for cell, link in zip(cells, links, strict=False)
            ),
        )


def _text(value: object, kind: str) -> str:
    """What a cell shows: whole numbers without a decimal point, failed formulas as nothing."""
    match value:
        case None:
            return ""
        case str(text):
            return "" if kind == _FAILED else clean(text.replace(_RETURN, "\n"))
        case bool(yes):
            return str(yes).upper()
        case float(number) if number.is_integer():
            return str(int(number))
        case _:
            return str(value)


def _aside(archive: ZipFile, part: str) -> _Aside:
    """What `part`, the XML of a sheet, holds beside its cells."""
    aside = _Aside()
    number = 0
    hyperlinks = []
    with archive.open(part) as stream:
        for _, element in iterparse(stream, forbid_dtd=True):
            if element.tag == _ROW:
                number = int(element.get("r", number + 1))
                if any(len(cell) for cell in element):
                    aside.last = max(aside.last, number)
                    aside.links.update(_formulas(element))
                element.clear()
            elif element.tag == _LINK:
                hyperlinks.append(element)
    addresses = _addresses(archive, part)
    linked = chain.from_iterable(_linked(element, addresses) for element in hyperlinks)
    for place, link in islice(linked, _MOST_LINKED):
        aside.links.setdefault(place, link)
    return aside


def _addresses(archive: ZipFile, part: str) -> dict[str | None, str]:
    """The addresses that the links of a sheet may have, by the ids they use for them."""
    path = get_rels_path(part)  # type: ignore[no-untyped-call]  # its stub says nothing of its types
    if path not in archive.namelist():
        return {}
    return {relation.Id: relation.Target for relation in get_dependents(archive, path)}


def _formulas(row: Element) -> Iterator[tuple[_Place, Cell]]:
    """The cells of a row that link to somewhere by a formula."""
    for cell in row:
        formula = _HYPERLINK.fullmatch((cell.findtext(_FORMULA) or "").strip())
        if formula and "r" in cell.attrib:
            address, shown = (text and text.replace('""', '"') for text in formula.groups())
            link = Cell(clean(shown or address), web_address(address))
            yield coordinate_to_tuple(cell.attrib["r"]), link


def _linked(link: Element, addresses: dict[str | None, str]) -> Iterator[tuple[_Place, Cell]]:
    """The cells that a link lies on."""
    address = addresses.get(link.get(_ID, ""))
    if address is None:
        return
    if fragment := link.get("location"):
        address = f"{address}#{fragment}"
    for place in _covered(link.get("ref", "")):
        yield place, Cell("", web_address(address))


def _covered(reference: str) -> Iterator[_Place]:
    """The cells of a reference such as "H2" or "H2:H9"."""
    left, top, right, bottom = range_boundaries(reference)
    if left is None or right is None or top is None or bottom is None:
        return  # whole rows or columns
    columns = range(left, min(right, WIDTH) + 1)
    for row in range(top, bottom + 1) if columns else ():
        for column in columns:
            yield row, column
