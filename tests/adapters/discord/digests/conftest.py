"""A Discord over real HTTP, in which the bot runs."""

from collections.abc import AsyncIterator

import pytest

from tests.adapters.discord.digests.scene import DigestScene, issue
from tests.adapters.discord.openapi import checked_stand_in
from tests.adapters.discord.world import NOW, Bench
from tests.stand_ins.discord import ManualClock
from tests.support.fakes import MemoryLibrary


@pytest.fixture
def only_old() -> MemoryLibrary:
    """A library with one issue."""
    return MemoryLibrary(issues=[issue(99)])


@pytest.fixture
async def scene(bench: Bench, only_old: MemoryLibrary) -> AsyncIterator[DigestScene]:
    clock = ManualClock(NOW.timestamp())
    bench.library = only_old
    async with checked_stand_in(clock) as discord:
        app = discord.build.application("an")
        guild = discord.build.guild("readers", apps=[app])
        scene = DigestScene(
            stand_in=discord,
            clock=clock,
            app=app,
            guild=guild,
            channel=discord.build.channel(guild, "papers"),
            ada=discord.person("ada", guild),
            bench=bench,
            library=only_old,
        )
        yield scene


@pytest.fixture
async def running(scene: DigestScene) -> AsyncIterator[DigestScene]:
    async with scene.running():
        yield scene
