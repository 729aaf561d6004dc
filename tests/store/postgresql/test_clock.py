"""Workers whose clocks are hours apart hold a lease one after the other."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.ports import DatabaseAddress
from store import open_store
from tests.support.drafts import NOW, clock
from tests.support.leases import acquired, released

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("hours", [-20, 20])
async def test_a_worker_goes_by_the_clock_of_the_server(database: DatabaseAddress, hours: int) -> None:
    def wrong() -> datetime:
        return datetime.now(UTC) + timedelta(hours=hours)

    async with open_store(database, clock=wrong) as store:
        assert abs(store.clock() - datetime.now(UTC)) < timedelta(hours=1)


@pytest.mark.parametrize("hours", [-20, 20])
async def test_a_clock_that_is_hours_off_takes_no_lease_away(database: DatabaseAddress, hours: int) -> None:
    span, there = timedelta(seconds=30), NOW + timedelta(hours=hours)
    async with open_store(database, clock=clock) as one, open_store(database, clock=clock) as other:
        fence = await acquired(one.lease, "discord", "one", NOW, NOW + span)
        assert await acquired(other.lease, "discord", "other", there, there + span) is None
        assert await acquired(one.lease, "discord", "one", NOW, NOW + span) == fence
        await released(one.lease, "discord", "one")
        assert await acquired(other.lease, "discord", "other", there, there + span) == (fence or 0) + 1
        assert await acquired(one.lease, "discord", "one", NOW, NOW + span) is None
