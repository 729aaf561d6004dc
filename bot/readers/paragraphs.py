"""A page taken apart into paragraphs, whatever elements make them up.

A paragraph holds its plain text, off which the grammar is read by offset, and
its markup, out of which the same stretch is cut and turned into Markdown.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from bot.readers.as_markdown import as_markdown
from bot.readers.elements import BLOCKS, HEADINGS, LISTS, UNSEEN, End, Node, Row, Start
from bot.readers.tidying import cut, tidied

_LEFT_OUT: Final = UNSEEN | {"aside", "button", "footer", "img", "nav"}
# What forums and journals put around an issue, by the names that they give it.
_AROUND: Final = re.compile(
    r"(?:comment|discussion)(?:s|s?-?(?:list|section|thread|area|body|item|node).*)|Comments?(?:[A-Z]\w*)?(?:List|Section|Item|Node)\b.*"
    r"|(?:post-|entry-)?tags?(?:-?list)?|.*Footer.*|footer.*|sidebar.*|related-?posts?|(?:post-)?navigation|shar(?:e|ing)\b.*"
)
_BOX: Final = "mcnBoxedText"
_BETWEEN_TITLES: Final = re.compile(r"[\s\"“‘']*|\s*(?:,|and|,\s*and|&|/)\s*")


@dataclass(frozen=True, slots=True)
class _Link:
    """A link from one offset of a paragraph's text to another."""

    start: int
    end: int
    address: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A stretch of text by itself, with its markup."""

    name: str
    """Its element; that of running text is `p`."""
    text: str
    level: int
    """1 to 6 for a heading, else 0."""
    boxed: bool
    """Whether it is in one of the boxes that the mails put opinions in."""
    anchored: bool
    """Whether a table of contents may lead to it."""
    _nodes: Sequence[Node]
    _links: Sequence[_Link]

    @property
    def listed(self) -> bool:
        """Whether it is a list or a quotation."""
        return self.name in LISTS

    @property
    def emphasized(self) -> bool:
        """Whether a part of it is bold."""
        return any(isinstance(node, Start) and node.name == "strong" for node in self._nodes)

    def markdown(self, start: int = 0, end: int | None = None) -> str:
        """The part of the text between two offsets, as Markdown."""
        end = len(self.text) if end is None else end
        whole = start == 0 and end == len(self.text)
        return as_markdown(self._nodes if whole else cut(self._nodes, start, end))

    def links(self, end: int | None = None) -> tuple[str, ...]:
        """Addresses of the links that begin before that offset."""
        begun = (link.address for link in self._links if end is None or link.start < end)
        return tuple(filter(None, begun))

    def linked(self) -> int:
        """Where the links end that the paragraph begins with; 0 if with none."""
        end = 0
        for link in self._links:
            if not _BETWEEN_TITLES.fullmatch(self.text, end, link.start):
                break
            end = link.end
        return end


def paragraphs(row: Row) -> Iterator[Paragraph]:
    """The page's paragraphs in order; lists of links into itself are left out.

    An element with blocks in it parts paragraphs too, whatever it is.
    """
    run: list[Node] = []
    at = boxes = 0
    boxed: list[bool] = []
    while at < len(row):
        node = row[at]
        if isinstance(node, str):
            run.append(node)
        elif isinstance(node, End):
            yield from _running(run, boxed=boxes > 0)
            run = []
            boxes -= boxed.pop()
        elif _is_left_out(node):
            at = node.end
        elif node.name not in BLOCKS and not node.holds_blocks:
            run += row[at : node.end + 1]
            at = node.end
        else:
            yield from _running(run, boxed=boxes > 0)
            run = []
            if node.name in HEADINGS or (node.name in LISTS and not node.holds_sections):
                yield from _paragraph(node, row[at : node.end + 1], boxed=boxes > 0)
                at = node.end
            else:
                boxed.append(_BOX in node.attributes.get("class", ""))
                boxes += boxed[-1]
        at += 1
    yield from _running(run, boxed=False)


def _is_left_out(element: Start) -> bool:
    return element.name in _LEFT_OUT or _is_around(element.attributes.get("class", ""))


@lru_cache(maxsize=1024)
def _is_around(classes: str) -> bool:
    return any(map(_AROUND.fullmatch, classes.split()))


def _running(nodes: Sequence[Node], *, boxed: bool) -> Iterator[Paragraph]:
    """Running text, parted where two line breaks follow one another."""
    if not nodes:
        return
    paragraph = Start("p")
    part: list[Node] = []
    depth = 0
    broken = False
    for node in nodes:
        if isinstance(node, Start) and node.name == "br":
            if broken and not depth:
                yield from _paragraph(paragraph, part, boxed=boxed)
                part = []
            elif part:
                part.append(node)
            broken = broken or not depth
            continue
        if not isinstance(node, str):
            depth += 1 if isinstance(node, Start) else -1
            broken = False
        elif not node.isspace():
            broken = False
        part.append(node)
    yield from _paragraph(paragraph, part, boxed=boxed)


def _paragraph(element: Start, nodes: Sequence[Node], *, boxed: bool) -> Iterator[Paragraph]:
    nodes, text = tidied(nodes)
    if not text:
        return
    marked = len(nodes) > 1
    links = list(_links(nodes)) if marked else []
    if links and all(link.address.startswith("#") for link in links):
        return
    yield Paragraph(
        name=element.name,
        text=text,
        level=int(element.name[1]) if element.name in HEADINGS else 0,
        boxed=boxed,
        anchored="null" in element.attributes.get("class", "").split()
        or (
            marked
            and any(
                isinstance(node, Start) and node.name == "a" and "id" in node.attributes for node in nodes
            )
        ),
        _nodes=nodes,
        _links=links,
    )


def _links(nodes: Sequence[Node]) -> Iterator[_Link]:
    at = start = 0
    address: str | None = None
    blank = True
    for node in nodes:
        if isinstance(node, str):
            at += len(node)
            blank = blank and node.isspace()
        elif node.name == "a" and isinstance(node, Start):
            start, address, blank = at, node.attributes.get("href"), True
        elif node.name == "a" and address is not None and not blank:
            yield _Link(start, at, address)
            address = None
