"""An open, empty database in a file of its own."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from store import Store, open_store
from tests.support.drafts import clock


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "anbot.db"


@pytest.fixture
async def store(file: Path) -> AsyncIterator[Store]:
    async with open_store(file, clock=clock) as store:
        yield store
