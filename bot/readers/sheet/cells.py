"""Rows of a spreadsheet, whichever kind of file they came from."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qs, urlsplit

from bot.errors import InputError
from bot.model.newsletter import SourceKind

REQUIRED: Final = ("title", "email")
"""The columns, folded, without which a table is not the newsletter's."""

WIDTH: Final = 200
"""Columns beyond this one are not read."""

_LONGEST_GAP: Final = 2_000
_MOST_ROWS: Final = 100_000
MOST_TEXT: Final = 1 << 26
"""The characters one table may hold; the real sheet has three million."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's text, and the web address it links to."""

    text: str = ""
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A row under the number the spreadsheet shows for it, counted from 1."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One sheet of a spreadsheet.

    `rows` are those that hold any text, without the empty cells at their end.
    `cut` is the row at which reading stopped, after a long run of empty ones.
    """

    kind: SourceKind
    rows: tuple[Row, ...]
    cut: int | None = None


def collect(kind: SourceKind, rows: Iterable[Row], name: str) -> Table:
    """The rows as a Table, reading no further than a sheet can sensibly go.

    Raises:
        InputError: a row is beyond the 100,000th, or there is too much text.

    """
    filled: list[Row] = []
    size = last = 0
    for row in rows:
        cells = _without_empty_end(row.cells)
        if not cells:
            continue
        if row.number - last > _LONGEST_GAP:
            return Table(kind=kind, rows=tuple(filled), cut=last + _LONGEST_GAP)
        last = row.number
        size += sum(len(cell.text) for cell in cells)
        filled.append(Row(row.number, cells))
        if row.number > _MOST_ROWS or size > MOST_TEXT:
            raise InputError(
                f"{name}: row {row.number} is beyond the {_MOST_ROWS:,} rows or {MOST_TEXT >> 20} million "
                "characters that are read of one sheet; give a smaller file."
            )
    return Table(kind=kind, rows=tuple(filled))


def _without_empty_end(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    end = len(cells)
    while end and not cells[end - 1].text.strip():
        end -= 1
    return cells[:end]


def web_address(link: str | None) -> str | None:
    """The address if it is one of the web, out of Google's redirection if in it.

    >>> web_address("https://www.google.com/url?q=https://a.example/?x%3D1&sa=D")
    'https://a.example/?x=1'
    >>> web_address("#Sheet1!A1")
    """
    try:
        parts = urlsplit((link or "").strip())
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not host:
        return None
    if parts.path == "/url" and host.removeprefix("www.") == "google.com":
        query = parse_qs(parts.query)
        return web_address(next(iter(query.get("q", []) or query.get("url", [])), None))
    return (link or "").strip()
