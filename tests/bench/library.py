"""The real newsletters, in a database to search."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.indexing.indexer import Indexer
from bot.model.newsletter import Summary
from bot.ports import DatabaseName
from bot.readers import read
from store import Store, open_store
from tests.support.archive import SHARED
from tests.support.drafts import clock

SHEET = SHARED / "corpus" / "alignment_newsletter.xlsx"
QUESTIONS = SHARED / "queries" / "dev.jsonl"
FRESH = SHARED / "queries" / "fresh.jsonl"
ASKED = Path(__file__).with_name("asked.txt")
"""Our own questions, written while reading summaries."""
HELD_OUT = Path(__file__).with_name("held_out.txt")
"""Others, which nothing was tuned on."""


@asynccontextmanager
async def indexed(database: DatabaseName, *, watch: bool = False) -> AsyncIterator[Store]:
    """The library of the whole spreadsheet, made there if the database is new."""
    async with open_store(database, clock=clock, watch=watch) as store:
        if not (await store.library.origin()).summaries:
            await Indexer(store.archive).take(SHEET.name, read(SHEET.read_bytes(), SHEET.name))
        yield store


async def summaries_in(store: Store) -> list[Summary]:
    """Every summary of every issue, those outside the numbered ones included."""
    return [summary async for issue, _ in store.archive.all_issues() for summary in issue.summaries]
