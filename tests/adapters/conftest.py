"""The real archive, to be asked."""

import random
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.lookup.lookup import Lookup
from bot.ports import Library
from bot.readers import read
from bot.search import Searcher
from store import open_store
from tests.support.archive import SHARED
from tests.support.indexing import take

NOW = datetime(2026, 1, 2, tzinfo=UTC)


@pytest.fixture
async def real() -> AsyncIterator[tuple[Library, Any]]:
    corpus = SHARED / "corpus"
    async with open_store(":memory:", clock=lambda: NOW) as store:
        async with store.archive.many():
            for file in (corpus / "alignment_newsletter.xlsx", *sorted((corpus / "html").iterdir())):
                await take(store, file.name, read(file.read_bytes(), file.name))
        lookup = Lookup(store.library, Searcher(store.search), random.Random(1))  # noqa: S311 - no secret
        yield store.library, lookup
