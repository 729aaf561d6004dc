"""What is within a line as Markdown: text, marks and links.

A mark that Markdown could not close where the page closes it is left out:
`<strong>Note:</strong>this` cannot be written.
"""

import re
import string
from dataclasses import dataclass
from typing import Final

from bot.text.literal import inline

_MARKS: Final = {"em": "*", "strong": "**"}
_BACKTICKS: Final = re.compile(r"`+")
_LIST_START: Final = re.compile(r"(\n *(?:\d{1,9}(?=[.)])|(?=-)))([-.)])(?=\s|$)")
_BRACKETS: Final = re.compile(r"\\.|([\[\]])", re.DOTALL)
"""What is escaped, or a bracket that is not."""
_UNSAFE_IN_ADDRESS: Final = re.compile(r"[\s<>\\]")
_LINE_BREAK: Final = "  \n"
_INVISIBLE: Final = " \n\u00ad\u200b\u200c\u200d\u2060\ufeff"
EMPHASIS: Final = "emphasis"
"""Stands for the sign beside a mark if that is another mark."""


@dataclass(slots=True)
class _Opened:
    """A mark or a link that is open, and where its content begins among the pieces."""

    name: str
    begins: int
    address: str = ""


class Inline:
    """Writes what is within a line."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._opened: list[_Opened] = []
        self._closed = -1
        """How many pieces there were when a mark was closed."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written since all was taken."""
        return not self._pieces

    def write(self, text: str) -> None:
        """Add what is Markdown already."""
        if text:
            self._pieces.append(text)

    def text(self, text: str) -> None:
        """Add text, sign for sign."""
        self.write(text if self._within("code") else inline(text))

    def line_break(self) -> None:
        """End the line, unless it is empty."""
        blank = not self._pieces or self._pieces[-1] == _LINE_BREAK
        if not blank:
            self._pieces[-1] = self._pieces[-1].rstrip(" ")
            self.write(_LINE_BREAK)

    def open(self, name: str, address: str = "") -> None:
        """Begin emphasis, code or a link."""
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
        if not is_visible(inside):
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
            return EMPHASIS
        return self._pieces[begins - 1][-1] if begins else ""

    def _marked(self, opened: _Opened, inside: str, before: str, after: str) -> str:
        if opened.name == "a":
            return _link(inside, opened.address) if opened.address else inside
        if opened.name == "code":
            unclear = (
                EMPHASIS in (before, after)
                or "\n" in inside
                or (self._within("a") and ("[" in inside or "]" in inside))
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


def is_visible(text: str) -> bool:
    """Whether anything of the text is seen."""
    return bool(text.strip(_INVISIBLE))


def longest_run(text: str) -> int:
    """The length of the longest run of backticks."""
    return max((len(run) for run in _BACKTICKS.findall(text)), default=0)


def _code(text: str) -> str:
    fence = "`" * (longest_run(text) + 1)
    blank = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{blank}{text}{blank}{fence}"


def _may_mark(before: str, inside: str, after: str, *, nested: bool) -> bool:
    """Whether asterisks there are read as marks (CommonMark 6.2, left- and right-flanking).

    `nested` ones must not be read the other way round, as the end of what they are in.
    """
    if EMPHASIS in (before, after):
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
    depth = 0
    for bracket in filter(None, (match[1] for match in _BRACKETS.finditer(text))):
        depth += 1 if bracket == "[" else -1
        if depth < 0:
            break
    if depth == 0:
        return text
    return _BRACKETS.sub(lambda match: f"\\{match[1]}" if match[1] else match[0], text)


def _written(address: str) -> str:
    """An address as a link has it."""
    address = _UNSAFE_IN_ADDRESS.sub(lambda sign: f"%{ord(sign[0]):02X}", address)
    return address if address.count("(") == address.count(")") else f"<{address}>"
