"""What kind of file bytes are, seen at how they begin; no parser is loaded for that."""

import codecs
import re
from typing import Final

from bot.readers.decoding import marked_encoding

_OPENING: Final = 1 << 20
_BEFORE_ROOT: Final = re.compile(
    r"(?:\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>)*", re.DOTALL | re.IGNORECASE
)
_ROOT: Final = re.compile(r"<(?:\w+:)?(?:rss|feed|RDF)\b", re.IGNORECASE)
_JSON: Final = "jsonfeed.org/version"
_FIRST_HEADERS: Final = re.compile(rb"(?:[A-Za-z][A-Za-z0-9-]{0,60}:[ \t].*\n(?:[ \t].*\n)*){2,}")
# What mail programs write before the headers: a mailbox's mark, a banner, a count of bytes.
_BEFORE_HEADERS: Final = re.compile(
    rb"(?:From .*|[^\r\n:]{0,80}Headers Version [\d.]+|[ \t]*\d{1,12}[ \t]*)\r?\n"
)
_MARKUP: Final = re.compile(
    rb"\s*<(?:!doctype|html|head|body|center|div|h\d|p|table|article|meta)\b|\s*<!--|\s*<\?xml", re.IGNORECASE
)


def looks_like_feed(data: bytes) -> bool:
    """Whether the bytes begin like a feed, whatever comments come before."""
    encoding = marked_encoding(data)
    opening = data[:_OPENING].decode(encoding, errors="replace").lstrip("\ufeff")
    if opening.lstrip().startswith("{"):
        # Whoever writes the version writes it anywhere.
        return _JSON in data.decode(encoding, errors="replace").replace("\\/", "/")
    before = _BEFORE_ROOT.match(opening)
    return _ROOT.match(opening, before.end() if before else 0) is not None


def looks_like_mail(data: bytes) -> bool:
    """Whether the bytes begin with the headers of a message."""
    return _FIRST_HEADERS.match(headers_on(data)) is not None


def headers_on(data: bytes) -> bytes:
    """The message without what mail programs write before its headers."""
    data = data.removeprefix(codecs.BOM_UTF8).lstrip()
    before = _BEFORE_HEADERS.match(data)
    return data[before.end() :] if before else data


def looks_like_page(data: bytes) -> bool:
    """Whether the bytes begin with an element of a page."""
    return _MARKUP.match(data.removeprefix(codecs.BOM_UTF8)) is not None
