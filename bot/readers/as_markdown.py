"""The nodes of a paragraph, a list or a quotation as Markdown.

Text comes through sign for sign.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bot.readers.elements import BLOCKS, HEADINGS, End, Node, Start
from bot.readers.inline_markdown import EMPHASIS, Inline, is_visible, longest_run
from bot.text.literal import inline, line_starts, literal

_DEEPEST: Final = 8
"""Lists and quotations within one another that are told apart."""


def as_markdown(nodes: Sequence[Node]) -> str:
    """The nodes, which are tidied, as Markdown."""
    match nodes:
        case [str(text)]:
            return literal(text.strip())
        case [Start(name=name), str(text), End()] if name in HEADINGS:
            return _block_lines(inline(text.strip()), _heading(name))[0]
    writer = _Writer(_signs_after(nodes))
    for at, node in enumerate(nodes):
        writer.take(at, node)
    return writer.text()


def _signs_after(nodes: Sequence[Node]) -> list[str]:
    """For each node the sign that is written after it, "" if its line ends there."""
    signs = [""] * len(nodes)
    sign = ""
    unwritten = frozenset(_unwritten_links(nodes))
    for at in range(len(nodes) - 1, -1, -1):
        signs[at] = sign
        node = nodes[at]
        if isinstance(node, str):
            sign = node[0]
        elif node.name in BLOCKS or node.name in {"br", "li"}:
            sign = ""
        elif at in unwritten:
            pass
        elif node.name == "a":
            sign = "[" if isinstance(node, Start) else "]"
        elif isinstance(node, Start):
            sign = EMPHASIS
    return signs


def _unwritten_links(nodes: Sequence[Node]) -> Iterator[int]:
    """Where links begin and end that have no address or no text."""
    begins, is_seen = 0, False
    for at, node in enumerate(nodes):
        if isinstance(node, str):
            is_seen = is_seen or is_visible(node)
        elif node.name != "a":
            continue
        elif isinstance(node, Start):
            begins, is_seen = at, False
        elif not is_seen or not _address(nodes[begins]):
            yield from (begins, at)


def _address(node: Node) -> str:
    return node.attributes.get("href", "") if isinstance(node, Start) else ""


@dataclass(slots=True)
class _Container:
    """A list, an item or a quotation; `mark` is due before the first line of an item."""

    name: str
    mark: str = ""
    indent: str = ""
    number: int = 1


class _Writer:
    """Writes blocks, each under the marks of the lists and quotations that it is in."""

    def __init__(self, signs_after: Sequence[str]) -> None:
        self._signs_after = signs_after
        self._inline = Inline()
        self._lines: list[str] = []
        self._containers: list[_Container] = []
        self._preformatted = False
        self._heading = ""
        self._spaced = False

    def text(self) -> str:
        self._end_block()
        return "\n".join(self._lines)

    def take(self, at: int, node: Node) -> None:
        if isinstance(node, str):
            if self._preformatted:
                self._inline.write(node)
            else:
                self._inline.text(node)
        elif node.name in BLOCKS or node.name == "li":
            self._end_block()
            if isinstance(node, Start):
                self._start_block(node)
            else:
                self._leave_block(node.name)
        elif node.name == "br":
            self._inline.line_break()
        elif self._preformatted:
            pass  # code has no marks
        elif isinstance(node, End):
            self._inline.close(node.name, self._signs_after[at])
        else:
            self._inline.open(node.name, _address(node))

    def _start_block(self, block: Start) -> None:
        self._preformatted = block.name == "pre"
        if block.name in HEADINGS:
            self._heading = _heading(block.name)
        elif block.name in {"ul", "ol", "blockquote"}:
            start = block.attributes.get("start", "1")
            number = int(start) if start.isdecimal() and len(start) < len(str(10**9)) else 1
            indent = "> " if block.name == "blockquote" else ""
            self._containers.append(_Container(block.name, indent=indent, number=number))
        elif block.name == "li":
            self._containers.append(self._item())

    def _item(self) -> _Container:
        of = self._containers[-1] if self._containers else _Container("ul")
        mark = f"{of.number}. " if of.name == "ol" else "- "
        of.number += 1
        return _Container("li", mark, " " * len(mark))

    def _leave_block(self, name: str) -> None:
        self._preformatted = False
        self._heading = ""
        if self._containers and self._containers[-1].name == name:
            self._containers.pop()
            self._spaced = self._spaced or name in {"ul", "ol", "blockquote"}

    def _end_block(self) -> None:
        if self._inline.is_empty:
            return
        if self._preformatted:
            lines = _fenced(self._inline.take())
        elif text := self._inline.take():
            lines = _block_lines(text, self._heading)
        else:
            return
        if not lines:
            return
        within = self._containers[:_DEEPEST]
        item = next((container for container in reversed(within) if container.mark), None)
        if self._lines and (item is None or self._spaced):
            self._lines.append("".join(container.indent for container in within).rstrip())
        first = "".join(container.mark or container.indent for container in within)
        for container in within:
            container.mark = ""
        self._lines.append(first + lines[0])
        indent = "".join(container.indent for container in within)
        self._lines += [f"{indent}{line}" for line in lines[1:]]
        self._spaced = not any(container.name == "li" for container in within)


def _heading(name: str) -> str:
    return "#" * int(name[1]) + " "


def _block_lines(text: str, heading: str) -> list[str]:
    if heading:
        text = " ".join(text.split())
        return [heading + (f"{text[:-1]}\\#" if text.endswith("#") else text)]
    return line_starts(text).split("\n")


def _fenced(text: str) -> list[str]:
    if not text:
        return []
    fence = "`" * max(3, longest_run(text) + 1)
    return [fence, *text.split("\n"), fence]
