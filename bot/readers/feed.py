"""Issues in an RSS or Atom feed, and the podcast's feed of their recordings."""

import re
from datetime import date

import feedparser

from bot.errors import InputError
from bot.model.newsletter import Document, Draft, Note, SourceKind
from bot.readers.decoding import clean
from bot.readers.page import page_draft, parse_subject

_LARGEST = 50_000_000
_ROOT = re.compile(rb"<(?:\w+:)?(?:rss|feed|RDF)\b", re.IGNORECASE)


def looks_like_feed(data: bytes) -> bool:
    """Whether the bytes begin like a feed."""
    opening = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    return opening.startswith(b"<") and _ROOT.search(opening) is not None


def read_feed(data: bytes, name: str) -> Document:
    """The issues in a feed's items; items that hold none are noted.

    An item with a recording and no entries says where an issue can be heard;
    a feed of only such items is a podcast.

    Raises:
        InputError: no item is an issue of the newsletter.

    """
    if len(data) > _LARGEST:
        raise InputError(f"{name} has {len(data):,} bytes; feeds are read up to {_LARGEST:,}.")
    if b"<!ENTITY" in data[:65536]:
        raise InputError(f"{name} defines XML entities, which no feed needs; it is not read for safety.")
    drafts, notes = [], []
    for nth, item in enumerate(feedparser.parse(data).entries, 1):
        draft = _draft(item)
        if draft.number is not None and (draft.entries or draft.audio):
            drafts.append(draft)
        else:
            reason = "states no issue number" if draft.number is None else "has no entries"
            notes.append(Note(where=f"item {nth}", what=f"“{clean(item.get('title', ''))}” {reason}"))
    if not drafts:
        raise InputError(
            f"{name} is a feed, but none of its {len(notes)} items is an issue of the newsletter."
        )
    kind = SourceKind.FEED if any(draft.entries for draft in drafts) else SourceKind.PODCAST
    return Document(kind=kind, drafts=tuple(drafts), notes=tuple(notes))


def _draft(item: feedparser.FeedParserDict) -> Draft:
    number, title = parse_subject(clean(item.get("title", "")))
    bodies = [content.get("value", "") for content in item.get("content", [])] or [item.get("summary", "")]
    draft = page_draft(max(bodies, key=len) or " ")
    recordings = [link.get("href", "") for link in item.get("links", []) if link.get("rel") == "enclosure"]
    return Draft(
        number=number or draft.number,
        title=title or draft.title,
        published=_date(item),
        url=item.get("link", "") if draft.entries else "",
        audio=recordings[0] if recordings else draft.audio,
        entries=draft.entries,
    )


def _date(item: feedparser.FeedParserDict) -> date | None:
    stamp = item.get("published_parsed") or item.get("updated_parsed")
    return date(*stamp[:3]) if stamp else None
