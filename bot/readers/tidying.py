"""The nodes of one paragraph with nothing in them that does not count, and stretches of them."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from bot.readers.elements import BLOCKS, HEADINGS, UNSEEN, End, Node, Start

_BLANKS: Final = re.compile(r"\s+")
_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        **{name: name for name in (*(BLOCKS - {"html", "body"}), "a", "br", "li")},
        **dict.fromkeys(("b", "strong"), "strong"),
        **dict.fromkeys(("i", "em", "cite", "dfn", "var"), "em"),
        **dict.fromkeys(("code", "kbd", "samp", "tt"), "code"),
    }
)
"""Elements that count, by the name of the one that stands for all of its meaning."""
_INLINE: Final = frozenset({"a", "code", "em", "strong"})
_PARTING: Final = BLOCKS | {"li", "br"}
_SUPERSCRIPTS: Final = dict(zip("0123456789+-−()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾ⁿ", strict=True))


def tidied(nodes: Sequence[Node]) -> tuple[Sequence[Node], str]:
    """The nodes with single blanks between words, none around, and only the elements
    that count; and their text.

    A line break parts words. What is preformatted stays as it is.
    """
    match nodes:
        case [str(text)]:
            text = " ".join(text.split())
            return ((text,) if text else ()), text
        case [Start(name=name) as opens, str(text), End() as closes] if name in HEADINGS:
            text = " ".join(text.split())
            return ((opens, text, closes) if text else ()), text
    tidy = _Tidy()
    for node in nodes:
        tidy.take(node)
    whole = tidy.nodes()
    text = "".join(node for node in whole if isinstance(node, str))
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    return (whole if (start, end) == (0, len(text)) else cut(whole, start, end)), text[start:end]


class _Tidy:
    """Takes nodes one by one."""

    def __init__(self) -> None:
        self._nodes: list[Node] = []
        self._texts: list[str] = []
        self._counting: list[str] = []
        self._blank = True
        self._unseen = self._preformatted = 0
        self._raised: list[str] | None = None

    def nodes(self) -> list[Node]:
        self._end_text()
        return self._nodes

    def take(self, node: Node) -> None:
        if isinstance(node, str):
            self._text(node)
        elif node.name in UNSEEN:
            self._unseen += 1 if isinstance(node, Start) else -1
        elif node.name == "sup":
            self._end_raised()
            self._raised = [] if isinstance(node, Start) else None
        elif name := _NAMES.get(node.name):
            self._end_raised()
            self._element(node, name)

    def _element(self, node: Start | End, name: str) -> None:
        if name == "br" and self._preformatted:
            self._write("\n")
            return
        if name in _INLINE and not self._counts(node, name):
            return
        if name in _PARTING:
            self._write(" ")
        if name == "pre":
            self._preformatted += 1 if isinstance(node, Start) else -1
        self._end_text()
        self._nodes.append(Start(name, node.attributes) if isinstance(node, Start) else End(name))

    def _counts(self, node: Start | End, name: str) -> bool:
        """Whether the element is in none of its kind, and not in code, which has no markup."""
        if isinstance(node, Start):
            self._counting.append("" if name in self._counting or "code" in self._counting else name)
            return bool(self._counting[-1])
        return bool(self._counting.pop())

    def _text(self, text: str) -> None:
        if self._unseen:
            return
        if self._raised is not None:
            self._raised.append(text)
        else:
            self._write(text)

    def _end_raised(self) -> None:
        """What is raised above the line ends, or holds an element and is no exponent."""
        if self._raised:
            self._write(_raised("".join(self._raised)))
        self._raised = None

    def _write(self, text: str) -> None:
        if not self._preformatted:
            text = _BLANKS.sub(" ", text)
            text = text[1:] if self._blank and text[:1] == " " else text
        if text:
            self._blank = text[-1].isspace()
            self._texts.append(text)

    def _end_text(self) -> None:
        if self._texts:
            self._nodes.append("".join(self._texts))
            self._texts = []


def cut(nodes: Sequence[Node], start: int, end: int) -> list[Node]:
    """The nodes with only the text between two offsets."""
    return list(_within(nodes, start, end))


def _within(nodes: Iterable[Node], start: int, end: int) -> Iterator[Node]:
    at = 0
    for node in nodes:
        if isinstance(node, str):
            if piece := node[max(0, start - at) : max(0, end - at)]:
                yield piece
            at += len(node)
        elif node.name != "br" or start < at < end:
            yield node


def _raised(text: str) -> str:
    """Raised text, so that 10<sup>23</sup> is not 1023.

    >>> _raised("23"), _raised("x+1"), _raised("*")
    ('²³', '^(x+1)', '*')
    """
    text = text.strip()
    if text and all(char in _SUPERSCRIPTS for char in text):
        return "".join(_SUPERSCRIPTS[char] for char in text)
    if not any(char.isalnum() for char in text):
        return text
    ordinal = text.lower() in {"st", "nd", "rd", "th"}
    return text if ordinal else f"^{text}" if len(text) == 1 else f"^({text})"
