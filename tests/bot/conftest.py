"""An open, empty database in memory."""

from collections.abc import AsyncIterator

import pytest

from store import Store, open_store
from tests.support.drafts import clock


@pytest.fixture
async def store() -> AsyncIterator[Store]:
    async with open_store(":memory:", clock=clock) as store:
        yield store
