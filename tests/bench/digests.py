"""`python -m tests.bench.digests`: one new issue, and thousands of channels that want it at once.

The real `anbot run` is a process of its own. Both stand-ins, with their rate
limits on, and the people who look things up meanwhile are in this one: what the
stand-ins take of the machine is in every figure. What other programs take of it
is told below.
"""

import asyncio
import gc
import random
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import chain
from pathlib import Path
from typing import Final

import click

from bot.model.digests import DeliveryState
from tests.bench.crowds import Crowd
from tests.bench.machine import Machine, resident
from tests.bench.stage import Stage, stage
from tests.bench.table import Table, fullest, percentile
from tests.support.processes import Process

FLOOR: Final = 10.0
"""Seconds for which lookups are timed while nothing is posted."""
WITHIN: Final = 300.0
"""Seconds after which it is given up."""


@click.command()
@click.option("--subscriptions", default=1000, show_default=True, help="How many on each platform.")
@click.option("--seed", default=1, show_default=True, help="For what is looked up.")
@click.option("--kill/--no-kill", default=True, help="Whether to see another process take over as well.")
def main(*, subscriptions: int, seed: int, kill: bool) -> None:
    """Measure digests to many channels, and lookups meanwhile."""
    asyncio.run(_main(subscriptions, random.Random(seed), kill=kill))  # noqa: S311 - no secret


async def _main(subscriptions: int, rng: random.Random, *, kill: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with stage(Path(folder), subscriptions, rng) as place:
            gc.disable()  # a stand-in that stops to tidy up would look like a bot that does
            table = Table(place.crowds)
            async with place.bot() as bot:
                async with place.asking():
                    await asyncio.sleep(1)  # as a bot that has been asked before
                async with _looking_up(place, table, bot, "alone"):
                    await asyncio.sleep(FLOOR)
                await _under_load(place, table, bot)
                if kill:
                    await _taken_over(place, table, bot)
                else:
                    await bot.terminated()  # in good order: the last post is noted
            await _checked(place, table)
    table.show()


@asynccontextmanager
async def _looking_up(place: Stage, table: Table, bot: Process, when: str) -> AsyncIterator[None]:
    """Lookups, how long they take, and what else the machine does, while in the block."""
    before = {crowd.name: len(crowd.asked) for crowd in place.crowds}
    machine = Machine(bot.running.pid)
    async with place.asking():
        yield
    others = machine.others()
    await asyncio.sleep(1)  # for the last answers
    waits = {crowd.name: crowd.waits()[before[crowd.name] :] for crowd in place.crowds}
    table.add(f"lookups {when}", lambda it: len(waits[it.name]))
    table.add("  never answered", lambda it: waits[it.name].count(None))
    table.add("  half of them within, ms", lambda it: percentile(waits[it.name], 0.5))
    table.add("  99 of 100 within, ms", lambda it: percentile(waits[it.name], 0.99))
    table.add("  all within, ms", lambda it: percentile(waits[it.name], 1))
    table.remarks.append(f"other programs took {others:.0%} of the processors during lookups {when}")


async def _under_load(place: Stage, table: Table, bot: Process) -> None:
    """A new issue, and lookups meanwhile."""
    memory, most = resident(bot.running.pid), 0.0

    async def watch() -> None:
        nonlocal most
        while True:
            most = max(most, resident(bot.running.pid))
            await asyncio.sleep(0.1)

    watching = asyncio.create_task(watch())
    async with _looking_up(place, table, bot, "meanwhile"):
        there = await place.appear()
        await place.reach(len(place.crowds[0].wheres), WITHIN)
    watching.cancel()
    _tell_digests(table, there)
    after = resident(bot.running.pid)
    table.remarks.append(f"the bot held {memory:.0f} MiB before, {most:.0f} at most, {after:.0f} after")


def _tell_digests(table: Table, there: float) -> None:
    def took(crowd: Crowd) -> float:
        return max(chain.from_iterable(crowd.posts().values())) - there

    table.add("digests posted", lambda it: it.count)
    table.add("seconds that the limits take for them", lambda it: f"{it.bound:.1f}")
    table.add("seconds from the issue to the last of them", lambda it: f"{took(it):.1f}")
    table.add("ratio", lambda it: f"{took(it) / it.bound:.2f}")
    table.add("requests in the fullest second", lambda it: fullest(it, 1))
    table.add("requests in the fullest minute", lambda it: fullest(it, 60))
    table.add("requests refused as too many", lambda it: it.refused)


async def _taken_over(place: Stage, table: Table, bot: Process) -> None:
    """Another issue; the process that posts it is killed when half of it stands."""
    whole = len(place.crowds[0].wheres)
    async with place.bot(PORT="0") as other:
        await place.appear()
        await place.reach(whole + whole // 2, WITHIN)
        bot.running.kill()
        await bot.running.wait()
        killed = time.time()
        left = {crowd.name: 2 * whole - crowd.count for crowd in place.crowds}
        await place.reach(2 * whole, WITHIN)
        await other.terminated()  # in good order: the last post is noted
    after = {
        crowd.name: [at - killed for at in chain.from_iterable(crowd.posts().values()) if at > killed]
        for crowd in place.crowds
    }
    table.add("not posted yet when its process was killed", lambda it: left[it.name])
    table.add("seconds until another went on", lambda it: _rounded(min(after[it.name], default=0)))
    table.add("seconds until all stood", lambda it: _rounded(max(after[it.name], default=0)))


def _rounded(seconds: float) -> str:
    return f"{seconds:.1f}"


async def _checked(place: Stage, table: Table) -> None:
    """Count what was lost, or stands twice, or is not known to stand."""
    log = await place.store.outbox.log(None, 1_000_000)
    standing = {crowd.name: Counter(crowd.standing()) for crowd in place.crowds}

    def lost(crowd: Crowd) -> int:
        return len(crowd.wheres) * place.issues - len(standing[crowd.name])

    def doubled(crowd: Crowd) -> int:
        return standing[crowd.name].total() - len(standing[crowd.name])

    def unknown(crowd: Crowd) -> int:
        here = [each for each in log if each.place.platform == crowd.name.lower()]
        return sum(
            each.state is not DeliveryState.SENT or each.id not in standing[crowd.name] for each in here
        )

    table.add("lost, doubled, not noted as sent", lambda it: f"{lost(it)}, {doubled(it)}, {unknown(it)}")
    table.add("requests refused as too many, in the end", lambda it: it.refused)


if __name__ == "__main__":
    main()
