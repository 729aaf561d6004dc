"""The nodes of a paragraph, a list or a quotation as Markdown.

Text comes through sign for sign. A mark that Markdown could not close where the
page closes it is left out: `<strong>Note:</strong>this` cannot be written.
"""

import re
import string
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.readers.elements import BLOCKS, HEADINGS, End, Node, Start
from bot.text.markdown import inline, line_starts, literal

_MARKS: Final = {"em": "*", "strong": "**"}
_DEEPEST: Final = 8
"""Lists and quotations within one another that are told apart."""
_BACKTICKS: Final = re.compile(r"`+")
_LIST_START: Final = re.compile(r"(\n *(?:\d{1,9}(?=[.)])|(?=-)))([-.)])(?=\s|$)")
_BRACKETS: Final = re.compile(r"(?<!\\)[\[\]]")
_UNSAFE_IN_ADDRESS: Final = re.compile(r"[\s<>\\]")
_LINE_BREAK: Final = "  \n"
_EMPHASIS: Final = "emphasis"
"""Stands for the sign beside a mark if that is another mark."""


def as_markdown(nodes: Sequence[Node]) -> str:
    """The nodes, which are tidied, as Markdown."""
    if len(nodes) == 1 and isinstance(nodes[0], str):
        return literal(nodes[0].strip())
    writer = _Writer(_signs_after(nodes))
    for at, node in enumerate(nodes):
        writer.take(at, node)
    return writer.text()


def _signs_after(nodes: Sequence[Node]) -> list[str]:
    """For each node the sign that is written after it, "" if its line ends there."""
    signs = [""] * len(nodes)
    sign = ""
    for at in range(len(nodes) - 1, -1, -1):
        signs[at] = sign
        node = nodes[at]
        if isinstance(node, str):
            sign = node[0]
        elif node.name in BLOCKS or node.name in {"br", "li"}:
            sign = ""
        elif node.name == "a":
            sign = "[" if isinstance(node, Start) else "]"
        elif isinstance(node, Start):
            sign = _EMPHASIS
    return signs


@dataclass(slots=True)
class _Opened:
    """A mark or a link that is open, and where its content begins among the pieces."""

    name: str
    begins: int
    address: str = ""


@dataclass(slots=True)
class _Container:
    """A list, an item or a quotation; `mark` is due before the first line of an item."""

    name: str
    mark: str = ""
    indent: str = ""
    number: int = 1


