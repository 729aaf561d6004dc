"""The newsletter of a scenario: an old issue, a big new one, a small one after it, and an archive."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from bot.model.newsletter import Draft, Entry

OLD, BIG, SMALL = 57, 58, 59
ARCHIVED = range(1, 57)
ENTRIES: Final = {"discord": 24, "slack": 44}
"""Entries that make ten parts or more."""
_OLD_DATE: Final = date(2020, 3, 4)
_LONG: Final = "It says this and that of the matter, at some length. " * 28


def archive() -> Sequence[Draft]:
    """Issues of long ago, every other one without its date."""
    return [_issue(number, 2, "Old words.", _OLD_DATE if number % 2 else None) for number in ARCHIVED]


def big(entries: int, published: date) -> Draft:
    return _issue(BIG, entries, _LONG, published)


def small(number: int, published: date) -> Draft:
    return _issue(number, 2, "A few words.", published)


def text_of(entry: int, number: int) -> str:
    """What is read of an entry wherever it is posted."""
    return f"Paper {entry} of {number}."


def _issue(number: int, count: int, text: str, published: date | None) -> Draft:
    entries = (
        Entry(title=text_of(n, number), section=("News",), text=f"{text} {n}") for n in range(1, count + 1)
    )
    return Draft(number=number, title=f"Title {number}", published=published, entries=tuple(entries))
