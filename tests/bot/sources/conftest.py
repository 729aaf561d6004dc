"""A poller over an empty database and a web server."""

from collections.abc import AsyncIterator

import pytest

from store import Store
from tests.bot.sources.polling import Polled
from tests.support import web


@pytest.fixture(name="polled")
async def _polled(store: Store) -> AsyncIterator[Polled]:
    async with web.serving() as site:
        yield Polled(store, site)
