"""The scene of most tests, checked against Discord's own document where that is at hand."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from tests.stand_ins.discord import ManualClock, StandIn
from tests.stand_ins.discord.openapi import at_hand
from tests.stand_ins.discord.scene import Scene
from tests.support.archive import SHARED

DOCUMENT = SHARED / "specs" / "discord-openapi.json"
CHECKED = at_hand(DOCUMENT)


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    """Whatever a test does with it, our answers must fit Discord's own document, where it is at hand."""
    clock = ManualClock()
    async with StandIn(clock=clock, openapi=CHECKED) as discord, aiohttp.ClientSession() as session:
        discord.limits.window_scale = 0  # those who test limits set it
        app = discord.build.application("an")
        guild = discord.build.guild("readers", apps=[app])
        yield Scene(
            discord=discord,
            clock=clock,
            app=app,
            guild=guild,
            general=discord.build.channel(guild, "general"),
            alice=discord.person("alice", guild),
            session=session,
        )
        assert not discord.checked or discord.openapi.of("answer") == []
