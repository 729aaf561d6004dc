"""A page as a flat row: where elements start and end, and the texts between.

The row is made in one pass and gone through in others, never climbed about in,
so that neither depth nor siblings make a page slow to read.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final, TypeAlias

from lxml import etree

_CHUNK: Final = 1 << 16
_NONE: Final[Mapping[str, str]] = MappingProxyType({})
_SECTIONS: Final = frozenset({"h1", "h2", "table"})

HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
LISTS: Final = frozenset({"ul", "ol", "blockquote", "pre"})
"""Elements that are one paragraph, with all that is within them."""
BLOCKS: Final = (
    HEADINGS
    | LISTS
    | frozenset(
        [
            "address",
            "article",
            "body",
            "center",
            "dd",
            "div",
            "dl",
            "dt",
            "figure",
            "footer",
            "form",
            "header",
            "hr",
            "html",
            "main",
            "nav",
            "p",
            "section",
            "table",
            "tbody",
            "td",
            "tfoot",
            "th",
            "thead",
            "tr",
        ]
    )
)
"""Elements that part paragraphs."""
UNSEEN: Final = frozenset({"head", "noscript", "script", "style", "svg", "template", "title"})
"""Elements whose text nobody is shown."""


class Start:
    """An element starts. Its own positions in the row are `start` and `end`.

    A line break has no end of its own.
    """

    __slots__ = ("attributes", "end", "holds_blocks", "holds_sections", "name", "start")

    def __init__(self, name: str, attributes: Mapping[str, str] = _NONE, start: int = 0) -> None:
        self.name = name
        self.attributes = attributes
        self.start = start
        self.end = start
        self.holds_blocks = False
        self.holds_sections = False


class End:
    """The element of that name ends that started last."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name


Node: TypeAlias = str | Start | End
Row: TypeAlias = Sequence[Node]
Elements: TypeAlias = Mapping[str, Sequence[Start]]
"""The elements of a page by their names, in order."""


def parse(markup: str) -> Row:
    """The row of a page, with every element ended that the page leaves open."""
    parser = etree.HTMLParser(target=_Row(), encoding="utf-8")
    data = markup.encode("utf-8", "replace")
    for at in range(0, len(data), _CHUNK):
        parser.feed(data[at : at + _CHUNK])
    row: Row = parser.close() if data.strip() else []
    return row


def by_name(row: Row) -> Elements:
    """All elements of a row."""
    elements: defaultdict[str, list[Start]] = defaultdict(list)
    for node in row:
        if isinstance(node, Start):
            elements[node.name].append(node)
    return elements


def text_within(row: Row, element: Start) -> str:
    """All text of an element of the row."""
    return _text(row[element.start : element.end])


def text_of(markup: str) -> str:
    """The text that a piece of markup shows."""
    return _text(parse(markup))


def _text(row: Row) -> str:
    return "".join(node for node in row if isinstance(node, str))


class _Row:
    """Takes the parser's events."""

    def __init__(self) -> None:
        self._row: list[Node] = []
        self._open: list[Start] = []
        self._text: list[str] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._end_text()
        element = Start(name, dict(attributes) if attributes else _NONE, len(self._row))
        if name in BLOCKS:
            self._mark_holders(sections=name in _SECTIONS)
        self._row.append(element)
        if name != "br":
            self._open.append(element)

    def _mark_holders(self, *, sections: bool) -> None:
        """Mark what the block is within; what is marked already is within marked ones."""
        for holder in reversed(self._open):
            if holder.holds_sections or (holder.holds_blocks and not sections):
                return
            holder.holds_blocks = True
            holder.holds_sections = sections

    def data(self, text: str) -> None:
        self._text.append(text)

    def end(self, name: str) -> None:
        if name == "br" or not self._open or (self._open[-1].name != name and not self._is_open(name)):
            return
        self._end_text()
        while self._end_last() != name:
            pass

    def _is_open(self, name: str) -> bool:
        return any(element.name == name for element in reversed(self._open))

    def _end_last(self) -> str:
        element = self._open.pop()
        element.end = len(self._row)
        self._row.append(End(element.name))
        return element.name

    def _end_text(self) -> None:
        if self._text:
            self._row.append("".join(self._text))
            self._text = []

    def close(self) -> Row:
        self._end_text()
        while self._open:
            self._end_last()
        return self._row
