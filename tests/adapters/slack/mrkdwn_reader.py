"""What a reader sees of mrkdwn: Slack's own rules, written down once more.

`*`, `_` and `~` format when the first touches no letter before it and no blank
behind it, the second no blank before it and no letter behind it, both in one
line. A zero-width space is a blank.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

BLANK = r"\s\u200b"
LETTER = r"[^\W_]"
_TAG = re.compile(r"<([^<>]*)>")
_CODE = re.compile(rf"`(?![{BLANK}`])([^`\n]*)`")
_FENCE = re.compile(r"```\n(.*?)\n```", re.DOTALL)
_FIRST_HIDDEN = 0xE000


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
    """Raises AssertionError for anything that pings or leads out of the web."""
    seen = Seen()
    parts = re.split(r"(```\n.*?\n```)", mrkdwn, flags=re.DOTALL)
    seen.text = "".join(_part(part, seen) for part in parts)
    return seen


def words(mrkdwn: str) -> list[str]:
    """The words a reader sees, without the marks of lists."""
    return unlisted(see(mrkdwn).text).split()


def unlisted(text: str) -> str:
    return re.sub(r"^\s*(?:[•◦-]|\d+\.)(?=\s|$)", "", text, flags=re.MULTILINE).replace("\u200b", "")


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
        shown = _plain(_emphasis(label, seen)) if label else address
        seen.links.append((shown, address))
        return hide(shown)

    def code(match: re.Match[str]) -> str:
        seen.code.append(_plain(match[1]))
        return hide(_plain(match[1]))

    text = _CODE.sub(code, _TAG.sub(tag, line))
    assert "<" not in text, line
    assert ">" not in text, line
    return "".join(_shown(char, hidden) for char in _plain(_emphasis(text, seen, hidden)))


def _emphasis(text: str, seen: Seen, hidden: list[str] | None = None) -> str:
    for mark, found in (("*", seen.bold), ("_", seen.italic), ("~", seen.struck)):
        m = re.escape(mark)
        pattern = re.compile(rf"(?<!{LETTER}){m}(?![{BLANK}]|{m})([^\n]*?[^{BLANK}]){m}(?!{LETTER})")
        for match in pattern.finditer(text):
            found.append("".join(_shown(char, hidden or []) for char in _plain(match[1])).strip("*_~"))
        text = pattern.sub(r"\1", text)
    return text


def _plain(text: str) -> str:
    return html.unescape(text).replace("\u200b", "")


def _shown(char: str, hidden: list[str]) -> str:
    at = ord(char) - _FIRST_HIDDEN
    return hidden[at] if 0 <= at < len(hidden) else char


def texts_of(blocks: list[dict[str, object]]) -> Iterator[str]:
    """Every mrkdwn text in the blocks."""
    for block in blocks:
        inside = [block.get("text"), *(block.get("elements") or ())]  # type: ignore[misc] # JSON
        yield from (t["text"] for t in inside if isinstance(t, dict) and t.get("type") == "mrkdwn")
