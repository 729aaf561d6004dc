"""Where tests of linking begin."""

from collections.abc import AsyncIterator

import pytest

from bot.model.places import Preferences
from store import open_store
from tests.bot.linking.discussion import HERE, START, Talk


@pytest.fixture
async def talk() -> AsyncIterator[Talk]:
    async with open_store(":memory:", clock=lambda: START) as store:
        await store.preferences.put(HERE, Preferences(linking=True))
        yield Talk(store)
