"""A place where nothing is subscribed to yet."""

from collections.abc import AsyncIterator

import pytest

from tests.bot.digests.scene import Scene, scene


@pytest.fixture
async def place() -> AsyncIterator[Scene]:
    async with scene() as made:
        yield made
