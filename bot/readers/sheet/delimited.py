"""The rows of a spreadsheet saved as comma-separated values."""

import csv
import io
from collections.abc import Iterator
from typing import Final

from bot.errors import InputError
from bot.readers.sheet.cells import WIDTH, Cell, Row

_DELIMITERS: Final = ",;\t|"
_LONGEST_LINE: Final = 1 << 22


def rows(text: str, name: str) -> Iterator[Row]:
    """Every record as a row, under its number; fields may hold line breaks.

    Raises:
        InputError: a line is far too long, or quotation marks do not match.

    """
    reader = csv.reader(_lines(text, name), delimiter=delimiter(text), strict=True)
    number = 0
    try:
        for number, fields in enumerate(reader, start=1):
            yield Row(number, tuple(Cell(field) for field in fields[:WIDTH]))
    except csv.Error as error:
        raise InputError(
            f"{name}: row {number + 1} (before line {reader.line_num + 1}) cannot be read: {error}. "
            "Check its quotation marks."
        ) from error


def delimiter(text: str) -> str:
    """What parts the fields: whichever of comma, semicolon, tab and bar cuts the header into most."""
    line = next((line for line in text[:_LONGEST_LINE].splitlines() if line.strip()), "")
    return max(_DELIMITERS, key=line.count)


def _lines(text: str, name: str) -> Iterator[str]:
    for number, line in enumerate(io.StringIO(text, newline=""), start=1):
        if len(line) > _LONGEST_LINE:
            raise InputError(f"{name}: line {number} has {len(line):,} characters; that is no table.")
        yield line
