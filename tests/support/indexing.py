"""Indexes documents, each in a run of its own, and returns the reports."""

from bot.indexing.export import export
from bot.indexing.indexer import Indexer, Report
from bot.model.newsletter import Document
from store import Store


async def take(store: Store, source: str, what: Document, *, number: int | None = None) -> Report:
    """A run of its own for one document."""
    return await Indexer(store.archive).take(source, what, number=number)


async def content(store: Store) -> list[str]:
    return [line async for line in export(store.archive)]


def counts(report: Report) -> tuple[int, int, int, int]:
    return report.new, report.changed, report.unchanged, report.removed
