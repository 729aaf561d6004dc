"""Several real processes share a Discord: each shard is served by one, and somebody always serves it."""

import asyncio
import re
import signal
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.adapters.discord.process_scene import Scene, process_scene
from tests.stand_ins.common.patience import HANG
from tests.stand_ins.discord import Channel, Interaction, Person, Slow, StandIn
from tests.stand_ins.discord.snowflakes import shard_of
from tests.support.postgresql import Server, name_of
from tests.support.processes import Process, running

pytestmark = pytest.mark.slow

SHARDS = 2
_IN_SECONDS = """
import sys, bot.workers.shards
bot.workers.shards.LEASE = 8.0
import adapters.discord.gateway as gateway
gateway.BEAT = 2.0
from bot.__main__ import main
sys.argv = ["anbot", "run"]
main()
"""
"""`anbot run` with leases that end in seconds."""
_WHEN_LET = _IN_SECONDS.replace("from bot", "gateway.IDENTIFYING *= 1000\nfrom bot")
"""The same, and a session begins only once the test takes away what the one before has claimed."""
_NEVER_READY = _WHEN_LET.replace(
    "main()", "gateway.Client.wait_until_ready = lambda self: gateway.asyncio.Event().wait()\nmain()"
)
"""The same, whose sessions begin and are not told of all their servers."""
_LET = "DELETE FROM claim WHERE name = 'discord session {group}'"


@dataclass
class Workers:
    """A server on each shard, each with a channel and somebody who asks."""

    scene: Scene
    database: str
    environment: dict[str, str]
    asking: Sequence[tuple[Person, Channel]]

    @property
    def discord(self) -> StandIn:
        return self.scene.discord

    def started(self, program: str = _IN_SECONDS) -> AbstractAsyncContextManager[Process]:
        return running("-c", program, **self.environment)

    async def connected(self, *shards: int) -> None:
        """Wait until these shards have one session each."""

        def there() -> bool:
            return [each.shard[0] for each in self.discord.gateway.connected()] == sorted(shards)

        await self.discord.world.changes.until(there, what=f"sessions of {shards}")

    async def ask(self) -> list[Interaction]:
        """Somebody asks on each server."""
        return [await person.slash("an", {"issue": "58"}, channel=channel) for person, channel in self.asking]

    async def all_are_answered_once(self, asked: Sequence[Interaction]) -> None:
        for each in asked:
            assert (await each.answer()).embeds
        answers = [each.path for each in self.discord.journal if each.path.endswith("/callback")]
        assert sorted(path.split("/")[2] for path in answers) == sorted(each.id for each in asked)


@pytest.fixture
async def workers(tmp_path: Path, server: Server) -> AsyncIterator[Workers]:
    async with process_scene(tmp_path) as scene:
        scene.discord.gateway.shards = SHARDS
        asking: dict[int, tuple[Person, Channel]] = {}
        while len(asking) < SHARDS:
            guild = scene.discord.build.guild("more", apps=[scene.app])
            person = scene.discord.person(f"reader-{guild.id}", guild)
            asking[shard_of(guild.id, SHARDS)] = person, scene.discord.build.channel(guild, "papers")
        database = server.database()
        environment = {
            "ANBOT_DB": database.text,
            "DISCORD_TOKEN": scene.app.token,
            "DISCORD_API_URL": scene.discord.api_url,
        }
        yield Workers(scene, name_of(database), environment, list(asking.values()))


async def serves(process: Process, *shards: int) -> None:
    for shard in shards:
        await process.says(f"this process serves shard {shard} of {SHARDS} on discord")


def served(process: Process) -> set[int]:
    """The shards that it serves, by its log so far."""
    shards: set[int] = set()
    for line in process.lines:
        if found := re.search(r"this process serves shard (\d+) (of|on)", line):
            (shards.add if found[2] == "of" else shards.discard)(int(found[1]))
    return shards


