"""Spreadsheet files to rows: Excel workbooks, Google's web pages, CSV.

What a file is shows in its bytes; its name is only mentioned in errors.
"""

import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import Final

from bot.errors import InputError
from bot.model.newsletter import SourceKind
from bot.readers.decoding import decode
from bot.readers.sheet import delimited, webpage
from bot.readers.sheet.cells import REQUIRED, Table, collect
from bot.readers.sheet.zip_safety import Package, open_archive
from bot.text.folding import fold

_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OLE: Final = b"\xd0\xcf\x11\xe0"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_FOREIGN: Final = (
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"RIFF", "a picture or a sound (RIFF)"),
    (b"%PDF", "a PDF document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"SQLite format 3\x00", "a database"),
)
_DOCUMENTS: Final = (
    ("word/", "a Word document"),
    ("ppt/", "a presentation"),
    ("meta-inf/container.xml", "a book (EPUB)"),
    ("meta-inf/manifest.xml", "an OpenDocument file"),
)
"""What an archive is, by how one of its parts is called."""
_OLD: Final = (("WordDocument", "an old Word document"), ("__substg1.0_", "a mail that Outlook saved"))
_SAVE: Final = "save it as a web page or as plain text, a sheet as .xlsx"
_WANTED: Final = "give the newsletter's sheet as .xlsx, .csv, or the zip that Google saves as a web page"
_SUFFIXES: Final = frozenset({".csv", ".ods", ".tsv", ".xls", ".xlsb", ".xlsm", ".xlsx"})
_BOOK: Final = "xl/workbook"
_BINARY_BOOK: Final = "xl/workbook.bin"
_PAGES: Final = (".html", ".htm")
_SNIFFED: Final = 1 << 16
_PAGE_SNIFFED: Final = 1 << 20
_MARKUP: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*<")
_GRID: Final = re.compile(rb"<table[^>]{0,200}\bwaffle\b", re.IGNORECASE)


def looks_like_table(data: bytes, name: str) -> bool:
    """Whether this reader is the one for the file, be it only to refuse it.

    A page or a text is taken for a table only if its header names a title and
    an e-mail, as the newsletter's sheet does.
    """
    if (
        data.startswith((*_ZIP, _OLE, *(magic for magic, _ in _FOREIGN)))
        or PurePath(name).suffix.lower() in _SUFFIXES
    ):
        return True
    if _MARKUP.match(data):
        head = data[:_PAGE_SNIFFED]
        return bool(_GRID.search(head)) or all(_heads_column(head, column) for column in REQUIRED)
    try:
        text = decode(data[:_SNIFFED], name)
        header = next((row for row in delimited.rows(text, name) if row.cells), None)
    except InputError:
        return False
    return header is not None and {fold(cell.text) for cell in header.cells}.issuperset(REQUIRED)


def _heads_column(page: bytes, column: str) -> bool:
    pattern = rb"<t[dh][^>]{0,200}>\s*(?:<[^>]{1,200}>\s*){0,4}%b\s*<" % column.encode()
    return bool(re.search(pattern, page, re.IGNORECASE))


def read_tables(data: bytes, name: str) -> Iterator[Table]:
    """Every sheet of a spreadsheet file, each read when it is asked for.

    Raises:
        InputError: it is no spreadsheet, damaged, encrypted or outsized.

    """
    _refuse_foreign(data, name)
    if data.startswith(_ZIP):
        yield from _in_archive(data, name)
    elif _MARKUP.match(data):
        yield _page(data, name)
    else:
        yield collect(SourceKind.CSV, delimited.rows(decode(data, name), name), name)


def _refuse_foreign(data: bytes, name: str) -> None:
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise InputError(f"{name}: encrypted; save the workbook without a password.")
        for mark, what in _OLD:
            if mark.encode("utf-16-le") in data:
                raise InputError(f"{name}: {what}; {_SAVE}.")
        raise InputError(f"{name}: a workbook of the old .xls kind; save it as .xlsx.")
    for magic, what in _FOREIGN:
        if data.startswith(magic):
            raise InputError(f"{name}: {what}, which no reader takes; {_SAVE}.")


def _in_archive(data: bytes, name: str) -> Iterator[Table]:
    package = open_archive(data, name)
    if _BINARY_BOOK in package:
        raise InputError(f"{name}: a workbook of the binary .xlsb kind; save it as .xlsx.")
    pages = [part for part in package.parts if part.endswith(_PAGES)]
    if any(part.startswith(_BOOK) for part in package.parts):
        yield from _in_workbook(package)
    elif pages:
        for part in pages:
            yield _page(b"".join(package.chunks(part)), f"{name}, {part}")
    else:
        for begins, what in _DOCUMENTS:
            if any(part.startswith(begins) for part in package.parts):
                raise InputError(f"{name}: {what}; {_SAVE}.")
        raise InputError(f"{name}: an archive without a sheet that can be read; {_WANTED}.")


def _in_workbook(package: Package) -> Iterator[Table]:
    from bot.readers.sheet import xlsx  # noqa: PLC0415 - few files are workbooks

    yield from xlsx.tables(package)


def _page(data: bytes, name: str) -> Table:
    return collect(SourceKind.SHEET, webpage.rows(decode(data, name)), name)
