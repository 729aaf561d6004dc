"""The state of sources survives a restart, and of two claims of a source one succeeds."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from bot.ports import DatabaseName, SourceState
from store import Store, open_store
from tests.support.drafts import NOW, clock

HOUR = timedelta(hours=1)
FEED = SourceState(
    name="https://news.example/feed",
    etag='"wool"',
    last_modified="Mon, 24 Jun 2019 10:00:00 GMT",
    content_hash="ab12",
    tried=NOW,
    succeeded=NOW - HOUR,
    failures=2,
    problem="It answered 500.",
    due=NOW + HOUR,
)


async def test_a_sources_state_survives_closing_the_database(database: DatabaseName) -> None:
    async with open_store(database, clock=clock) as store:
        await store.sources.put(replace(FEED, failures=1))
        await store.sources.put(FEED)
    async with open_store(database, clock=clock, readonly=True) as store:
        assert await store.sources.state(FEED.name) == FEED
        assert await store.sources.state("https://news.example/other") is None


async def test_a_new_source_is_claimed_with_nothing_known_of_it(store: Store) -> None:
    claimed = await store.sources.claim("new", NOW, NOW + HOUR)
    assert claimed == SourceState(name="new", due=NOW + HOUR)


async def test_only_what_is_due_can_be_claimed_and_then_not_again(store: Store) -> None:
    await store.sources.put(FEED)
    assert await store.sources.claim(FEED.name, NOW, NOW + HOUR) is None
    then = FEED.due
    assert await store.sources.claim(FEED.name, then, then + HOUR) == replace(FEED, due=then + HOUR)
    assert await store.sources.claim(FEED.name, then, then + HOUR) is None


async def test_with_force_a_source_is_claimed_before_it_is_due(store: Store) -> None:
    await store.sources.put(FEED)
    forced = await store.sources.claim(FEED.name, NOW, NOW + 2 * HOUR, force=True)
    assert forced == replace(FEED, due=NOW + 2 * HOUR)


async def test_of_many_who_claim_at_once_one_gets_it(database: DatabaseName) -> None:
    async with open_store(database, clock=clock) as one, open_store(database, clock=clock) as other:
        claims = [store.sources.claim("a", NOW, NOW + HOUR) for store in (one, other) for _ in range(10)]
        got = await asyncio.gather(*claims)
    assert sum(state is not None for state in got) == 1
