"""`python -m tests.bench.digests`: one new issue, and thousands of channels that want it at once.

The real `anbot run` is a process of its own. Both stand-ins, with their rate
limits on, and the people who look things up meanwhile are in this one. What the
stand-ins take of the machine is in every figure.
"""

import asyncio
import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Final

import click

from bot.digests.desk import DigestDesk, Person
from bot.digests.values import State, Wish
from bot.indexing import Indexer
from bot.ingest import read
from bot.sample import document
from bot.spans import Span
from store import Store, open_store
from tests import discord_stand_in, slack_stand_in
from tests.adapters.slack.conftest import free_port
from tests.bench.crowds import Crowd, Discord, Slack
from tests.bench.library import SHEET, summaries_in
from tests.feeds import feed, issue
from tests.processes import ROOT, Process, running

FLOOR: Final = 10.0
"""Seconds for which lookups are timed while nothing else is done."""
APART: Final = 0.1
"""Seconds between two lookups on a platform."""
WITHIN: Final = 300.0
"""Seconds after which it is given up."""
NEW: Final = 900
"""The number of the issue that appears first."""
LOOK: Final = 0.2
"""Seconds between looks at how far it is."""


@click.command()
@click.option("--subscriptions", default=1000, show_default=True, help="How many on each platform.")
@click.option("--seed", default=1, show_default=True, help="For what is looked up.")
@click.option("--kill/--no-kill", default=True, help="Whether to see another process take over as well.")
def main(*, subscriptions: int, seed: int, kill: bool) -> None:
    """Measure digests to many channels, and lookups meanwhile."""
    asyncio.run(_measure(subscriptions, seed, kill=kill))


async def _measure(subscriptions: int, seed: int, *, kill: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with _stage(Path(folder), subscriptions, random.Random(seed)) as stage:  # noqa: S311 - no secret
            async with stage.bot() as bot:
                await _under_load(stage, bot)
                if kill:
                    await _taken_over(stage, bot)
            await _checked(stage)


@dataclass
class _Stage:
    folder: Path
    store: Store
    crowds: Sequence[Crowd]
    words: Sequence[str]
    rng: random.Random
    issues: int = 0

    @property
    def environment(self) -> dict[str, str]:
        given = dict(chain.from_iterable(crowd.environment.items() for crowd in self.crowds))
        return {"ANBOT_DB": str(self.folder / "an.db"), **given}

    @asynccontextmanager
    async def bot(self, **given: str) -> AsyncIterator[Process]:
        """A process that is connected to both platforms."""
        async with running(**{**self.environment, **given}) as process:
            await process.says("ready discord")
            await process.says("ready slack")
            yield process

    async def appear(self) -> float:
        """Let a new issue appear; tell when it was there."""
        file = self.folder / "feed.xml"
        file.write_bytes(feed(issue(NEW + self.issues)))
        self.issues += 1
        indexing = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "index", str(file)),
            cwd=ROOT,
            env={**os.environ, **self.environment},
            stdout=asyncio.subprocess.DEVNULL,
        )
        assert await indexing.wait() == 0
        return time.time()

    async def until(self, messages: int) -> None:
        """Return when so many stand in the channels of every platform."""
        await asyncio.gather(*(crowd.reaches(messages, WITHIN) for crowd in self.crowds))

    @asynccontextmanager
    async def asking(self) -> AsyncIterator[None]:
        """People look things up all the while, without waiting for each other."""
        asking = asyncio.create_task(self._ask())
        try:
            yield
        finally:
            asking.cancel()

    async def _ask(self) -> None:
        while True:
            for crowd in self.crowds:
                await asyncio.sleep(APART / len(self.crowds))
                await crowd.ask(self.rng.choice(self.words))


@dataclass
class _Memory:
    """What a process holds, in MiB."""

    pid: int
    seen: list[float] = field(default_factory=list)

    def now(self) -> float:
        status = Path(f"/proc/{self.pid}/status").read_text()
        kibibytes = next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))
        return int(kibibytes) / 1024

    async def watch(self) -> None:
        while True:
            self.seen.append(self.now())
            await asyncio.sleep(LOOK)


async def _under_load(stage: _Stage, bot: Process) -> None:
    """A new issue, and lookups before and meanwhile."""
    async with stage.asking():
        await asyncio.sleep(1)
    before = [len(crowd.waits()) for crowd in stage.crowds]
    async with stage.asking():
        await asyncio.sleep(FLOOR)
    floor = [len(crowd.waits()) for crowd in stage.crowds]
    memory = _Memory(bot.running.pid)
    start, watching = memory.now(), asyncio.create_task(memory.watch())
    async with stage.asking():
        there = await stage.appear()
        await stage.until(len(stage.crowds[0].wheres))
    await asyncio.sleep(2)
    watching.cancel()
    for crowd, first, last in zip(stage.crowds, before, floor, strict=True):
        waits = crowd.waits()
        _tell_digests(crowd, there)
        _tell_lookups(f"{crowd.name} lookups alone", waits[first:last])
        _tell_lookups(f"{crowd.name} lookups meanwhile", waits[last:])
        click.echo(f"  not answered: {len(crowd.asked) - len(waits)}")
    click.echo(f"memory, MiB: {start:.0f} before, {max(memory.seen):.0f} at most, {memory.now():.0f} after")


