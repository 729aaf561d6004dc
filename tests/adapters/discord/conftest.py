"""A small library, and our real client in a simulated Discord."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from simcord import Env

from bot.ports import LinkedReplies, PreferenceStore
from store import Store, open_store
from tests.adapters.discord.openapi import check_requests
from tests.adapters.discord.world import NOW, Bench, World, undisturbed
from tests.support.fakes import MemoryFinder, MemoryLibrary
from tests.support.three_issues import newsletters


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    undisturbed(monkeypatch)


@pytest.fixture
def library() -> MemoryLibrary:
    return newsletters()


@pytest.fixture
def finder(library: MemoryLibrary) -> MemoryFinder:
    return MemoryFinder(library.summaries)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with open_store(tmp_path / "anbot.db", clock=lambda: NOW) as store:
        yield store


@pytest.fixture
def preferences(store: Store) -> PreferenceStore:
    return store.preferences


@pytest.fixture
def linked_replies(store: Store) -> LinkedReplies:
    return store.linked_replies


@pytest.fixture
def bench(library: MemoryLibrary, finder: MemoryFinder, store: Store) -> Bench:
    return Bench(library=library, finder=finder, store=store)


@pytest.fixture
async def env(bench: Bench) -> AsyncIterator[Env]:
    env = Env(bench.client())
    await env.start()
    try:
        yield env
        check_requests(env)
    finally:
        await env.shutdown()


@pytest.fixture
def world(env: Env) -> World:
    return World.in_(env)
