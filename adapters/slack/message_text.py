"""All that a person reads in a message."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from adapters.slack.events import objects, plain_text

_LABELLED: Final = re.compile(r"<(https?://[^<>|]+)\|([^<>]+)>")
_IN_LINES: Final = ("rich_text_section", "rich_text_list", "rich_text_quote", "rich_text_preformatted")
"""The parts of rich text."""
_TEXTS: Final = (
    *("pretext", "author_name", "title", "title_link", "from_url", "image_url", "text", "value"),
    *("fallback", "footer", "alt_text", "alt_txt", "url", "title_url", "author_link"),
)
_WITHIN: Final = (
    *("text", "title", "description", "blocks", "attachments", "files", "elements", "fields", "accessory"),
    *("rows", "message_blocks", "message"),  # of tables, and of messages that are shared
)


def message_text(message: Mapping[str, Any]) -> str:
    """All that a person reads in a message: its text, its blocks and its attachments, with what
    their links lead to and what these are called.
    """
    return "\n".join(dict.fromkeys(filter(None, map(str.strip, _read(message)))))


def _read(part: Any) -> Iterator[str]:
    """The texts of a message, an attachment, a block or an element of one."""
    if isinstance(part, list):
        for each in part:
            yield from _read(each)
        return
    if not isinstance(part, Mapping):
        return
    if part.get("type") in _IN_LINES:  # its elements are one line or several
        yield "".join(_inline(each) for each in objects(part.get("elements")))
        return
    yield from (_labelled(str(part[name])) for name in _TEXTS if isinstance(part.get(name), str))
    for name in _WITHIN:
        yield from _read(part.get(name))


def _inline(element: Mapping[str, Any]) -> str:
    """An element of rich text, or the rich text of an item of a list."""
    if element.get("type") in _IN_LINES:
        return "".join(_inline(each) for each in objects(element.get("elements"))) + "\n"
    text, url = str(element.get("text") or ""), str(element.get("url") or "")
    return f"{text} {url} " if text and url and text != url else text or url


def _labelled(text: str) -> str:
    """The text with each link's label before its address."""
    return plain_text(_LABELLED.sub(r"\2 <\1>", text))
