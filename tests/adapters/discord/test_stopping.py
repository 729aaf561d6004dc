"""SIGTERM ends the real process in seconds, whatever it waits for."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.adapters.discord.process_scene import Scene, process_scene
from tests.stand_ins.discord import ManualClock, Slow, StandIn, TooMany
from tests.support import web
from tests.support.processes import running

_SOON = 20.0
"""Seconds, for a busy machine; waiting out discord.py's pause took minutes. `tests.bench.stopping` measures."""


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    async with process_scene(tmp_path) as made:
        yield made


@pytest.mark.slow
async def test_a_source_that_never_answers_does_not_keep_it_from_stopping(scene: Scene) -> None:
    never = asyncio.Event()
    async with web.serving() as site:
        site.at["/feed"] = web.stalling(never)
        polled = {"ANBOT_SOURCES": site.url("/feed"), "ANBOT_ALLOW_PRIVATE": "1"}
        async with scene.process(**polled) as process:
            await process.says("ready discord")
            await site.changes.until(lambda: site.asked)
            assert await process.terminated() == 0
        never.set()
    assert "Traceback" not in "".join(process.lines)


@pytest.mark.slow
async def test_it_stops_while_discord_is_away(tmp_path: Path) -> None:
    async with StandIn(clock=ManualClock()) as discord:
        discord.limits.window_scale = 0
        app = discord.build.application("an")
        discord.build.guild("readers", apps=[app])
        environment = {
            "ANBOT_DB": str(tmp_path / "an.db"),
            "DISCORD_TOKEN": app.token,
            "DISCORD_API_URL": discord.api_url,
        }
        starting = running(**environment)
        process = await starting.__aenter__()
        await process.says("ready discord")
    try:
        for _ in range(4):  # each pause is longer than the one before
            await process.says("Attempting a reconnect")
            process.lines.clear()
        async with asyncio.timeout(_SOON):
            assert await process.terminated() == 0
    finally:
        await starting.__aexit__(None, None, None)


@pytest.mark.slow
@pytest.mark.parametrize(
    "fault", [Slow(until=asyncio.Event()), TooMany(retry_after=600)], ids=["hanging", "told to wait"]
)
async def test_it_stops_while_a_request_waits(scene: Scene, fault: Slow | TooMany) -> None:
    async with scene.process() as process:
        await process.says("ready discord")
        scene.discord.faults.add(fault, method="POST", times=None)
        used = await scene.alice.slash("an", {"issue": "58"}, channel=scene.channel)
        await scene.discord.until(lambda: [each for each in scene.discord.journal if each.method == "POST"])
        assert await process.terminated() == 0  # else it would wait longer than a test may take
        del used