def _tell_digests(crowd: Crowd, there: float) -> None:
    posts = list(chain.from_iterable(crowd.posts().values()))
    first, last = min(posts), max(posts)
    click.echo(
        f"{crowd.name}: {len(posts)} posts; first after {first - there:.1f} s, last after {last - there:.1f} s; "
        f"bound {crowd.bound:.1f} s, ratio {(last - there) / crowd.bound:.2f} ({(last - first) / crowd.bound:.2f} from the first on)"
    )
    most = {span: max(_most(times, span) for times in crowd.counted().values()) for span in (1.0, 60.0)}
    click.echo(
        f"  most counted requests in any second {most[1.0]}, in any minute {most[60.0]}; refused {crowd.refused}"
    )


def _most(times: Sequence[float], span: float) -> int:
    """How many there are in the fullest window of so many seconds."""
    ordered, start, most = sorted(times), 0, 0
    for end, at in enumerate(ordered):
        while ordered[start] <= at - span:
            start += 1
        most = max(most, end - start + 1)
    return most


def _tell_lookups(name: str, waits: Sequence[float]) -> None:
    ordered = sorted(waits)
    at = {share: ordered[min(int(len(ordered) * share), len(ordered) - 1)] * 1000 for share in (0.5, 0.99)}
    click.echo(
        f"{name}: {len(waits)}, p50 {at[0.5]:.1f} ms, p99 {at[0.99]:.1f} ms, longest {ordered[-1] * 1000:.1f} ms"
    )


async def _taken_over(stage: _Stage, bot: Process) -> None:
    """Another issue, and the process that posts it is killed when half of it stands."""
    wanted = [crowd.count for crowd in stage.crowds]
    async with stage.bot(PORT="0"):
        await stage.appear()
        await stage.until(wanted[0] + wanted[0] // 2)
        bot.running.kill()
        killed = time.time()
        await asyncio.sleep(0.5)
        await stage.until(2 * wanted[0])
        done = time.time()
    for crowd in stage.crowds:
        after = [at for at in chain.from_iterable(crowd.posts().values()) if at > killed + 0.5]
        click.echo(
            f"{crowd.name}: killed in the middle, the other goes on after {min(after) - killed:.1f} s, "
            f"all stands after {max(after) - killed:.1f} s"
            if after
            else f"{crowd.name}: nothing was left"
        )
    del done


async def _checked(stage: _Stage) -> None:
    """Count what is lost or stands twice."""
    log = await stage.store.outbox.log(None, 1_000_000)
    for crowd in stage.crowds:
        names = Counter(crowd.standing())
        planned = {each.id for each in log if each.where.platform == crowd.name.lower()}
        lost = [name for name in planned if name not in names]
        doubled = [name for name, times in names.items() if times > 1]
        missing = len(crowd.wheres) * stage.issues - len(planned)
        click.echo(
            f"{crowd.name}: {names.total()} stand, lost {len(lost) + missing}, doubled {len(doubled)}, refused {crowd.refused}"
        )
    unsent = [each.id for each in log if each.state is not State.SENT]
    click.echo(f"not noted as sent: {len(unsent)}")


@asynccontextmanager
async def _stage(folder: Path, subscriptions: int, rng: random.Random) -> AsyncIterator[_Stage]:
    """The real newsletters, or the sample where they are not at hand, and channels that want new ones."""
    async with AsyncExitStack() as stack:
        port = free_port()
        discord = Discord(await stack.enter_async_context(discord_stand_in.StandIn()), subscriptions)
        slack = Slack(await stack.enter_async_context(slack_stand_in.StandIn()), subscriptions, port)
        store = await stack.enter_async_context(open_store(folder / "an.db", clock=_now))
        whole = read(SHEET.read_bytes(), SHEET.name) if SHEET.exists() else document()
        await Indexer(store.archive).take("newsletters", whole)
        await slack.install(store.installations)
        desk = DigestDesk(store.library, store.outbox, _now, lambda _: Span(text=""))
        for where in (*discord.wheres, *slack.wheres):
            told = await desk.here(where, Wish(), Person(id="1", name="Ada"))
            assert told.ok, told
        words = [" ".join(each.title.split()[:4]) for each in rng.sample(await summaries_in(store), 200)]
        yield _Stage(folder, store, (discord, slack), words, rng)


def _now() -> datetime:
    return datetime.now(UTC)


if __name__ == "__main__":
    main()
