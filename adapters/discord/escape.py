r"""Texts that are not ours, made harmless in Discord's Markdown.

Discord reads a backslash before any punctuation as "no formatting here", in
messages and in embeds' titles, descriptions and field values. Names of embed
authors and footers are shown as they are.
"""

import re
from typing import Final

from bot.cards import wording
from bot.text.markdown import printable
from bot.text.rich_text import ADDRESS

cut = wording.cut

_SPECIAL: Final = re.compile(r"[\\*_~`|\[\]<>]")
_EMOJI: Final = re.compile(r":(?=[\w+-]+:)")
_LINE_START: Final = re.compile(r"^(\s*)([-+#]|\d{1,9}(?=[.)]))", re.MULTILINE)
_ORDINAL: Final = re.compile(r"^(\s*\d{1,9})(?=[.)])", re.MULTILINE)
_PING: Final = re.compile(r"@(?=everyone|here|[!&]?\d)", re.IGNORECASE)
_INVISIBLE: Final = "\u200b"
_SCHEME: Final = re.compile(r"https?://", re.IGNORECASE)
_LONGEST_LINK: Final = 500
"""A link longer than this is shown as its text alone: it would fill a page."""
_FULL_WIDTH: Final = str.maketrans("[]", "［］")


def escape(text: str) -> str:
    r"""The text as itself: no formatting, no list, no emoji, no mention, no ping.

    >>> escape("*_x_* <@1> @everyone :robot:")
    '\\*\\_x\\_\\* \\<@\u200b1\\> @\u200beveryone \\:robot:'
    """
    safe = _EMOJI.sub(r"\:", _SPECIAL.sub(r"\\\g<0>", harmless(text)))
    return _ORDINAL.sub(r"\1\\", _LINE_START.sub(_start, safe))


def harmless(text: str) -> str:
    """The text without control characters and without anything that pings."""
    return _PING.sub(f"@{_INVISIBLE}", printable(text))


def link(text: str, url: str) -> str:
    r"""The text as a link; the text alone if no browser can open the address.

    >>> link("a*b", "https://a.example/x y"), link("a", "javascript:alert(1)")
    ('[a\\*b](<https://a.example/x%20y>)', 'a')
    """
    target = web(url)
    shown = escape(text)
    if not target or len(target) > _LONGEST_LINK:
        return shown
    if _SCHEME.search(text):
        # Discord shows no link whose text is an address that could be another.
        return f"<{target}>" if web(text) == target else f"{with_addresses(text)} (<{target}>)"
    if not _balanced(text):
        shown = escape(text.translate(_FULL_WIDTH))
    return f"[{shown}](<{target}>)"


def with_addresses(text: str) -> str:
    """The text escaped, but not the addresses in it, whose backslashes would be shown."""
    shown, end = "", 0
    for match in ADDRESS.finditer(text):
        target = web(match[0])
        shown += escape(text[end : match.start()]) + (f"<{target}>" if target else escape(match[0]))
        end = match.end()
    return shown + escape(text[end:])


def web(url: str | None) -> str:
    """The address if Discord accepts it: http or https and a host, at most 2,048
    characters; else "".
    """
    quoted = _PING.sub("%40", wording.web_address(url))
    return quoted if len(quoted) <= 2048 else ""  # noqa: PLR2004 - Discord's limit


def _start(match: re.Match[str]) -> str:
    return match[0] if match[2].isdigit() else f"{match[1]}\\{match[2]}"


def _balanced(text: str) -> bool:
    depth = 0
    for char in text:
        depth += (char == "[") - (char == "]")
        if depth < 0:
            return False
    return depth == 0
