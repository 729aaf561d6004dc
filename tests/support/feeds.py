"""Feeds as the newsletter's archive writes them, from issues."""

from datetime import date, datetime, time
from email.utils import format_datetime
from html import escape

from bot.model.newsletter import Draft, Entry
from tests.support import newsletters

DAY = date(2031, 3, 3)


def feed(*drafts: Draft) -> bytes:
    items = "".join(map(_item, drafts))
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>AN</title>{items}</channel></rss>'.encode()
    )


def issue(number: int, *titles: str, text: str = "It is woolly.", day: date = DAY) -> Draft:
    """An issue with a summary of each title."""
    entries = tuple(
        Entry(title=title, authors="Ann Lee", section=("News",), summarizer="Flo", text=text)
        for title in titles or (f"Sheep {number}", f"Goats {number}")
    )
    return Draft(number=number, title=f"Wool {number}", published=day, entries=entries)


def _item(draft: Draft) -> str:
    body = escape(newsletters.page(draft))
    when = format_datetime(datetime.combine(draft.published or DAY, time(12)))
    return (
        f"<item><title>[AN #{draft.number}]: {draft.title}</title><link>https://news.example/{draft.number}</link>"
        f"<pubDate>{when}</pubDate><description>{body}</description></item>"
    )
