"""The rows of a spreadsheet saved as a web page, the way Google writes it."""

import re
from collections.abc import Mapping
from typing import Final

from lxml import etree

from bot.readers.sheet.cells import WIDTH, Cell, Row, web_address

_CELLS: Final = frozenset({"td", "th"})
_CHUNK: Final = 1 << 16
_FRAME: Final = ("row-header", "column-headers-background", "freezebar")
"""Parts of the classes of cells that are the spreadsheet's frame, not its content."""


def rows(page: str) -> list[Row]:
    """The rows of every table in the page; line breaks are kept.

    A row has the number that is shown beside it, else the next one.
    """
    parser = etree.HTMLParser(target=_Grid(), encoding="utf-8", huge_tree=True)
    for at in range(0, len(page), _CHUNK):
        parser.feed(page[at : at + _CHUNK].encode())
    table: list[Row] = parser.close()
    return table


def _natural(text: str) -> int | None:
    return int(text) if re.fullmatch(r"\s*[0-9]{1,9}\s*", text) else None


class _Grid:
    """Gathers cells while the page streams past. Tags left open close themselves."""

    def __init__(self) -> None:
        self._rows: list[Row] = []
        self._cells: list[Cell] = []
        self._number = 0
        self._text: list[str] | None = None
        self._frame = False
        self._link: str | None = None
        self._span = self._height = 1
        self._above: dict[int, tuple[Cell, int]] = {}
        self._below: dict[int, tuple[Cell, int]] = {}
        """By column, cells that reach into this row and into the next, with the rows that are left."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "tr":
            self._end_row()
        elif tag in _CELLS:
            self._end_cell()
            self._text = []
            self._frame = any(mark in attributes.get("class", "") for mark in _FRAME)
            self._span = min(_natural(attributes.get("colspan", "")) or 1, WIDTH)
            self._height = _natural(attributes.get("rowspan", "")) or 1
        elif tag == "br" and self._text is not None:
            self._text.append("\n")
        elif tag == "a" and self._link is None:
            self._link = web_address(attributes.get("href"))

    def data(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text.replace("\n", " "))

    def end(self, tag: str) -> None:
        if tag in _CELLS:
            self._end_cell()
        elif tag in {"tr", "table"}:
            self._end_row()

    def close(self) -> list[Row]:
        self._end_row()
        return self._rows

    def _end_cell(self) -> None:
        if self._text is None:
            return
        text = "".join(self._text)
        if not self._frame:
            self._add(Cell(text if text.strip() else "", self._link), self._height)
            for _ in range(self._span - 1):
                self._add(Cell(), self._height)
        elif shown := _natural(text):
            self._number = shown - 1
        self._text = self._link = None

    def _add(self, cell: Cell, height: int) -> None:
        """Put a cell into the next column that none from above reaches into."""
        self._reach_down()
        if height > 1:
            self._below[len(self._cells)] = cell, height - 1
        self._cells.append(cell)

    def _reach_down(self) -> None:
        while above := self._above.pop(len(self._cells), None):
            cell, left = above
            if left > 1:
                self._below[len(self._cells)] = cell, left - 1
            self._cells.append(cell)

    def _end_row(self) -> None:
        self._end_cell()
        if self._cells:
            self._reach_down()
            self._above, self._below = self._below, {}
            self._number += 1
            self._rows.append(Row(self._number, tuple(self._cells[:WIDTH])))
        self._cells = []
