"""A server or a person that is forgotten leaves no row behind, and takes nothing of another along."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.model.digests import Delivery, DigestOptions, Subscription, delivery_id
from bot.model.places import Place, Preferences
from bot.ports import DatabaseName, SentReply
from store import Store, open_store
from store.migrations import TABLES
from tests.support.leases import acquired

NOW = datetime(2026, 1, 12, tzinfo=UTC)
HERE = Place(platform="discord", server="900001", channel="900002")
THERE = Place(platform="discord", server="800001", channel="800002")
ADA, BOB = "700001", "700002"


async def live(store: Store, place: Place, by: str, name: str) -> None:
    """Everything that a server can leave behind."""
    digest = Subscription(id=f"s{place.server}", place=place, options=DigestOptions(), by=by, by_name=name)
    assert await store.subscriptions.add(digest)
    part = Delivery(
        id=delivery_id(digest.id, 1, 1),
        subscription=digest.id,
        place=place,
        digest=1,
        part=1,
        parts=1,
        payload="{}",
        planned=NOW,
    )
    fence = await acquired(store.lease, "discord", "one", NOW, NOW + timedelta(minutes=1)) or 0
    assert await store.outbox.plan(replace(digest, digests=1), [part], fence)
    await store.preferences.put(place, Preferences(linking=True))
    await store.installations.put("discord", place.server, "token")
    await store.linked_replies.put(place, "1", SentReply(id="2", names=frozenset({"x"}), text_hash="h"))
    await store.linked_replies.claim(place, "1", ["x"], NOW, NOW - timedelta(minutes=30))
    await store.linked_replies.set_opted_out("discord", by, opted_out=True)
    await store.memo.remember(f"discord.timezone.{place.server}", "Europe/London")
    await store.forgetting.left("discord", place.server, NOW)


@pytest.fixture
async def lived(database: DatabaseName) -> AsyncIterator[Store]:
    async with open_store(database, clock=lambda: NOW) as store:
        await live(store, HERE, ADA, "Ada Lovelace")
        await live(store, THERE, BOB, "Bob Builder")
        yield store


async def texts(store: Store) -> str:
    """All values of all rows."""
    rows = [await store.connection.execute_fetchall(f"SELECT * FROM {name}") for name in TABLES]  # noqa: S608 - names of ours
    return repr(rows)


async def test_of_a_server_no_row_is_left_and_all_of_another(lived: Store) -> None:
    assert await lived.forgetting.server("slack", HERE.server) == 0
    before = await texts(lived)
    assert await lived.forgetting.server("discord", HERE.server) == 8
    after = await texts(lived)
    assert HERE.server not in after
    assert after.count(THERE.server) == before.count(THERE.server) > 7
    assert await lived.forgetting.servers("discord") == [THERE.server]


async def test_of_a_person_no_id_and_no_name_is_left_and_their_digest_goes_on(lived: Store) -> None:
    assert await lived.forgetting.person("discord", ADA) == 2
    after = await texts(lived)
    assert ADA not in after
    assert "Ada" not in after
    assert BOB in after
    assert len(await lived.subscriptions.of(HERE)) == 1


async def test_a_server_that_was_left_long_ago_is_told_unless_it_came_back(lived: Store) -> None:
    week = timedelta(days=7)
    await lived.forgetting.left("discord", HERE.server, NOW + week)  # noted before: the first time counts
    assert await lived.forgetting.left_before("discord", NOW - timedelta(seconds=1)) == []
    assert await lived.forgetting.left_before("discord", NOW) == [THERE.server, HERE.server]
    await lived.forgetting.returned("discord", HERE.server)
    assert await lived.forgetting.left_before("discord", NOW + week) == [THERE.server]
