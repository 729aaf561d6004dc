"""Linked replies survive a restart, and are deleted once nobody needs them."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.model.places import Place
from bot.ports import DatabaseName, SentReply
from store import Store, linked_replies, open_store
from store.queries import select
from tests.support.drafts import clock

HERE = Place(platform="discord", server="1", channel="10")
THERE = Place(platform="discord", server="1", channel="11")
NOW = datetime(2026, 1, 12, tzinfo=UTC)
HALF_AN_HOUR = timedelta(minutes=30)


def reply(name: str = "7", *names: str) -> SentReply:
    return SentReply(id=name, names=frozenset(names), text_hash="hash")


async def claimed(
    store: Store, place: Place, *names: str, now: datetime = NOW, message: str = "5"
) -> set[str]:
    return set(await store.linked_replies.claim(place, message, names, now, now - HALF_AN_HOUR))


async def test_a_reply_is_kept_for_its_message_alone_over_a_restart(database: DatabaseName) -> None:
    async with open_store(database, clock=clock) as store:
        await store.linked_replies.put(HERE, "5", reply("7", "58-a", "AN #58"))
    async with open_store(database, clock=clock) as store:
        assert await store.linked_replies.reply(HERE, "5") == reply("7", "58-a", "AN #58")
        assert await store.linked_replies.reply(HERE, "6") is None
        assert await store.linked_replies.reply(THERE, "5") is None


async def test_a_later_reply_replaces_the_earlier_one_until_it_is_dropped(store: Store) -> None:
    await store.linked_replies.put(HERE, "5", reply("7", "a"))
    await store.linked_replies.put(HERE, "6", reply("9"))
    await store.linked_replies.put(HERE, "5", reply("8"))
    assert await store.linked_replies.reply(HERE, "5") == reply("8")
    await store.linked_replies.drop(HERE, "5")
    assert await store.linked_replies.reply(HERE, "5") is None
    assert await store.linked_replies.reply(HERE, "6") == reply("9")


async def test_the_oldest_of_very_many_replies_are_deleted(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(linked_replies, "MOST_REPLIES", 3)
    for message in "abcde":
        await store.linked_replies.put(HERE, message, reply())
    await claimed(store, HERE, "x")
    assert [bool(await store.linked_replies.reply(HERE, message)) for message in "abcde"] == [
        False, False, True, True, True,
    ]  # fmt: skip


async def test_a_claimed_name_is_not_granted_again_for_half_an_hour(database: DatabaseName) -> None:
    async with open_store(database, clock=clock) as store:
        assert await claimed(store, HERE, "x", "y") == {"x", "y"}
    async with open_store(database, clock=clock) as store:
        assert await claimed(store, HERE, "x", "z", now=NOW + timedelta(minutes=29)) == {"z"}
        assert await claimed(store, THERE, "x") == {"x"}
        assert await claimed(store, HERE, "x", now=NOW + HALF_AN_HOUR) == {"x"}


async def test_a_process_whose_clock_is_a_little_behind_is_granted_nothing_twice(
    database: DatabaseName,
) -> None:
    async with open_store(database, clock=clock) as store, open_store(database, clock=clock) as other:
        assert await claimed(store, HERE, "x") == {"x"}
        assert await claimed(other, HERE, "x", now=NOW - timedelta(seconds=1)) == set()


async def test_names_shown_since_a_moment_are_listed(store: Store) -> None:
    await claimed(store, HERE, "x", "y")
    assert await store.linked_replies.shown(HERE, ["x", "z"], NOW - timedelta(seconds=1)) == {"x"}
    assert await store.linked_replies.shown(HERE, ["x"], NOW) == set()
    assert await store.linked_replies.shown(THERE, ["x"], NOW - timedelta(seconds=1)) == set()


async def test_a_released_name_may_be_claimed_again(store: Store) -> None:
    await claimed(store, HERE, "x", "y")
    await store.linked_replies.release(HERE, "5", ["x", "other"])
    assert await claimed(store, HERE, "x", "y") == {"x"}


async def test_a_name_that_another_message_shows_by_now_is_not_released(store: Store) -> None:
    await claimed(store, HERE, "x")
    later = NOW + HALF_AN_HOUR
    assert await claimed(store, HERE, "x", now=later, message="6") == {"x"}
    await store.linked_replies.release(HERE, "5", ["x"])
    assert await claimed(store, HERE, "x", now=later) == set()
    await store.linked_replies.release(HERE, "6", ["x"])
    assert await claimed(store, HERE, "x", now=later) == {"x"}


async def test_a_name_that_may_be_shown_again_is_deleted(store: Store) -> None:
    for minute in range(100):
        await claimed(store, HERE, str(minute), now=NOW + timedelta(minutes=minute))
        assert len(await select(store.connection, "SELECT name FROM shown")) <= 60


async def test_opting_out_counts_on_that_platform_alone(database: DatabaseName) -> None:
    async with open_store(database, clock=clock) as store:
        await store.linked_replies.set_opted_out("discord", "1", opted_out=True)
        await store.linked_replies.set_opted_out("discord", "1", opted_out=True)
    async with open_store(database, clock=clock) as store:
        assert await store.linked_replies.opted_out("discord", "1")
        assert not await store.linked_replies.opted_out("slack", "1")
        assert not await store.linked_replies.opted_out("discord", "2")
        await store.linked_replies.set_opted_out("discord", "1", opted_out=False)
        assert not await store.linked_replies.opted_out("discord", "1")


async def test_a_server_that_removed_the_bot_leaves_nothing_behind(store: Store) -> None:
    await store.linked_replies.put(HERE, "5", reply())
    await claimed(store, HERE, "x")
    await store.forgetting.server("discord", "1")
    assert await store.linked_replies.reply(HERE, "5") is None
    assert await claimed(store, HERE, "x") == {"x"}
