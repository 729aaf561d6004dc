r"""Texts that are not ours, made harmless in Slack's mrkdwn.

Slack reads three characters as entities and has no way to escape the others
that mean something to it. Readers of mrkdwn do not agree on what may touch a mark,
so a literal one is replaced by its twin, which formats nothing anywhere. Only small
print and previews have to: all else is sent as rich text (`adapters.slack.rich_text`)
if it has such marks.
"""

import html
import re
from typing import Final

from bot.cards import wording
from bot.text.markdown import printable

INVISIBLE: Final = "\u200b"
_TWINS: Final = {"*": "∗", "_": "ˍ", "~": "∼", "`": "ˋ"}
_MARK: Final = re.compile(r"[*~`]|_(?:(?<![^\W_]_)|(?![^\W_]))")
_EMOJI: Final = re.compile(r":(?=[\w+'-]+(?::|\Z))")
"""What ends here may go on with a colon in another style."""
_PING: Final = re.compile(r"@(?=channel|everyone|here)", re.IGNORECASE)
_LONGEST_LINK: Final = 500
"""A link longer than this is shown as its text alone: it would fill a page."""


def escape(text: str) -> str:
    r"""The text as itself: no formatting, no mention, no emoji.

    >>> escape("*x* <!channel> snake_case")
    '∗x∗ &lt;!channel&gt; snake_case'
    """
    return entities(calm(_MARK.sub(lambda mark: _TWINS[mark[0]], text)))


def calm(text: str) -> str:
    """The text without control characters, and with nothing that pings or becomes a picture."""
    return _PING.sub(f"@{INVISIBLE}", _EMOJI.sub(f":{INVISIBLE}", printable(text)))


def entities(text: str) -> str:
    """The text with the three characters escaped that Slack asks for.

    >>> entities("<&>")
    '&lt;&amp;&gt;'
    """
    return html.escape(text, quote=False)


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
