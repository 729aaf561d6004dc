"""A process of its own meets the stand-in as it would meet Discord, and may die at any moment."""

import asyncio
import sys
from pathlib import Path

import pytest

from tests.stand_ins.discord import Slow, StandIn

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[3]


async def test_a_process_killed_while_it_waits_for_the_answer_has_sent_once() -> None:
    async with StandIn() as discord:
        app = discord.build.application()
        general = discord.build.channel(discord.build.guild(apps=[app]))
        sending = (sys.executable, "-m", "tests.stand_ins.discord.sender")
        arguments = (discord.api_url, app.token, general.id, "digest-1")

        answering = asyncio.Event()
        discord.faults.add(Slow(until=answering, taken=True), method="POST", path="/channels/*/messages")
        first = await asyncio.create_subprocess_exec(*sending, *arguments, cwd=ROOT)
        await discord.until(lambda: discord.messages(general), what="the message")
        first.kill()
        await first.wait()
        answering.set()

        second = await asyncio.create_subprocess_exec(*sending, *arguments, cwd=ROOT)
        assert await second.wait() == 0
        assert len(discord.messages(general)) == 1
        assert len(discord.journal.of("POST", "/channels/*/messages")) == 2
