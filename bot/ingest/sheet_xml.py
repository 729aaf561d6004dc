"""What stands in the XML parts of an Excel workbook, taken as it streams past.

No tree is built: what a handler keeps is bounded by the text it may hold.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import IO, Final
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

from defusedxml.sax import make_parser

from bot.ingest.decoding import clean
from bot.ingest.sheet_cells import MOST_TEXT, WIDTH, Cell, Row

_CHUNK: Final = 1 << 16
_MOST_STRINGS: Final = 1_000_000
_EXACT: Final = 2**53
_TEXTS: Final = frozenset("tvf")
_REFERENCE: Final = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_HYPERLINK: Final = re.compile(
    r'=?\s*HYPERLINK\(\s*"((?:[^"]|"")*)"\s*(?:,\s*(?:"((?:[^"]|"")*)"|[^")]*)\s*)?\)', re.IGNORECASE
)
# "_x000D_" stands for a character that XML cannot hold, "_x005F_" for the
# underscore of a text that only looks so. Of the former only blanks can be
# meant; any other control character stays spelled out.
_ESCAPED: Final = re.compile(r"_x005F(_x[0-9A-F]{4}_)|_x(0009|000A|000D)_", re.IGNORECASE)


def parsed(stream: IO[bytes], handler: ContentHandler) -> Iterator[None]:
    """Feed the XML to the handler, pausing after every few of its elements."""
    parser = make_parser()
    parser.forbid_dtd = True
    parser.setContentHandler(handler)
    while chunk := stream.read(_CHUNK):
        parser.feed(chunk)
        yield
    parser.close()
    yield


def column_and_row(reference: str) -> tuple[int, int]:
    """Where a cell is, both counted from 1.

    >>> column_and_row("AB12")
    (28, 12)

    Raises:
        ValueError: it names no cell.

    """
    match = _REFERENCE.fullmatch(reference)
    if not match:
        raise ValueError(f"{reference!r} names no cell")
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column, int(match[2])


class _Part(ContentHandler):
    """Gathers the text of cells and strings; element names lose their prefix."""

    def __init__(self) -> None:
        super().__init__()
        self._texts: defaultdict[str, list[str]] = defaultdict(list)
        self._open: list[str] | None = None
        self._phonetic = False
        self._size = 0

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802  SAX calls it so
        tag = name.rpartition(":")[2]
        if tag == "rPh":
            self._phonetic = True
        elif tag in _TEXTS:
            self._open = None if self._phonetic else self._texts[tag]
        else:
            self._opened(tag, attrs)

    def characters(self, content: str) -> None:
        if self._open is not None:
            self._open.append(content)
            self._size += len(content)
            if self._size > MOST_TEXT:
                raise ValueError("it holds more text than any newsletter")

    def endElement(self, name: str) -> None:  # noqa: N802  SAX calls it so
        tag = name.rpartition(":")[2]
        if tag == "rPh":
            self._phonetic = False
        elif tag in _TEXTS:
            self._open = None
        else:
            self._closed(tag)

    def _take(self, tag: str) -> str:
        """The text gathered since this was last asked."""
        return "".join(self._texts.pop(tag, ()))

    def _opened(self, tag: str, attrs: AttributesImpl) -> None:
        """An element that is no text begins."""

    def _closed(self, tag: str) -> None:
        """An element that is no text ends."""


class Strings(_Part):
    """The strings that the cells of all sheets share."""

    def __init__(self) -> None:
        super().__init__()
        self.strings: list[str] = []

    def _closed(self, tag: str) -> None:
        if tag == "si":
            self.strings.append(_literal(self._take("t")))
            if len(self.strings) > _MOST_STRINGS:
                raise ValueError("it holds more strings than any newsletter")


class Rows(_Part):
    """The rows of a sheet, a link only where a cell's formula makes it."""

    def __init__(self, strings: list[str]) -> None:
        super().__init__()
        self._strings = strings
        self._rows: list[Row] = []
        self._number = self._column = 0
        self._kind = ""
        self._cells: dict[int, Cell] = {}

    def take_rows(self) -> list[Row]:
        """The rows that ended since this was last asked."""
        rows, self._rows = self._rows, []
        return rows

    def _opened(self, tag: str, attrs: AttributesImpl) -> None:
        if tag == "row":
            self._number = int(attrs["r"]) if "r" in attrs else self._number + 1
            self._column, self._cells = 0, {}
        elif tag == "c":
            self._kind = attrs.get("t", "n")
            self._column = column_and_row(attrs["r"])[0] if "r" in attrs else self._column + 1

    def _closed(self, tag: str) -> None:
        if tag == "row":
            width = max(self._cells, default=0)
            self._rows.append(
                Row(self._number, tuple(self._cells.get(column, Cell()) for column in range(1, width + 1)))
            )
        elif tag == "c":
            cell = self._cell()
            if cell.text and self._column <= WIDTH:
                self._cells[self._column] = cell

    def _cell(self) -> Cell:
        value, inline, formula = self._take("v"), self._take("t"), self._take("f")
        match self._kind:
            case "s":
                text = self._strings[int(value)] if value else ""
            case "n":
                text = _number(value)
            case "b":
                text = "TRUE" if value == "1" else "FALSE"
            case "e":  # "#REF!": the formula failed
                text = ""
            case _:
                text = _literal(value or inline)
        link = _HYPERLINK.fullmatch(formula.strip())
        if not link:
            return Cell(text)
        address, shown = (part and part.replace('""', '"') for part in link.groups())
        return Cell(text or clean(shown or address), address)


def _literal(text: str) -> str:
    """A text as it was typed."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda m: m[1] or chr(int(m[2], 16)), text)
    return clean(text)


def _number(value: str) -> str:
    """A number as a cell shows it: whole ones without a decimal point."""
    try:
        number = float(value)
    except ValueError:
        return value
    return str(int(number)) if number.is_integer() and abs(number) < _EXACT else value
