"""The result of indexing a source, in lines for a person."""

from collections.abc import Iterator
from typing import Final

from bot.indexing.indexer import Report
from bot.model.newsletter import Note
from bot.text.phrases import counted

_SHOWN: Final = 5


def lines_of(report: Report) -> Iterator[str]:
    """One line on the source, then what was skipped and why, capped."""
    entries = report.new + report.changed + report.unchanged
    facts = [_issues(report.issues), counted(entries, "summary", "summaries")]
    yield f"{report.source}: {', '.join(fact for fact in facts if fact)}: {_changes(report)}"
    yield from _notes(report.skipped, "skipped")
    yield from _notes(report.remarks, "remarks")


def _changes(report: Report) -> str:
    counts = (
        (report.new, "new"),
        (report.changed, "changed"),
        (report.unchanged, "unchanged"),
        (report.removed, "removed"),
        (len(report.skipped), "skipped"),
    )
    named = [f"{number:,} {name}" for number, name in counts if number]
    return ", ".join(named) or "nothing in it"


def _issues(numbers: tuple[int, ...]) -> str:
    if len(numbers) == 1:
        return f"AN #{numbers[0]}"
    return counted(len(numbers), "issue") if numbers else ""


def _notes(notes: tuple[Note, ...], heading: str) -> Iterator[str]:
    if not notes:
        return
    yield f"  {heading}:"
    yield from (
        f"    {note.where}: {note.what}" if note.where else f"    {note.what}" for note in notes[:_SHOWN]
    )
    if len(notes) > _SHOWN:
        yield f"    and {len(notes) - _SHOWN:,} more"
