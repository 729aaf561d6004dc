"""A server that removed the bot is forgotten after a week, not before, and not if it came back."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.discord.departures import GRACE, Departures
from bot.model.places import Place, Preferences
from bot.runtime.clock import Clock
from store import Store, open_store
from tests.support.drafts import NOW

HERE = Place(platform="discord", server="1")
HOUR = timedelta(hours=1)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with open_store(tmp_path / "an.db", clock=lambda: NOW) as opened:
        await opened.preferences.put(HERE, Preferences(private=True))
        yield opened


def departures(store: Store, *servers: str) -> Departures:
    return Departures(store.forgetting, Clock(read=lambda: NOW), lambda: servers)


async def test_it_is_forgotten_a_week_after_it_was_first_missed(store: Store) -> None:
    await departures(store).look(NOW)
    await departures(store).look(NOW + GRACE - HOUR)
    assert await store.preferences.of(HERE) == Preferences(private=True)
    await departures(store).look(NOW + GRACE)
    assert await store.forgetting.servers("discord") == []


async def test_if_the_bot_was_invited_again_nothing_is_forgotten(store: Store) -> None:
    await departures(store).look(NOW)
    await departures(store, "1").look(NOW + HOUR)
    await departures(store).look(NOW + GRACE)
    assert await store.preferences.of(HERE) == Preferences(private=True)
