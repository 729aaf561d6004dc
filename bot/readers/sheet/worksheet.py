"""One worksheet of a workbook: its cells, and where they link to.

A link on a cell comes after all cells in the file, a link by formula with its
cell; the cells are therefore put together at the end.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Final, TypeAlias

from bot.readers.decoding import clean
from bot.readers.sheet.cells import WIDTH, Cell, Row, web_address
from bot.readers.sheet.xml_events import Handler, relation_id, unspelled

_MOST_LINKED: Final = 100_000
_LAST_ROW: Final = 1 << 20
_NO_LINK: Final = Cell()
_HYPERLINK: Final = re.compile(
    r'=?\s*HYPERLINK\(\s*"((?:[^"]|"")*)"\s*(?:,\s*(?:"((?:[^"]|"")*)"|[^")]*)\s*)?\)', re.IGNORECASE
)
_REFERENCE: Final = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_VALUES: Final = frozenset({"v", "f", "t"})

_Place: TypeAlias = tuple[int, int]
"""A row and a column, counted from 1."""


class Worksheet(Handler):
    """Gathers the cells of a sheet while its XML streams past."""

    def __init__(self, strings: Sequence[str], targets: Mapping[str, str], name: str) -> None:
        self._strings = strings
        self._targets = targets
        self._name = name
        self._texts: defaultdict[int, dict[int, str]] = defaultdict(dict)
        self._links: dict[_Place, Cell] = {}
        self._merged: dict[_Place, _Place] = {}
        self._in_data = self._phonetic = False
        self._row = self._column = 0
        self._kind = ""
        self._reading = ""
        self._value: list[str] = []
        self._formula: list[str] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """A row, a cell, a part of one, or a link begins."""
        if name == "sheetData":
            self._in_data = True
        elif name == "hyperlink" and not self._in_data:
            self._link(attributes)
        elif name == "mergeCell" and not self._in_data:
            self._merge(attributes.get("ref", ""))
        elif not self._in_data:
            return
        elif name == "c":
            self._begin_cell(attributes)
        elif name == "row":
            number = attributes.get("r", "")
            self._row = int(number) if number.isdecimal() else self._row + 1
            self._column = 0
        elif name == "rPh":
            self._phonetic = True
        elif name in _VALUES:
            self._reading = "" if self._phonetic else name

    def text(self, text: str) -> None:
        """A piece of a value or of a formula."""
        if self._reading == "f":
            self._formula.append(text)
        elif self._reading:
            self._value.append(text)

    def end(self, name: str) -> None:
        """Store the cell that ends."""
        self._reading = ""
        if name == "c" and self._in_data:
            self._end_cell()
        elif name == "sheetData":
            self._in_data = False
        elif name == "rPh":
            self._phonetic = False

    def rows(self) -> Iterator[Row]:
        """The rows that hold any cell, ascending."""
        shown = {place: link.text for place, link in self._links.items() if link.text}
        for (row, column), text in shown.items():
            if not self._texts[row].get(column):
                self._texts[row][column] = text
        for place, first in self._merged.items():
            self._repeat(first, place)
        for row, texts in sorted(self._texts.items()):
            cells = [
                Cell(texts.get(column, ""), self._links.get((row, column), _NO_LINK).link)
                for column in range(1, max(texts, default=0) + 1)
            ]
            yield Row(row, tuple(cells))

    def _begin_cell(self, attributes: Mapping[str, str]) -> None:
        place = _REFERENCE.fullmatch(attributes.get("r", ""))
        self._column = _column(place[1]) if place else self._column + 1
        self._kind = attributes.get("t", "n")
        self._value, self._formula = [], []

    def _end_cell(self) -> None:
        if self._column > WIDTH or not 0 < self._row <= _LAST_ROW:
            return
        if self._value and (text := self._shown("".join(self._value))):
            self._texts[self._row][self._column] = text
        if self._formula and (link := _by_formula("".join(self._formula).strip())):
            self._links[self._row, self._column] = link

    def _shown(self, value: str) -> str:
        """What the cell shows: whole numbers without a decimal point, failed formulas as nothing."""
        match self._kind:
            case "s":
                return self._strings[_index(value)]
            case "e":
                return ""
            case "b":
                return "TRUE" if value.strip() == "1" else "FALSE"
            case "n":
                return _number(value.strip())
            case _:
                return unspelled(value)

    def _link(self, attributes: Mapping[str, str]) -> None:
        address = self._targets.get(relation_id(attributes))
        if address is None:
            return
        if fragment := attributes.get("location"):
            address = f"{address}#{fragment}"
        link = Cell("", web_address(address))
        left = _MOST_LINKED - len(self._links)
        for place in islice(_covered(attributes.get("ref", "")), max(left, 0)):
            self._links.setdefault(place, link)

    def _merge(self, reference: str) -> None:
        """Note which cell each one below it shows; cells merged over columns show nothing again."""
        left = _MOST_LINKED - len(self._merged)
        places = list(islice(_covered(reference), max(left, 0)))
        if len({column for _, column in places}) == 1:
            self._merged.update(dict.fromkeys(places[1:], places[0]))

    def _repeat(self, first: _Place, place: _Place) -> None:
        """Let a row that holds other cells hold what is merged into it."""
        row, column = place
        text = self._texts[first[0]].get(column, "") if first[0] in self._texts else ""
        if text and row in self._texts:
            self._texts[row].setdefault(column, text)
            self._links.setdefault(place, self._links.get(first, _NO_LINK))


def _by_formula(formula: str) -> Cell | None:
    match = _HYPERLINK.fullmatch(formula)
    if match is None:
        return None
    address, shown = (text and text.replace('""', '"') for text in match.groups())
    return Cell(clean(shown or address), web_address(address))


def _index(value: str) -> int:
    if not value.strip().isdecimal():
        raise ValueError(f"no string has the number {value[:20]!r}")
    return int(value)


def _number(value: str) -> str:
    try:
        number = float(value)
    except ValueError:
        return clean(value)
    return str(int(number)) if number.is_integer() else value


def _column(letters: str) -> int:
    """The number of a column, counted from 1.

    >>> _column("A"), _column("aa")
    (1, 27)
    """
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def _covered(reference: str) -> Iterator[_Place]:
    """The cells of a reference such as "H2" or "H2:H9"; none of whole rows or columns."""
    first, _, last = reference.partition(":")
    start, end = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last or first)
    if not start or not end:
        return
    columns = range(_column(start[1]), min(_column(end[1]), WIDTH) + 1)
    for row in range(int(start[2]), int(end[2]) + 1) if columns else ():
        for column in columns:
            yield row, column
