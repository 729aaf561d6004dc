"""Which servers let the bot in: each by itself, and none after it has left."""

from datetime import UTC, datetime

from bot.model.places import Place, Preferences
from store import open_store

NOW = datetime(2026, 1, 12, tzinfo=UTC)
HERE = Place(platform="slack", server="T1", channel="C1")
THERE = Place(platform="slack", server="T2", channel="C1")


def clock() -> datetime:
    return NOW


async def test_each_server_has_its_own_credentials_and_the_last_count() -> None:
    async with open_store(":memory:", clock=clock) as store:
        installations = store.installations
        for server, what in (("T1", "one"), ("T2", "two"), ("T1", "three")):
            await installations.put("slack", server, what)
        assert [await installations.of("slack", server) for server in ("T1", "T2", "T3")] == [
            "three",
            "two",
            None,
        ]
        assert await installations.of("discord", "T1") is None


async def test_dropping_a_server_deletes_all_of_it_and_nothing_else() -> None:
    async with open_store(":memory:", clock=clock) as store:
        for place in (HERE, THERE):
            await store.installations.put("slack", place.server, "credentials")
            await store.preferences.put(place, Preferences(linking=True))
        await store.forgetting.server("slack", "T1")
        assert await store.installations.of("slack", "T1") is None
        assert await store.installations.of("slack", "T2") == "credentials"
        assert await store.preferences.of(HERE) == Preferences()
        assert await store.preferences.of(THERE) == Preferences(linking=True)


async def test_linking_channels_are_those_that_have_it_on_themselves() -> None:
    async with open_store(":memory:", clock=clock) as store:
        await store.preferences.put(HERE, Preferences(linking=True))
        await store.preferences.put(THERE, Preferences(linking=False))
        await store.preferences.put(Place(platform="slack", server="T1"), Preferences(linking=True))
        assert await store.preferences.linking_channels("slack", "T1") == ["C1"]
        assert await store.preferences.linking_channels("slack", "T2") == []
