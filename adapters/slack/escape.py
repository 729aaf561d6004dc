r"""Texts that are not ours, made harmless in Slack's mrkdwn.

Slack reads three characters as entities and has no way to escape the others
that mean something to it. A mark that touches a blank formats nothing, and a
zero-width space counts as one: that keeps literal marks apart from their text
if they could be taken for formatting, and is seen by nobody.
"""

import re
from typing import Final

from bot.cards import wording
from bot.text.markdown import printable

INVISIBLE: Final = "\u200b"
_MARK: Final = re.compile(r"[*_~`]")
_EMOJI: Final = re.compile(r":(?=[\w+'-]+(?::|\Z))")
"""What ends here may go on with a colon in another style."""
_PING: Final = re.compile(r"@(?=channel|everyone|here)", re.IGNORECASE)
_ENTITIES: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_LONGEST_LINK: Final = 500
"""A link longer than this is shown as its text alone: it would fill a page."""


def escape(text: str) -> str:
    r"""The text as itself: no formatting, no mention, no emoji.

    >>> escape("*x* <!channel> snake_case").replace(INVISIBLE, "|")
    '|*|x|* &lt;!channel&gt; snake_case'
    """
    calm = _PING.sub(f"@{INVISIBLE}", _EMOJI.sub(f":{INVISIBLE}", printable(text)))
    return entities(_MARK.sub(_apart, calm))


def entities(text: str) -> str:
    """The text with the three characters escaped that Slack asks for.

    >>> entities("<&>")
    '&lt;&amp;&gt;'
    """
    return text.translate(_ENTITIES)


def link(text: str, url: str) -> str:
    """The text as a link; the text alone if no browser can follow the address.

    >>> link("a > b", "https://a.example/x|y"), link("a", "javascript:alert(1)")
    ('<https://a.example/x%7Cy|a &gt; b>', 'a')
    """
    target = web(url)
    shown = escape(" ".join(text.split()))
    if not target or not shown:
        return shown
    return f"<{entities(target)}>" if text == target else f"<{entities(target)}|{shown}>"


def web(url: str | None) -> str:
    """The address if it leads to the web and is not too long for a
    text; "" for anything else.
    """
    quoted = wording.web_address(url)
    return quoted if len(entities(quoted)) <= _LONGEST_LINK else ""


def cut(text: str, limit: int) -> str:
    """The text in one line of at most `limit` characters, cut at a word."""
    return wording.cut(printable(text), limit)


def fitted(text: str, limit: int) -> str:
    """The text escaped, and cut at a word so that it then has at most `limit` characters."""
    whole = printable(text)
    room = limit
    while len(shown := escape(_short(whole, room))) > limit:
        room -= max((len(shown) - limit) // 6, 1)
    return shown


def _short(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    head = text[: max(limit - 1, 0)]
    return (" ".join(head.split(" ")[:-1]) or head) + "…"


def _apart(match: re.Match[str]) -> str:
    """The mark, apart from what it touches unless that is a word on both sides."""
    before = match.string[match.start() - 1 : match.start()]
    after = match.string[match.end() : match.end() + 1]
    if match[0] != "`" and before.isalnum() and after.isalnum():
        return match[0]
    tick = match[0] == "`"  # code may begin and end with a blank
    lead = "" if before.isspace() and not tick else INVISIBLE
    return lead + match[0] + ("" if after.isspace() and not tick else INVISIBLE)
