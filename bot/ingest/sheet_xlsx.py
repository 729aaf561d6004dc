"""The rows of an Excel workbook with the links on its cells, read as a stream.

The library for this builds every cell before it tells its link, and looks for
the end of a sheet that does not state its size by parsing all of it: half a
minute where somebody coloured a million empty rows. So the few parts that
matter are parsed here, and what follows the last row is never built.
"""

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Final, TypeAlias
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from defusedxml.ElementTree import fromstring

from bot.ingest.sheet_cells import WIDTH, Cell, Row, web_address
from bot.ingest.sheet_xml import Rows, Strings, column_and_row, parsed

_BOOK: Final = "xl/workbook.xml"
_BEFORE_ROWS: Final = 1 << 20
_CHUNK: Final = 1 << 20
_LONGEST_TAG: Final = 64
_MOST_COVERED: Final = 1_000
_MOST_SHEETS: Final = 20
_ROWS_OPEN: Final = re.compile(rb"<(?:[\w.-]+:)?sheetData\b")
_ROWS_CLOSE: Final = re.compile(rb"</(?:[\w.-]+:)?sheetData\s*>")

_Links: TypeAlias = Mapping[tuple[int, int], str]


@dataclass(frozen=True, slots=True)
class _Relation:
    """What one part of the file says of another, or of a web address."""

    kind: str
    target: str


def sheets(archive: ZipFile) -> Iterator[Iterator[Row]]:
    """Every worksheet in the order of its tab, as rows that are read when asked for.

    Raises whatever the zip and XML libraries say of a damaged file.
    """
    book = next((r.target for r in _relations(archive, "").values() if r.kind == "officeDocument"), _BOOK)
    related = _relations(archive, book)
    strings = next((_strings(archive, r.target) for r in related.values() if r.kind == "sharedStrings"), [])
    root = fromstring(archive.read(book), forbid_dtd=True)
    for tab in root.findall("{*}sheets/{*}sheet")[:_MOST_SHEETS]:
        relation = related[_relation_id(tab)]
        if relation.kind == "worksheet":
            yield _rows(archive, relation.target, strings)


def _relations(archive: ZipFile, part: str) -> dict[str, _Relation]:
    """What a part refers to, by the ids it uses for it."""
    folder, file = posixpath.split(part)
    path = posixpath.join(folder, "_rels", f"{file}.rels")
    if path not in archive.namelist():
        return {}
    return {
        relation.get("Id", ""): _Relation(
            relation.get("Type", "").rpartition("/")[2],
            relation.get("Target", "")
            if relation.get("TargetMode") == "External"
            else posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/"),
        )
        for relation in fromstring(archive.read(path), forbid_dtd=True)
    }


def _relation_id(element: Element) -> str:
    """The `r:id` of an element, whatever its namespace is called."""
    return next((value for key, value in element.items() if key.endswith("}id")), "")


def _strings(archive: ZipFile, part: str) -> list[str]:
    handler = Strings()
    with archive.open(part) as stream:
        for _ in parsed(stream, handler):
            pass
    return handler.strings


def _rows(archive: ZipFile, part: str, strings: list[str]) -> Iterator[Row]:
    links = _links(archive, part)
    handler = Rows(strings)
    with archive.open(part) as stream:
        for _ in parsed(stream, handler):
            for row in handler.take_rows():
                yield _linked(row, links)


def _linked(row: Row, links: _Links) -> Row:
    return Row(
        row.number,
        tuple(
            Cell(cell.text, web_address(cell.link or links.get((column, row.number))))
            for column, cell in enumerate(row.cells, start=1)
        ),
    )


def _links(archive: ZipFile, part: str) -> _Links:
    """The addresses on the cells of a sheet, by column and row."""
    related = _relations(archive, part)
    if not any(relation.kind == "hyperlink" for relation in related.values()):
        return {}
    with archive.open(part) as stream:
        root = fromstring(_without_rows(stream), forbid_dtd=True)
    links: dict[tuple[int, int], str] = {}
    for hyperlink in root.iterfind("{*}hyperlinks/{*}hyperlink"):
        relation = related.get(_relation_id(hyperlink))
        place = hyperlink.get("location", "")
        if relation:
            address = f"{relation.target}#{place}" if place else relation.target
            links |= dict.fromkeys(_covered(hyperlink.get("ref", "")), address)
    return links


def _covered(reference: str) -> Iterator[tuple[int, int]]:
    """The cells of a reference such as "H2" or "H2:H9", by column and row."""
    first, _, last = reference.partition(":")
    left, top = column_and_row(first)
    right, bottom = column_and_row(last or first)
    for row in range(top, min(bottom, top + _MOST_COVERED) + 1):
        for column in range(left, min(right, WIDTH) + 1):
            yield column, row


def _without_rows(stream: IO[bytes]) -> bytes:
    """A worksheet's XML without its rows, which are passed over unparsed.

    The links stand behind them, and there may be a million.
    """
    head = stream.read(_BEFORE_ROWS)
    rows = _ROWS_OPEN.search(head)
    if not rows:
        return head + stream.read()
    window = head[rows.end() :]
    while not (end := _ROWS_CLOSE.search(window)):
        chunk = stream.read(_CHUNK)
        if not chunk:
            raise EOFError("a worksheet does not end")
        window = window[-_LONGEST_TAG:] + chunk
    return head[: rows.start()] + window[end.end() :] + stream.read()
