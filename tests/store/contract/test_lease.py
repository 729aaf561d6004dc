"""Processes share a platform: each has its part of the shards, and none is held by two."""

from datetime import timedelta

import pytest

from bot.model.shards import Share, Worker
from bot.ports import DatabaseName
from store import Store
from tests.support.drafts import NOW
from tests.support.leases import passed, released

SPAN = timedelta(seconds=30)


async def renewed(  # noqa: PLR0913 - as a worker has it
    store: Store,
    name: str,
    shards: int = 4,
    *,
    serving: frozenset[int] | None = None,
    leaving: bool = False,
    later: int = 0,
) -> Share:
    now = NOW + timedelta(seconds=later)
    worker = Worker(platform="discord", name=name, shards=shards, serving=serving, leaving=leaving)
    return await store.lease.share(worker, now, now + SPAN)


async def test_the_first_has_all_and_a_second_gets_its_part_of_them(store: Store) -> None:
    alone = await renewed(store, "one")
    assert (set(alone.fences), alone.offered) == ({0, 1, 2, 3}, frozenset())
    assert (await renewed(store, "two")).fences == {}, "nothing is taken from anybody"
    offering = await renewed(store, "one")
    assert (set(offering.fences), set(offering.offered)) == ({0, 1, 2, 3}, {2, 3})
    second = await renewed(store, "two", serving=frozenset())
    assert set(second.fences) == {2, 3}
    assert min(second.fences.values()) > max(alone.fences.values()), "each has a new fence"
    first = await renewed(store, "one")
    assert (set(first.fences), set(first.offered), set(first.coming)) == ({0, 1}, set(), {2, 3})
    await renewed(store, "two", serving=frozenset({2}))
    assert (await renewed(store, "one")).coming == {3}


@pytest.mark.parametrize(("shards", "shared"), [(16, [5, 5, 6]), (4, [1, 1, 2]), (2, [0, 1, 1])])
async def test_no_shard_is_held_by_two_and_three_have_all_in_even_shares(
    store: Store, shards: int, shared: list[int]
) -> None:
    for _ in range(3):
        shares = [await renewed(store, each, shards) for each in ("one", "two", "three")]
    numbers = [shard for share in shares for shard in share.fences]
    assert sorted(numbers) == list(range(shards))
    assert sorted(len(share.fences) for share in shares) == shared


async def test_what_the_dead_held_is_taken_when_their_leases_end(
    store: Store, database: DatabaseName
) -> None:
    dead = await renewed(store, "one")
    assert (await renewed(store, "two", later=20)).fences == {}
    await passed(database, store, 31)
    taken = await renewed(store, "two", later=31)
    assert set(taken.fences) == {0, 1, 2, 3}
    late = await renewed(store, "one", later=32)
    assert late.fences == {}, "who wakes up late has lost them"
    assert not set(dead.fences.values()) & set(taken.fences.values())


async def test_who_leaves_keeps_what_it_has_until_another_serves_it(store: Store) -> None:
    await renewed(store, "one", 2)
    await renewed(store, "two", 2)
    leaving = await renewed(store, "one", 2, leaving=True)
    assert (set(leaving.fences), set(leaving.offered)) == ({0, 1}, {0, 1})
    assert set((await renewed(store, "two", 2, serving=frozenset())).fences) == {0, 1}
    assert (await renewed(store, "one", 2, leaving=True)).coming == {0, 1}
    await renewed(store, "two", 2, serving=frozenset({0, 1}))
    gone = await renewed(store, "one", 2, leaving=True)
    assert (gone.fences, gone.coming) == ({}, frozenset())


async def test_the_last_one_keeps_nothing_and_leaves_it_to_the_next(store: Store) -> None:
    await renewed(store, "one")
    assert (await renewed(store, "one", leaving=True)).fences == {}
    assert set((await renewed(store, "two")).fences) == {0, 1, 2, 3}


async def test_all_go_by_the_number_of_shards_of_the_first(store: Store, database: DatabaseName) -> None:
    await renewed(store, "one", 2)
    assert (await renewed(store, "two", 3)).shards == 2
    await released(store.lease, "discord", "one")
    await passed(database, store, 31)
    assert set((await renewed(store, "three", 3, later=31)).fences) == {0, 1, 2}


async def test_each_platform_is_shared_by_itself(store: Store) -> None:
    await renewed(store, "one")
    share = await store.lease.share(Worker(platform="slack", name="two", shards=2), NOW, NOW + SPAN)
    assert set(share.fences) == {0, 1}
