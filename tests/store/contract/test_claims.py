"""A claim is granted once, and again after it was given up or has ended."""

import asyncio
from datetime import timedelta

from bot.ports import DatabaseName
from store import Store, open_store
from tests.support.drafts import NOW, clock

UNTIL = NOW + timedelta(minutes=10)


async def test_of_many_who_claim_a_name_one_gets_it(database: DatabaseName) -> None:
    async with open_store(database, clock=clock) as one, open_store(database, clock=clock) as other:
        claims = [store.claims.take("a", NOW, UNTIL) for store in (one, other) for _ in range(10)]
        assert sorted(await asyncio.gather(*claims)) == [False] * 19 + [True]


async def test_a_claim_that_was_given_up_may_be_taken_again(store: Store) -> None:
    assert await store.claims.take("a", NOW, UNTIL)
    assert not await store.claims.take("a", NOW, UNTIL)
    await store.claims.release("a")
    assert await store.claims.take("a", NOW, UNTIL)


async def test_what_is_too_old_is_forgotten(store: Store) -> None:
    assert await store.claims.take("a", NOW, UNTIL)
    later = UNTIL + timedelta(seconds=1)
    assert await store.claims.take("b", later, later)
    assert [*await store.connection.execute_fetchall("SELECT name FROM claim")] == [("b",)]
