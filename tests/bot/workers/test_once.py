"""Of two processes that hear Share, one shares; while the database is away, each decides alone."""

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import pytest

from bot.errors import StoreAway
from bot.workers.once import Once
from store import Store, open_store
from tests.support.drafts import clock


@pytest.fixture
async def stores(tmp_path: Path) -> AsyncIterator[tuple[Store, Store]]:
    file = tmp_path / "an.db"
    async with open_store(file, clock=clock) as one, open_store(file, clock=clock) as other:
        yield one, other


async def test_it_is_shared_once_until_the_card_is_turned_to_again(stores: tuple[Store, Store]) -> None:
    one, other = (Once(store.claims, clock) for store in stores)
    assert [await each.begin("share 1") for each in (one, other, one, other)] == [True, False, False, False]
    assert await other.begin("share 2")
    await one.undo("share 1")
    await other.undo("share 1")
    assert [await each.begin("share 1") for each in (other, one)] == [True, False]


class Away:
    """Claims while the database cannot be reached."""

    async def take(self, name: str, now: datetime, until: datetime) -> bool:
        raise StoreAway(f"{name} {now} {until}")

    async def release(self, name: str) -> None:
        raise AssertionError(name)


async def test_turning_a_card_that_nobody_shared_asks_no_database() -> None:
    await Once(Away(), clock).undo("share 1")


async def test_while_the_database_is_away_it_is_shared_all_the_same() -> None:
    sharing = Once(Away(), clock)
    assert await sharing.begin("share 1")
    assert not await sharing.begin("share 1")