async def share(*processes: Process, shares: Sequence[int]) -> None:
    """Wait until each shard is served by one of them, and their shares are so large, in ascending order."""
    async with asyncio.timeout(HANG):
        while sorted(len(served(each)) for each in processes) != list(shares):
            reading = [asyncio.create_task(each.read()) for each in processes]
            try:
                await asyncio.wait(reading, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for each in reading:
                    each.cancel()
                await asyncio.gather(*reading, return_exceptions=True)
    assert set().union(*map(served, processes)) == set(range(sum(shares)))


async def test_three_share_four_shards_evenly_whoever_comes_is_stopped_or_killed(workers: Workers) -> None:
    workers.discord.gateway.shards = workers.discord.gateway.max_concurrency = 4
    async with AsyncExitStack() as stack:
        first, second, third = [await stack.enter_async_context(workers.started()) for _ in range(3)]
        await share(first, second, third, shares=[1, 1, 2])
        await workers.connected(0, 1, 2, 3)
        asked = await workers.ask()
        first.running.send_signal(signal.SIGTERM)
        await share(second, third, shares=[2, 2])
        assert await first.ended() == 0
        await workers.connected(0, 1, 2, 3)
        asked += await workers.ask()
        await workers.all_are_answered_once(asked)
        second.running.kill()
        await share(third, shares=[4])
        await workers.connected(0, 1, 2, 3)
        await workers.all_are_answered_once([*asked, *await workers.ask()])


async def test_a_worker_added_takes_its_part_and_all_go_on_if_one_is_stopped(workers: Workers) -> None:
    async with workers.started() as first:
        await serves(first, 0, 1)
        await workers.connected(0, 1)
        asked = await workers.ask()
        async with workers.started() as second:
            await serves(second, 1)
            asked += await workers.ask()
            await first.says("this process serves shard 1 on discord no more")
            await workers.connected(0, 1)
            asked += await workers.ask()
            gate = asyncio.Event()
            workers.discord.faults.add(Slow(until=gate), path="/users/@me")
            first.running.send_signal(signal.SIGTERM)
            asked += await workers.ask()
            await first.says("another process takes shard 0 over")
            asked += await workers.ask()
            await workers.all_are_answered_once(asked)
            gate.set()
            assert await first.ended() == 0
            await workers.connected(0, 1)
            asked += await workers.ask()
            await workers.all_are_answered_once(asked)
            assert await second.terminated() == 0
    assert "Traceback" not in "".join([*first.lines, *second.lines])


async def test_a_worker_that_is_not_ready_yet_answers_until_another_has_taken_over(
    workers: Workers, server: Server
) -> None:
    async with workers.started(_NEVER_READY) as first:
        await serves(first, 0, 1)
        await workers.connected(0, 1)
        async with workers.started(_WHEN_LET) as second:
            await first.says("another process takes shard 1 over")
            await second.says("shard 1 waits for others to begin their sessions")
            asked = await workers.ask()
            await workers.all_are_answered_once(asked)
            server.execute(_LET.format(group=1), workers.database)
            await first.says("this process serves shard 1 on discord no more")
            await workers.connected(0, 1)
            await workers.all_are_answered_once([*asked, *await workers.ask()])


async def test_what_a_killed_worker_served_is_taken_over(workers: Workers) -> None:
    async with AsyncExitStack() as stack:
        first = await stack.enter_async_context(workers.started())
        await serves(first, 0, 1)
        second = await stack.enter_async_context(workers.started())
        await serves(second, 1)
        await first.says("serves shard 1 on discord no more")
        first.running.kill()
        await first.ended()
        await serves(second, 0)
        await workers.connected(0, 1)
        await workers.all_are_answered_once(await workers.ask())


async def test_a_frozen_worker_answers_nothing_when_it_wakes_up(workers: Workers) -> None:
    workers.discord.gateway.shards = 1
    async with workers.started() as frozen:
        await frozen.says("this process serves shard 0 of 1")
        await workers.connected(0)
        frozen.running.send_signal(signal.SIGSTOP)
        async with workers.started() as other:
            await other.says("this process serves shard 0 of 1")
            await workers.connected(0, 0)
            asked = await workers.ask()
            await workers.all_are_answered_once(asked)
            frozen.running.send_signal(signal.SIGCONT)  # it has heard all that was asked, too
            await frozen.says("this process serves shard 0 on discord no more")
            await workers.connected(0)
            asked += await workers.ask()
            await workers.all_are_answered_once(asked)
            assert await frozen.terminated() == 0
            assert await other.terminated() == 0


async def test_workers_that_start_together_begin_sessions_as_slowly_as_discord_demands(
    workers: Workers, server: Server
) -> None:
    gateway = workers.discord.gateway
    gateway.shards, gateway.max_concurrency = 4, 2

    async def begun(*groups: int) -> None:
        def enough() -> bool:
            return len(gateway.identifies) >= len(groups)

        await workers.discord.world.changes.until(enough, what=f"sessions of the groups {groups}")
        assert sorted(each.shard[0] % 2 for each in gateway.identifies) == list(groups)

    async with workers.started(_WHEN_LET) as first:
        await first.says("this process serves shard 3 of 4")
        await begun(0, 1)
        while "".join(first.lines).count("ready discord as") < 2:
            assert await first.read()
        async with workers.started(_WHEN_LET) as second:
            await share(first, second, shares=[2, 2])
            await second.says("waits for others to begin their sessions")
            await begun(0, 1)
            server.execute(_LET.format(group=1), workers.database)
            await begun(0, 1, 1)
            server.execute(_LET.format(group=0), workers.database)
            await begun(0, 0, 1, 1)
