"""The rows of an Excel workbook with the links on its cells.

Each part is read once, as a stream. What a cell shows is all that is wanted:
styles, charts and properties are never opened, whatever is odd in them.
"""

import posixpath
from collections.abc import Iterator, Mapping
from typing import Final

from bot.errors import InputError
from bot.model.newsletter import SourceKind
from bot.readers.sheet.cells import Table, collect
from bot.readers.sheet.worksheet import Worksheet
from bot.readers.sheet.xml_events import Handler, parse, relation_id, unspelled
from bot.readers.sheet.zip_safety import Package

_MOST_SHEETS: Final = 20
_BOOK: Final = "xl/workbook.xml"
_TYPES: Final = ("/officeDocument", "/worksheet", "/sharedStrings", "/hyperlink")


def tables(package: Package) -> Iterator[Table]:
    """Every worksheet in the order of its tab, each read when it is asked for.

    Raises:
        InputError: the workbook is damaged or without sheets, or a sheet goes on for too long.

    """
    name = package.name
    book = next((part for part, kind in _relations(package, "").values() if kind == "/officeDocument"), _BOOK)
    if book not in package:
        raise InputError(f"{name}: damaged, it has no workbook; fetch the file again, or save it anew.")
    relations = _relations(package, book)
    sheets = [part for part in _sheets(package, book, relations) if part in package]
    if not sheets:
        raise InputError(f"{name}: holds no sheet that can be read; save it anew as an .xlsx.")
    strings = _strings(package, relations)
    for part in sheets[:_MOST_SHEETS]:
        links = {
            key: target for key, (target, kind) in _relations(package, part).items() if kind == "/hyperlink"
        }
        sheet = Worksheet(strings, links, name)
        parse(package.chunks(part), sheet, name)
        yield collect(SourceKind.SHEET, sheet.rows(), name)


def _sheets(package: Package, book: str, relations: Mapping[str, tuple[str, str]]) -> Iterator[str]:
    tabs = _Tabs()
    parse(package.chunks(book), tabs, package.name)
    for key in tabs.ids:
        part, kind = relations.get(key, ("", ""))
        if kind == "/worksheet":
            yield part


def _strings(package: Package, relations: Mapping[str, tuple[str, str]]) -> list[str]:
    strings = _Strings()
    for part, kind in relations.values():
        if kind == "/sharedStrings" and part in package:
            parse(package.chunks(part), strings, package.name)
    return strings.all


def _relations(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """What a part refers to, by id: a part or an address, and the kind of it."""
    folder, _, file = part.rpartition("/")
    listed = f"{folder}/_rels/{file}.rels"
    relations = _Relations(folder)
    if listed in package:
        parse(package.chunks(listed), relations, package.name)
    return relations.by_id


class _Relations(Handler):
    def __init__(self, folder: str) -> None:
        self.by_id: dict[str, tuple[str, str]] = {}
        self._folder = folder

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name != "Relationship":
            return
        kind = next((kind for kind in _TYPES if attributes.get("Type", "").endswith(kind)), "")
        target = attributes.get("Target", "")
        if kind != "/hyperlink":
            target = posixpath.normpath(posixpath.join("/", self._folder, target.replace("\\", "/")))
        self.by_id[attributes.get("Id", "")] = (target, kind)


class _Tabs(Handler):
    def __init__(self) -> None:
        self.ids: list[str] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "sheet":
            self.ids.append(relation_id(attributes))


class _Strings(Handler):
    """The strings that cells share; phonetic marks are left out."""

    def __init__(self) -> None:
        self.all: list[str] = []
        self._pieces: list[str] = []
        self._reading = self._phonetic = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        del attributes
        self._phonetic = self._phonetic or name == "rPh"
        self._reading = name == "t" and not self._phonetic

    def text(self, text: str) -> None:
        if self._reading:
            self._pieces.append(text)

    def end(self, name: str) -> None:
        self._reading = False
        if name == "rPh":
            self._phonetic = False
        elif name == "si":
            self.all.append(unspelled("".join(self._pieces)))
            self._pieces = []
