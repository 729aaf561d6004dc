"""Issues in an RSS, Atom or JSON feed, and the podcast's feed of their recordings."""

import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from time import struct_time
from typing import Any, Final

import feedparser
import msgspec

from bot.errors import InputError
from bot.model.newsletter import Document, Draft, Note, SourceKind
from bot.readers import ours
from bot.readers.decoding import clean, marked_encoding
from bot.readers.elements import text_of
from bot.readers.evidence import garbled
from bot.readers.links import address_of
from bot.readers.page import page_draft, parse_subject
from bot.readers.text import text_draft

_LARGEST: Final = 50_000_000
_OPENING: Final = 1 << 16
_REFERENCE: Final = re.compile(rb"&#(?:[xX]0*([0-9a-fA-F]+)|0*([0-9]+));?")
_HIGHEST: Final = 0x10FFFF
_HALVES: Final = range(0xD800, 0xE000)
"""Halves of a character in UTF-16, which alone are none."""
_ITEM: Final = re.compile(rb"<(?:\w{1,20}:)?(?:item|entry)\b", re.IGNORECASE)
_MOST_ITEMS: Final = 5_000
"""Items of a feed: the newsletter has 170 issues. Each costs time, however short it is."""
_FEW_ITEMS: Final = 1_000
_SMALLEST_ITEM: Final = 80
"""Bytes of a title and an address, which many items have on average."""
_CROWDED: Final = re.compile(r"""<[^\s<>]++(?:\s++[^\s<>=]++\s*+=\s*+(?:"[^<"]*+"|'[^<']*+')){200}""")
"""An element with far more attributes than any has: what each costs grows with how many there are."""
_MARKUP: Final = re.compile(r"</?[a-zA-Z][^<>]*>|&#?\w+;")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Item:
    """One item of a feed, whichever form it has."""

    title: str
    body: str
    base: str
    """What completes addresses in the body, if it says so itself."""
    link: str
    home: str
    """The page that the feed is of, which completes addresses if it is not known where the feed was found."""
    recording: str
    published: date | None
    plain: bool = False
    """Whether the body is plain text."""


