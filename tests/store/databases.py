"""Databases to open, to spoil and to read to the end."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.errors import StoreError
from bot.indexing.export import export
from bot.indexing.indexer import Indexer
from bot.model.newsletter import Entry, SourceKind, Target
from store import Store, open_store
from tests.support.drafts import clock, document, draft


@asynccontextmanager
async def opened(path: Path | str, *, readonly: bool = False, watch: bool = False) -> AsyncIterator[Store]:
    async with open_store(path, clock=clock, readonly=readonly, watch=watch, busy_seconds=0.05) as store:
        yield store


async def fill(path: Path) -> None:
    """An indexed database of a few hundred kilobytes."""
    texts = [f"Words about subject {n}. " * 60 for n in range(60)]
    entries = [
        Entry(
            title=f"Paper {n}",
            text=text,
            section=("News",),
            cites=(Target(issue=1, title=f"Paper {n + 1}"),),
        )
        for n, text in enumerate(texts)
    ]
    async with opened(path) as store:
        await Indexer(store.archive).take("sheet", document(SourceKind.SHEET, draft(1, *entries)))


async def take(store: Store, number: int) -> None:
    await Indexer(store.archive).take(
        "page", document(SourceKind.PAGE, draft(number, Entry(title=f"P {number}")))
    )


async def made(path: Path, number: int) -> Path:
    """A database of its own with one issue."""
    async with opened(path) as store:
        await take(store, number)
    return path


async def refusal(path: Path | str, *, readonly: bool = False) -> str:
    """The one sentence or two with which opening fails."""
    with pytest.raises(StoreError) as caught:
        async with opened(path, readonly=readonly):
            pass
    return str(caught.value)


async def read_everything(path: Path) -> None:
    async with opened(path) as store:
        for number in await store.library.numbers():
            issue = await store.library.issue(number)
            for summary in issue.summaries if issue else ():
                await store.library.summary(summary.key)
                await store.library.cites(summary.key)
                await store.library.cited_by(summary.key)
        await store.library.sections()
        await store.library.in_section(("News",), offset=0, limit=100)
        await store.library.origin()
        await store.archive.all_versions()
        _ = [line async for line in export(store.archive)]
