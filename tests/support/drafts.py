"""Newsletters in a few words, and a clock that does not move."""

from datetime import UTC, datetime

from bot.model.newsletter import Document, Draft, Entry, SourceKind

NOW = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)


def clock() -> datetime:
    return NOW


def draft(number: int | None, *entries: Entry | str, label: str = "") -> Draft:
    """An issue; a string is an entry by its title alone."""
    whole = (entry if isinstance(entry, Entry) else Entry(title=entry) for entry in entries)
    return Draft(number=number, label=label, entries=tuple(whole))


def document(kind: SourceKind, *drafts: Draft, numbered: bool = True) -> Document:
    return Document(kind=kind, drafts=drafts, numbered=numbered)
