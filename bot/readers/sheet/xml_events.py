"""The XML of a workbook as a stream of events, within bounds.

Nothing is ever built of it, so that memory does not grow with what a file
merely claims to hold.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Final
from xml.parsers import expat

from bot.errors import InputError
from bot.readers.decoding import clean
from bot.readers.sheet.zip_safety import damage_reported

MOST_ELEMENTS: Final = 5_000_000
"""XML elements of one part: ten times the real sheet has 900,000."""
# How a workbook spells a carriage return, which XML cannot hold, before its line
# feed, and a typed "_x" that would read like a spelling. Other such spellings
# may have been typed, and stay.
_SPELLED: Final = re.compile(r"_x000D_(?=\n)|_x005F(?=_x[0-9A-Fa-f]{4}_)")
_RELATIONSHIPS: Final = "/relationships"


class Handler:
    """Takes the elements of a part by their local names, whatever their namespace or prefix."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""

    def text(self, text: str) -> None:
        """A piece of text."""

    def end(self, name: str) -> None:
        """An element ends."""


def parse(chunks: Iterable[bytes], handler: Handler, name: str) -> None:
    """Read one part of a workbook.

    Raises:
        InputError: it is damaged, has too many elements or defines entities.

    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = lambda element, attributes: handler.start(_local(element), attributes)
    parser.EndElementHandler = lambda element: handler.end(_local(element))
    parser.CharacterDataHandler = handler.text
    parser.StartDoctypeDeclHandler = lambda *_: _refuse_entities(name)
    with damage_reported(name):
        for chunk in _counted(chunks, name):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)


def _counted(chunks: Iterable[bytes], name: str) -> Iterator[bytes]:
    """The chunks, as long as no more elements begin in them than one part may have."""
    begun = 0
    for chunk in chunks:
        begun += chunk.count(b"<") - chunk.count(b"</")
        if begun > MOST_ELEMENTS:
            raise InputError(
                f"{name}: holds more than {MOST_ELEMENTS:,} XML elements, which no sheet of the newsletter does; "
                "delete its empty rows and columns."
            )
        yield chunk


def _refuse_entities(name: str) -> None:
    raise InputError(
        f"{name}: declares XML entities or a document type, which no spreadsheet needs; it was not opened."
    )


@cache
def _local(element: str) -> str:
    return element.rpartition(" ")[2]


def relation_id(attributes: Mapping[str, str]) -> str:
    """The id of the relationship that an element refers to, "" if to none."""
    return next(
        (
            value
            for name, value in attributes.items()
            if name.endswith(" id") and name.rpartition(" ")[0].endswith(_RELATIONSHIPS)
        ),
        "",
    )


def unspelled(text: str) -> str:
    r"""The text of a cell as it was typed.

    >>> unspelled("_x000D_\nan _x000f_ and _x005F_x000D_")
    '\nan _x000f_ and _x000D_'
    """
    return clean(_SPELLED.sub("", text) if "_x" in text else text)
