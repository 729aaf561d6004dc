"""Preferences of a channel come before those of its server, and outlive a restart."""

import pytest

from bot.errors import StoreError
from bot.model.places import Length, Place, Preferences
from bot.ports import DatabaseName
from store import Store, open_store
from tests.support.drafts import clock

SERVER = Place(platform="discord", server="1")
CHANNEL = Place(platform="discord", server="1", channel="10")
OTHER = Place(platform="discord", server="1", channel="11")


async def test_a_place_without_preferences_leaves_all_open(store: Store) -> None:
    assert await store.preferences.of(CHANNEL) == Preferences()


async def test_a_servers_preferences_count_in_its_channels_and_nowhere_else(store: Store) -> None:
    await store.preferences.put(SERVER, Preferences(private=True, length=Length.SHORT))
    assert await store.preferences.of(CHANNEL) == Preferences(private=True, length=Length.SHORT)
    for elsewhere in (Place(platform="slack", server="1"), Place(platform="discord", server="2")):
        assert await store.preferences.of(elsewhere) == Preferences()


async def test_a_channels_preferences_come_before_its_servers(store: Store) -> None:
    await store.preferences.put(SERVER, Preferences(private=True, length=Length.SHORT))
    await store.preferences.put(CHANNEL, Preferences(private=False))
    assert await store.preferences.of(CHANNEL) == Preferences(private=False, length=Length.SHORT)
    assert await store.preferences.of(OTHER) == Preferences(private=True, length=Length.SHORT)


async def test_public_channels_are_named_as_their_platform_names_them(store: Store) -> None:
    for channel, name in (("10", "True"), ("11", "Lesekreis-Ü"), ("12", "")):
        place = Place(platform="discord", server="1", channel=channel)
        await store.preferences.put(place, Preferences(channel_name=name))
        assert (await store.preferences.of(place)).channel_name == name
    await store.preferences.put(OTHER, Preferences(linking=True))
    assert await store.preferences.public_channels("discord", "1") == {"10": "True", "11": "Lesekreis-Ü"}
    assert await store.preferences.public_channels("discord", "2") == {}
    assert await store.preferences.linking_channels("discord", "1") == ["11"]


async def test_setting_one_preference_leaves_the_others(store: Store) -> None:
    await store.preferences.put(SERVER, Preferences(private=True))
    await store.preferences.put(SERVER, Preferences(length=Length.LONG))
    await store.preferences.put(SERVER, Preferences(private=False, linking=True))
    expected = Preferences(private=False, linking=True, length=Length.LONG)
    assert await store.preferences.of(SERVER) == expected


async def test_forgetting_leaves_other_places_alone(store: Store) -> None:
    await store.preferences.put(SERVER, Preferences(private=True))
    await store.preferences.put(CHANNEL, Preferences(private=False))
    await store.preferences.forget(CHANNEL)
    assert await store.preferences.of(CHANNEL) == Preferences(private=True)


async def test_all_of_it_survives_closing_the_database(database: DatabaseName) -> None:
    async with open_store(database, clock=clock) as store:
        await store.preferences.put(CHANNEL, Preferences(linking=False))
        await store.memo.remember("commands", "one")
        await store.memo.remember("commands", "two")
    async with open_store(database, clock=clock, readonly=True) as store:
        assert await store.preferences.of(CHANNEL) == Preferences(linking=False)
        assert await store.memo.recall("commands") == "two"
        assert await store.memo.recall("other") is None


async def test_a_database_opened_for_reading_cannot_remember(database: DatabaseName) -> None:
    async with open_store(database, clock=clock):
        pass
    async with open_store(database, clock=clock, readonly=True) as store:
        with pytest.raises(StoreError, match="read-only"):
            await store.memo.remember("a", "b")


async def test_damage_is_reported_as_such(database: DatabaseName) -> None:
    async with open_store(database, clock=clock) as store:
        await store.preferences.put(SERVER, Preferences(length=Length.LONG))
        await store.connection.execute_fetchall("UPDATE preference SET value = 'endless'")
    async with open_store(database, clock=clock) as store:
        with pytest.raises(StoreError, match="damaged"):
            await store.preferences.of(SERVER)