def read_feed(data: bytes, name: str, address: str = "") -> Document:
    """The issues in a feed's items; items that hold none are noted.

    An item with a recording and no entries says where an issue can be heard;
    a feed of only such items is a podcast.

    Raises:
        InputError: no item is an issue of the newsletter.

    """
    if len(data) > _LARGEST:
        raise InputError(f"{name} has {len(data):,} bytes; feeds are read up to {_LARGEST:,}.")
    drafts, notes = [], []
    most = min(_MOST_ITEMS, max(_FEW_ITEMS, len(data) // _SMALLEST_ITEM))
    if len(_ITEM.findall(data)) > most:
        raise InputError(f"{name} has more than {most:,} items, many times what the newsletter has issues.")
    for nth, item in enumerate(_items(data, name), 1):
        draft = _draft(item, address)
        is_ours = not ours.doubt(f"{item.title}\n{item.body}", name)
        if draft.number is not None and (draft.entries or draft.audio) and is_ours:
            drafts.append(draft)
        else:
            reason = "states no issue number" if draft.number is None or not is_ours else "has no entries"
            notes.append(Note(where=f"item {nth}", what=f"“{item.title}” {reason}"))
    if not drafts:
        raise InputError(
            f"{name} is a feed, but none of its {len(notes)} items is an issue of the newsletter."
        )
    kind = SourceKind.FEED if any(draft.entries for draft in drafts) else SourceKind.PODCAST
    return Document(kind=kind, drafts=tuple(drafts), notes=tuple(notes))


def _items(data: bytes, name: str) -> Iterator[_Item]:
    text = data.decode(marked_encoding(data), errors="replace").lstrip("\ufeff \t\r\n")
    if text.startswith("{"):
        yield from _of_json(text, name)
        return
    if "<!ENTITY" in text[:_OPENING]:
        raise InputError(f"{name} defines XML entities, which no feed needs; it is not read for safety.")
    if _CROWDED.search(text):
        raise InputError(f"{name} has an element with 200 attributes or more, which is in no feed.")
    with warnings.catch_warnings(action="ignore"):
        # Pages are read for their words and links alone, and complete addresses themselves.
        parsed = feedparser.parse(
            _REFERENCE.sub(_within_unicode, data), resolve_relative_uris=False, sanitize_html=False
        )
    for entry in parsed.entries:
        summary = {**entry.get("summary_detail", {}), "value": entry.get("summary")}
        body = max(entry.get("content", [summary]), key=lambda content: len(content.get("value") or ""))
        links = entry.get("links", [])
        stamp = entry.get("published_parsed") or entry.get("updated_parsed")
        yield _Item(
            title=_as_text(entry.get("title") or ""),
            body=body.get("value") or "",
            base=body.get("base") or "",
            link=entry.get("link") or "",
            home=parsed.feed.get("link") or "",
            recording=next((link.get("href") or "" for link in links if link.get("rel") == "enclosure"), ""),
            published=_date_of(stamp),
        )


def _date_of(stamp: struct_time | None) -> date | None:
    """The day; None for none, as for 0000-00-00."""
    try:
        return date(*stamp[:3]) if stamp else None
    except ValueError:
        return None


def _of_json(text: str, name: str) -> Iterator[_Item]:
    try:
        feed = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError) as error:
        raise InputError(f"{name} is a JSON feed that is damaged or cut short; fetch it again.") from error
    items, home = feed.get("items"), feed.get("home_page_url") or feed.get("feed_url")
    for item in items if isinstance(items, list) else ():
        if isinstance(item, dict):
            fields: dict[str, Any] = {key: value for key, value in item.items() if isinstance(value, str)}
            yield _Item(
                title=_as_text(fields.get("title", "")),
                body=fields.get("content_html") or fields.get("content_text", ""),
                base="",
                link=fields.get("url")
                or (named if (named := fields.get("id", "")).startswith("http") else ""),
                home=home if isinstance(home, str) else "",
                recording=_recording(item.get("attachments")),
                published=_day(fields.get("date_published", "")),
                plain="content_html" not in fields,
            )


def _recording(attachments: object) -> str:
    for attached in attachments if isinstance(attachments, list) else ():
        if isinstance(attached, dict) and isinstance(attached.get("url"), str):
            return str(attached["url"])
    return ""


def _day(stamp: str) -> date | None:
    try:
        return date.fromisoformat(stamp[:10])
    except ValueError:
        return None


def _as_text(title: str) -> str:
    """A title, which may be HTML."""
    if _MARKUP.search(title):
        title = text_of(title[:_OPENING])
    return " ".join(clean(title).split())


def _draft(item: _Item, address: str) -> Draft:
    number, title = parse_subject(item.title)
    address = address or address_of(item.home)
    link = address_of(item.link, address)
    web = link or address
    if item.plain:
        draft, problem, guess = text_draft(clean(item.body))
        problem = problem or guess
    else:
        draft = page_draft(item.body, address_of(item.base, web) or web)
        problem = garbled(draft.entries)
    draft = replace(draft, entries=()) if problem else draft
    return Draft(
        number=number or draft.number,
        title=title or draft.title,
        published=item.published,
        url=link if draft.entries else "",
        audio=address_of(item.recording, address) or draft.audio,
        entries=draft.entries,
    )


def _within_unicode(reference: re.Match[bytes]) -> bytes:
    """A reference to a character; to what is none, where feedparser raises, one to the sign that replaces it."""
    digits, base = (reference[1], 16) if reference[1] else (reference[2], 10)
    number = int(digits, base) if len(digits) <= len(str(_HIGHEST)) else _HIGHEST + 1
    return b"&#xFFFD;" if number > _HIGHEST or number in _HALVES else reference[0]
