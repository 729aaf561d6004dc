"""Issues as plain text, with or without their line breaks."""

from bot.errors import InputError
from bot.ingest import flat, lines
from bot.ingest.blocks import assemble
from bot.ingest.decoding import decode
from bot.ingest.grammar import stated_number
from bot.types import Document, Draft, Kind

_LARGEST = 1_000_000
_OPENING = 400
"""Characters at the start of a text that may state its number."""


def read_text(data: bytes, name: str) -> Document:
    """One issue from plain text.

    Raises:
        InputError: not text, far larger than an issue, or no entry in it.

    """
    if len(data) > _LARGEST:
        raise InputError(f"{name} has {len(data):,} bytes; no issue is longer than {_LARGEST:,}.")
    draft = text_draft(decode(data, name))
    if not draft.entries:
        raise InputError(
            f"{name} holds no newsletter: no title with authors or a summarizer was found in it."
        )
    return Document(kind=Kind.TEXT, drafts=(draft,), numbered=draft.number is not None)


def text_draft(text: str) -> Draft:
    """What the text of one issue says; without entries if it is not one.

    The number is taken from the opening words ("Newsletter #58") if they have
    it; most texts do not.
    """
    broken = any(lines.is_heading(line) for line in text.split("\n"))
    entries = assemble(lines.blocks(text) if broken else flat.blocks(text))
    first = entries[0].title if entries else ""
    return Draft(number=stated_number(text[:_OPENING], first), entries=entries)