class _Inline:
    """Writes what is within a line."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._opened: list[_Opened] = []
        self._last = ""
        self._closed = -1
        """How many pieces there were when a mark was closed."""

    def write(self, text: str) -> None:
        if text:
            self._pieces.append(text)
            self._last = text[-1]

    def text(self, text: str) -> None:
        self.write(text if self._within("code") else inline(text))

    def line_break(self) -> None:
        blank = not self._pieces or self._pieces[-1] == _LINE_BREAK
        if not blank:
            self._pieces[-1] = self._pieces[-1].rstrip(" ")
            self.write(_LINE_BREAK)

    def open(self, name: str, address: str = "") -> None:
        self._opened.append(_Opened(name, len(self._pieces), address))

    def _within(self, *names: str) -> bool:
        return any(opened.name in names for opened in self._opened)

    def _escape_before_link(self, begins: int) -> None:
        """An exclamation mark would make an image of the link."""
        if begins and self._pieces[begins - 1].endswith("!"):
            self._pieces[begins - 1] = self._pieces[begins - 1].removesuffix("\\!").removesuffix("!") + "\\!"

    def close(self, name: str, after: str) -> None:
        """Write the mark around what was written since it was opened."""
        if not self._opened or self._opened[-1].name != name:
            return
        opened = self._opened.pop()
        content = "".join(self._pieces[opened.begins :])
        inside = content.strip()
        if not inside:
            return
        lead, trail = content[: len(content) - len(content.lstrip())], content[len(content.rstrip()) :]
        before = lead[-1:] or self._before(opened.begins)
        written = _LIST_START.sub(r"\1\\\2", self._marked(opened, inside, before, trail[:1] or after))
        del self._pieces[opened.begins :]
        if written.startswith("[") and not lead:
            self._escape_before_link(opened.begins)
        for piece in (lead, written):
            self.write(piece)
        if written != inside and name != "a":
            self._closed = len(self._pieces)
        self.write(trail)

    def _before(self, begins: int) -> str:
        """The sign that was written before a piece."""
        if self._closed == begins and begins:
            return _EMPHASIS
        return self._pieces[begins - 1][-1] if begins else ""

    def _marked(self, opened: _Opened, inside: str, before: str, after: str) -> str:
        if opened.name == "a":
            return _link(inside, opened.address) if opened.address else inside
        if opened.name == "code":
            unclear = (
                _EMPHASIS in (before, after)
                or "\n" in inside
                or (self._within("a") and _BRACKETS.search(inside))
            )
            return inline(inside) if unclear else _code(inside)
        mark = _MARKS[opened.name]
        nested = self._within(*_MARKS)
        return f"{mark}{inside}{mark}" if _may_mark(before, inside, after, nested=nested) else inside

    def take(self) -> str:
        """All that was written, which is forgotten here."""
        text = "".join(self._pieces).strip()
        self._pieces, self._closed = [], -1
        for opened in self._opened:
            opened.begins = 0
        return text


class _Writer:
    """Writes blocks, each under the marks of the lists and quotations that it is in."""

    def __init__(self, signs_after: Sequence[str]) -> None:
        self._signs_after = signs_after
        self._inline = _Inline()
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
            if isinstance(node, Start):
                self._inline.line_break()
        elif isinstance(node, End):
            self._inline.close(node.name, self._signs_after[at])
        else:
            self._inline.open(node.name, node.attributes.get("href", ""))

    def _start_block(self, block: Start) -> None:
        self._preformatted = block.name == "pre"
        if block.name in HEADINGS:
            self._heading = "#" * int(block.name[1]) + " "
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


def _block_lines(text: str, heading: str) -> list[str]:
    if heading:
        text = " ".join(text.split())
        return [heading + (f"{text[:-1]}\\#" if text.endswith("#") else text)]
    return line_starts(text).split("\n")


def _fenced(text: str) -> list[str]:
    if not text:
        return []
    fence = "`" * max(3, _longest_run(text) + 1)
    return [fence, *text.split("\n"), fence]


def _longest_run(text: str) -> int:
    return max((len(run) for run in _BACKTICKS.findall(text)), default=0)


def _code(text: str) -> str:
    fence = "`" * (_longest_run(text) + 1)
    blank = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{blank}{text}{blank}{fence}"


def _may_mark(before: str, inside: str, after: str, *, nested: bool) -> bool:
    """Whether asterisks there are read as marks (CommonMark 6.2, left- and right-flanking).

    `nested` ones must not be read the other way round, as the end of what they are in.
    """
    if _EMPHASIS in (before, after):
        return False
    sides = ((before, inside[0]), (after, inside[-1]))
    return all(_may_face(*side) and not (nested and _may_turn(*side)) for side in sides)


def _may_face(outside: str, inside: str) -> bool:
    return inside.isalnum() or _is_apart(outside) or outside in string.punctuation


def _may_turn(outside: str, inside: str) -> bool:
    return not (_is_apart(outside) or (outside in string.punctuation and inside.isalnum()))


def _is_apart(outside: str) -> bool:
    return not outside or outside.isspace()


def _link(text: str, address: str) -> str:
    return f"<{address}>" if text == inline(address) else f"[{_balanced(text)}]({_written(address)})"


def _balanced(text: str) -> str:
    """The text of a link, which ends with the first bracket that none opened."""
    if text.count("[") == text.count("]"):
        depth = 0
        for bracket in _BRACKETS.findall(text):
            depth += 1 if bracket == "[" else -1
            if depth < 0:
                break
        else:
            if depth == 0:
                return text
    return _BRACKETS.sub(r"\\\g<0>", text)


def _written(address: str) -> str:
    """An address as a link has it."""
    address = _UNSAFE_IN_ADDRESS.sub(lambda sign: f"%{ord(sign[0]):02X}", address)
    return address if address.count("(") == address.count(")") else f"<{address}>"
