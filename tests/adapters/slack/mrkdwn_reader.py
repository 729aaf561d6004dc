"""What a reader sees of a message's texts, taken at their most mistakable.

Readers of mrkdwn do not agree on what may touch `*`, `_`, `~` and a backtick. So each of
them is a mark here, wherever it is (but `_` between two letters), it has to have a partner
in its line, and what is left is what every reader sees. Rich text has no marks.
"""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

_TAG = re.compile(r"<([^<>]*)>")
_CODE = re.compile(r"`([^`\n]+)`")
_FENCE = re.compile(r"```\n(.*?)\n```", re.DOTALL)
_MARK = re.compile(r"[*~`]|(?<![^\W_])_|_(?![^\W_])")
_FIRST_HIDDEN = 0xE000
TWINS = str.maketrans("∗ˍ∼ˋ", "*_~`")
"""What is written for a mark where there is no rich text, read back."""


@dataclass
class Seen:
    """The plain text that is left, and what of it was formatted how."""

    text: str = ""
    bold: list[str] = field(default_factory=list)
    italic: list[str] = field(default_factory=list)
    struck: list[str] = field(default_factory=list)
    code: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)


def see(mrkdwn: str) -> Seen:
    """Raises AssertionError for anything that pings, leads out of the web or is half a mark."""
    seen = Seen()
    parts = re.split(r"(```\n.*?\n```)", mrkdwn, flags=re.DOTALL)
    seen.text = "".join(_part(part, seen) for part in parts)
    return seen


def see_rich(block: dict[str, Any]) -> Seen:
    """The same of a block of rich text. Raises AssertionError for an element that is no text."""
    seen = Seen()
    for part in block["elements"]:
        fenced = part["type"] == "rich_text_preformatted"
        seen.text += "\n\n" * bool(seen.text) + "".join(
            _element(each, seen, fenced) for each in part["elements"]
        )
    return seen


def seen_in(blocks: Sequence[dict[str, Any]]) -> Iterator[Seen]:
    """Each text in the blocks, in order."""
    for block in blocks:
        if block["type"] == "rich_text":
            yield see_rich(block)
        else:
            yield from map(see, _mrkdwn(block))


def words(mrkdwn: str) -> list[str]:
    """The words a reader sees, without the marks of lists."""
    return unlisted(see(mrkdwn).text).split()


def unlisted(text: str) -> str:
    return re.sub(r"^\s*(?:[•◦-]|\d+\.)(?=\s|$)", "", text, flags=re.MULTILINE).replace("\u200b", "")


def texts_of(blocks: list[dict[str, Any]]) -> Iterator[str]:
    """Every mrkdwn text in the blocks."""
    for block in blocks:
        yield from _mrkdwn(block)


def _mrkdwn(block: dict[str, Any]) -> Iterator[str]:
    inside = [block.get("text"), *(block.get("elements") or ())]
    yield from (t["text"] for t in inside if isinstance(t, dict) and t.get("type") == "mrkdwn")


def _element(element: dict[str, Any], seen: Seen, fenced: bool) -> str:  # noqa: FBT001 - of one use
    text = str(element["text"]).replace("\u200b", "")
    style = element.get("style", {})
    for name, kind in (("bold", seen.bold), ("italic", seen.italic), ("code", seen.code)):
        if style.get(name):
            kind.append(text)
    if fenced:
        seen.code.append(text)
    if element["type"] == "link":
        assert urlsplit(element["url"]).scheme.lower() in {"http", "https"}, element
        seen.links.append((text, element["url"]))
    else:
        assert element["type"] == "text", element
    return text


def _part(part: str, seen: Seen) -> str:
    if fenced := _FENCE.fullmatch(part):
        seen.code.append(html.unescape(fenced[1]))
        return html.unescape(fenced[1])
    lines = (re.sub(r"^(?:>|&gt;) ?", "", line) for line in part.split("\n"))
    return "\n".join(_line(line, seen) for line in lines)


def _line(line: str, seen: Seen) -> str:
    hidden: list[str] = []

    def hide(shown: str) -> str:
        hidden.append(shown)
        return chr(_FIRST_HIDDEN + len(hidden) - 1)

    def tag(match: re.Match[str]) -> str:
        target, _, label = match[1].partition("|")
        address = html.unescape(target)
        assert urlsplit(address).scheme.lower() in {"http", "https"}, match[0]
        shown = _bare(_unmarked(label, seen, [])) if label else address
        seen.links.append((shown, address))
        return hide(shown)

    def code(match: re.Match[str]) -> str:
        seen.code.append(_bare(match[1]))
        return hide(_bare(match[1]))

    text = _CODE.sub(code, _TAG.sub(tag, line))
    assert "<" not in text, line
    assert ">" not in text, line
    return "".join(_shown(char, hidden) for char in _bare(_unmarked(text, seen, hidden)))


def _unmarked(text: str, seen: Seen, hidden: list[str]) -> str:
    """The text without its marks, which all have partners."""
    for mark, kind in (("*", seen.bold), ("_", seen.italic), ("~", seen.struck), ("`", seen.code)):
        places = [match.start() for match in _MARK.finditer(text) if match[0] == mark]
        assert len(places) % 2 == 0, f"half a {mark} in {text}"
        for first, second in zip(places[::2], places[1::2], strict=True):
            inside = _bare(text[first + 1 : second]).strip("*_~")
            kind.append("".join(_shown(char, hidden) for char in inside))
    return _MARK.sub("", text)


def _bare(text: str) -> str:
    return html.unescape(text).replace("\u200b", "").translate(TWINS)


def _shown(char: str, hidden: list[str]) -> str:
    at = ord(char) - _FIRST_HIDDEN
    return hidden[at] if 0 <= at < len(hidden) else char
