"""Readers: bytes in, `Document` out; no network and no disk.

Importing this package loads no parser: those of spreadsheets and pages are slow.
"""

import re
from pathlib import PurePath

from bot.model.newsletter import Document

_MARKUP = re.compile(
    rb"\s*<(?:!doctype|html|head|body|center|div|h\d|p|table|article|meta)\b|\s*<!--", re.IGNORECASE
)
_PAGES = frozenset({".htm", ".html", ".xhtml"})
_MAIL = frozenset({".eml", ".mbox"})


def read(data: bytes, name: str) -> Document:
    """Everything a file holds, by whichever reader is right for its content.

    `name` is for errors, and a hint if the content does not show its kind.

    Raises:
        InputError: no reader can make sense of it.

    """
    # ruff: noqa: PLC0415  # see above
    from bot.readers.feed import looks_like_feed, read_feed
    from bot.readers.mail import looks_like_mail, read_mail
    from bot.readers.page import read_page
    from bot.readers.sheet import looks_like_table, read_sheet
    from bot.readers.text import read_text

    suffix = PurePath(name).suffix.lower()
    if looks_like_feed(data):
        return read_feed(data, name)
    if looks_like_table(data, name):
        return read_sheet(data, name)
    if suffix in _MAIL or looks_like_mail(data):
        return read_mail(data, name)
    if suffix in _PAGES or _MARKUP.match(data.removeprefix(b"\xef\xbb\xbf")):
        return read_page(data, name)
    return read_text(data, name)
