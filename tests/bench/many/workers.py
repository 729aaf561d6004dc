"""One new issue that thousands of servers want in the same minute, posted by several workers.

Each worker is the real `anbot run`, as a process of its own, over one PostgreSQL. Both stand-ins,
with their rate limits on, and the people who look things up are in this process: what they take
of the machine is in every figure. What other programs take of it is told below.
"""

import asyncio
import gc
import math
import random
import signal
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from itertools import chain
from pathlib import Path
from typing import Final

import click

from tests.bench.machine import Machine, resident
from tests.bench.stage import Stage, stage
from tests.bench.table import Table, fullest, percentile
from tests.support.postgresql import Server, running
from tests.support.processes import Process

WARM: Final = 5.0
"""Seconds for which people ask before anything is timed."""
IDLE: Final = 30.0
"""Seconds for which lookups are timed while nothing is posted."""
LAST: Final = 2.0
"""Seconds for the last answers."""
WITHIN: Final = 3600.0
"""Seconds after which it is given up."""
_SHARES: Final = """
    SELECT count(*)::int FROM lease WHERE platform = ? AND until > ? AND serves = 1 AND offered = 0 GROUP BY holder
"""


async def measure(channels: int, servers: int, numbers: Sequence[int], rng: random.Random) -> None:
    """Print a table for each number of workers, over so many channels of both platforms."""
    with running() as server, tempfile.TemporaryDirectory() as folder:
        async with stage(
            Path(folder),
            channels // 2,
            rng,
            database=server.database(),
            in_a_server=-(-channels // servers),
            workers=max(numbers),
        ) as place:
            gc.disable()  # a stand-in that stops to tidy up would look like a bot that does
            place.discord.stand_in.gateway.shards = math.lcm(*numbers)
            for number in numbers:
                await _measured(place, number, server)


async def _measured(place: Stage, number: int, server: Server) -> None:
    """Let an issue appear with so many workers, and print what came of it."""
    table = Table(place.crowds)
    async with _workers(place, number) as bots:
        async with place.asking():
            await asyncio.sleep(WARM)
        pids = [bot.running.pid for bot in bots]
        async with _looking_up(place, table, (*pids, server.pid), "idle") as idle:
            await asyncio.sleep(IDLE)
        async with (
            _remembering(pids, table),
            _looking_up(place, table, (*pids, server.pid), "meanwhile") as meanwhile,
        ):
            await place.appear()
            await place.reach(len(place.discord.wheres) * place.issues, WITHIN)
            _tell_posts(place, table)
    table.add("lookups idle", lambda it: len(idle[it.name]))
    table.add("  99 of 100 within, ms", lambda it: percentile(idle[it.name], 0.99))
    table.add("lookups meanwhile", lambda it: len(meanwhile[it.name]))
    table.add("  99 of 100 within, ms", lambda it: percentile(meanwhile[it.name], 0.99))
    table.add("never answered", lambda it: [*idle[it.name], *meanwhile[it.name]].count(None))
    click.echo(f"\n{number} workers, {2 * len(place.discord.wheres):,} channels")
    table.show()


@asynccontextmanager
async def _workers(place: Stage, number: int) -> AsyncIterator[list[Process]]:
    """So many workers, each with its share of both platforms."""
    place.slack.behind(number)
    async with AsyncExitStack() as stack:
        starting = (place.bot(PORT=str(port)) for port in place.slack.ports[:number])
        bots = await asyncio.gather(*map(stack.enter_async_context, starting))
        reading = [asyncio.create_task(_read(bot)) for bot in bots]
        try:
            while not await _is_shared(place, number):  # noqa: ASYNC110 - the database tells nobody
                await asyncio.sleep(1)
            yield bots
            for bot in bots:
                bot.running.send_signal(signal.SIGTERM)
            await asyncio.gather(*reading)
        finally:
            for task in reading:
                task.cancel()
            await asyncio.gather(*reading, return_exceptions=True)


async def _read(bot: Process) -> None:
    """Take its log until its end, or it would wait for that."""
    while await bot.read():
        pass
    await bot.running.wait()


async def _is_shared(place: Stage, number: int) -> bool:
    """Whether each has its part of the leases, and Discord one session for each shard."""
    sessions = len(place.discord.stand_in.gateway.connected())
    shares = [
        [
            count
            for (count,) in await place.store.connection.execute_fetchall(_SHARES, (crowd.name.lower(), now))
        ]
        for crowd in place.crowds
        for now in (int(time.time() * 1000),)
    ]
    even = all(len(counts) == number and max(counts) - min(counts) <= 1 for counts in shares)
    return even and sessions == sum(shares[0]) == place.discord.stand_in.gateway.shards


@asynccontextmanager
async def _looking_up(
    place: Stage, table: Table, pids: Sequence[int], when: str
) -> AsyncIterator[dict[str, Sequence[float | None]]]:
    """How long lookups take while inside, once it is left; what was journalled before is forgotten."""
    for crowd in place.crowds:
        crowd.settled(time.time())
    machine, waits = Machine(*pids), dict[str, Sequence[float | None]]()
    async with place.asking():
        yield waits
    others = machine.others()
    await asyncio.sleep(LAST)
    waits |= {crowd.name: crowd.waits() for crowd in place.crowds}
    table.remarks.append(f"other programs took {others:.0%} of the processors during lookups {when}")


@asynccontextmanager
async def _remembering(pids: Sequence[int], table: Table) -> AsyncIterator[None]:
    """Note what the workers hold in memory before, at most and after."""
    before, most = [resident(pid) for pid in pids], [0.0] * len(pids)

    async def watch() -> None:
        while True:
            most[:] = [max(so_far, resident(pid)) for so_far, pid in zip(most, pids, strict=True)]
            await asyncio.sleep(0.1)

    watching = asyncio.create_task(watch())
    yield
    watching.cancel()
    for each in zip(before, most, [resident(pid) for pid in pids], strict=True):
        table.remarks.append("a worker held {:.0f} MiB before, {:.0f} at most, {:.0f} after".format(*each))


def _tell_posts(place: Stage, table: Table) -> None:
    wanted = len(place.discord.wheres)
    times = {crowd.name: list(chain.from_iterable(crowd.posts().values())) for crowd in place.crowds}
    took = {name: max(each) - min(each) for name, each in times.items()}
    bounds = max(crowd.bound for crowd in place.crowds)
    standing = {crowd.name: Counter(crowd.standing()) for crowd in place.crowds}
    table.add("seconds that the limits take for the digests", lambda it: f"{it.bound:.1f}")
    table.add("seconds from the first to the last of them", lambda it: f"{took[it.name]:.1f}")
    table.add("digests a second", lambda it: f"{wanted / took[it.name]:.0f}")
    table.add("requests in the fullest second", lambda it: fullest(it, 1))
    table.add("requests refused as too many", lambda it: it.refused)
    table.add("digests lost", lambda it: wanted * place.issues - len(standing[it.name]))
    table.add("digests doubled", lambda it: standing[it.name].total() - len(standing[it.name]))
    table.remarks.append(
        f"both platforms together: {max(took.values()) / bounds:.2f} of what the limits take"
    )
