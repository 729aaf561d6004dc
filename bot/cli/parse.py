"""`anbot parse`: show what the bot reads in a file, and store nothing."""

from pathlib import Path
from typing import Any

import click
import msgspec

from bot.cli import options
from bot.errors import InputError
from bot.model.newsletter import Document, Draft, Entry, Note
from bot.sources.files import bytes_of


@click.command("parse")
@options.number
@click.argument("file", type=click.Path(path_type=Path))
def command(file: Path, issue: int | None) -> None:
    """Print what the bot reads in FILE, as JSON.

    Nothing is stored. One issue is an object, several are {"issues": [...]}. What is
    only likely is said on stderr.
    """
    from bot.readers import read  # noqa: PLC0415 - readers are slow to load

    document = read(bytes_of(file), file.name)
    if document.doubt and issue is None:
        raise InputError(f"{document.doubt}.")
    if document.guess and issue is None:
        click.echo(f"{document.guess}.", err=True)
    click.echo(msgspec.json.format(msgspec.json.encode(understood(document, issue)), indent=2))


def understood(document: Document, issue: int | None = None) -> dict[str, Any]:
    """The document as `anbot parse` prints it; `issue` numbers one without a number."""
    notes = [_note(note) for note in document.notes]
    drafts = [_draft(draft, issue) for draft in document.drafts]
    if len(drafts) == 1:
        return drafts[0] | {"notes": notes}
    return {"issues": drafts, "notes": notes}


def _draft(draft: Draft, issue: int | None) -> dict[str, Any]:
    return {
        "issue": draft.number if draft.number is not None else issue,
        "label": draft.label,
        "title": draft.title,
        "published": draft.published,
        "url": draft.url,
        "audio": draft.audio,
        "entries": [_entry(entry) for entry in draft.entries],
    }


def _entry(entry: Entry) -> dict[str, Any]:
    fields: dict[str, Any] = msgspec.to_builtins(entry)
    fields["ht"] = fields.pop("hat_tip")
    fields["summary"] = fields.pop("text")
    return fields | {"url": entry.url}


def _note(note: Note) -> dict[str, Any]:
    return {"where": note.where, "what": note.what, "skipped": note.skipped}
