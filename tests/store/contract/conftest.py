"""An empty database of each engine: a store keeps what it promises over both."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.ports import DatabaseName
from store import Store, open_store
from tests.store.plans import explained
from tests.support.drafts import clock
from tests.support.postgresql import Server


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> DatabaseName:
    if request.param == "sqlite":
        return tmp_path / "anbot.db"
    server: Server = request.getfixturevalue("server")
    return server.database()


@pytest.fixture
async def store(database: DatabaseName) -> AsyncIterator[Store]:
    async with open_store(database, clock=clock) as store:
        yield store


@pytest.fixture(autouse=True)
def plans(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No statement reads a large table from end to end."""
    with explained(monkeypatch):
        yield
