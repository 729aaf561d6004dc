"""`python -m tests.bench.soak`: does everything at once, for minutes that hold what else takes weeks.

The real `anbot run` is a process of its own, on both platforms. People look things up and
mention issues; new issues appear, are indexed and posted; the gateway drops its connections;
the database is copied, and all newsletters are indexed again. After each minute there is a
line with what the bot holds and how long answers took, by what it says at `/metrics` and by
the stand-ins. At the end it is judged: memory and open files have to be flat, every error
accounted for, every question answered, every digest posted once.
"""

import asyncio
import json
import random
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import aiohttp
import click

from bot.model.places import Preferences
from tests.bench.library import SHEET
from tests.bench.machine import Machine
from tests.bench.stage import NEW, Stage, stage
from tests.support.processes import Process, free_port

MENTION: Final = 2.0
ISSUE: Final = 20.0
DROP: Final = 15.0
BACKUP: Final = 30.0
WHOLE: Final = 180.0
"""Seconds from one message that mentions an issue, new issue, lost connection, copy of the database,
and indexing of all newsletters to the next.
"""
WARM: Final = 2
"""Minutes after which memory has to be flat: until then caches fill."""
GROWTH: Final = 1.1
"""How much more it may be at the end. It rises and falls with each index that takes another's place, so the most
of the first and of the last third are compared.
"""
LATEST: Final = 10.0
"""Seconds after which a question counts as never answered."""
HANDLES: Final = 12
"""Files that may stay open: connections to the database are opened when they are first needed, three files
each. Under load there are as many more as requests at once.
"""
CALM: Final = 30.0
"""Seconds at the end, for the last digests and answers, and for connections that are kept for a while."""
_FILES: Final = "process_open_fds"
SLOWER: Final = 1.5
"""How much slower than the first minute's the slowest hundredth of a minute may be."""
_BUSY: Final = "is being written by another process"
"""Somebody indexes, and the machine is so busy that it takes over five seconds: people read that, and digests wait."""
_ACCOUNTED: Final = (
    ("discord.gateway", "has successfully RESUMED"),
    ("discord.client", "Attempting a reconnect in"),
    ("discord.gateway", "Can't keep up"),  # the machine is so busy that a heartbeat is late
    ("anbot.digests", _BUSY),
    ("anbot.discord", _BUSY),
    ("anbot.slack", _BUSY),
)
"""Lines above INFO that are meant: who logs them, and what they say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Minute:
    """What the bot held at its end (MiB, open files), how long answers took (seconds), and the
    share of the processors that other programs took.
    """

    memory: float
    handles: float
    waits: Sequence[float | None]
    others: float

    def percentile(self, share: float) -> float:
        ordered = sorted(wait for wait in self.waits if wait is not None)
        return 1000 * ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0


@dataclass
class Soak:
    """What is done, and how often it was."""

    place: Stage
    folder: Path
    port: int
    done: Counter[str] = field(default_factory=Counter)
    minutes: list[Minute] = field(default_factory=list)

    @asynccontextmanager
    async def all_of_it(self) -> AsyncIterator[None]:
        """Everything goes on inside."""
        works: dict[str, tuple[Callable[[], Awaitable[object]], float]] = {
            "mentions": (self._mention, MENTION),
            "issues": (self.place.appear, ISSUE),
            "drops": (self._drop, DROP),
            "backups": (self._back_up, BACKUP),
            "whole": (self._index_all, WHOLE),
        }
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(self.place.asking())
            for name, (work, seconds) in works.items():
                task = asyncio.create_task(self._over_and_over(name, work, seconds))
                stack.push_async_callback(_ended, task)
            yield

    async def _over_and_over(self, name: str, work: Callable[[], Awaitable[object]], seconds: float) -> None:
        while True:
            await asyncio.sleep(seconds)
            begun = asyncio.ensure_future(work())
            try:
                await asyncio.shield(begun)
            finally:
                await begun  # also if it is cancelled: a command that was begun is finished
            self.done[name] += 1

    async def _mention(self) -> None:
        number = NEW + self.place.rng.randrange(max(1, self.place.issues))
        for crowd in self.place.crowds:
            await crowd.say(f"Has anybody read AN #{number}?")

    async def _drop(self) -> None:
        for crowd in self.place.crowds:
            crowd.drop()

    async def _back_up(self) -> None:
        copy = self.folder / "copy.db"
        await self._command("backup", str(copy))
        copy.unlink()

    async def _index_all(self) -> None:
        if SHEET.exists():
            await self._command("index", str(SHEET))

    async def _command(self, *arguments: str) -> None:
        self.done["busy"] += await self.place.command(*arguments)

    async def minute(self, seconds: float, machine: Machine) -> None:
        """Let a minute pass, and note what it was like."""
        await asyncio.sleep(seconds)
        until = time.time() - LATEST
        waits = [wait for crowd in self.place.crowds for wait in crowd.settled(until)]
        samples = await _samples(self.port)
        self.minutes.append(
            Minute(
                memory=samples["process_resident_memory_bytes"] / 2**20,
                handles=samples[_FILES],
                waits=waits,
                others=machine.others(),
            )
        )
        self._tell(len(self.minutes))

    def _tell(self, number: int) -> None:
        now, first = self.minutes[-1], self.minutes[0]
        slow = now.percentile(0.99)
        click.echo(
            f"{number:>6}{len(now.waits):>9}{now.waits.count(None):>6}{now.percentile(0.5):>9.1f}{slow:>9.1f}"
            f"{slow / (first.percentile(0.99) or 1):>8.2f}{now.memory:>10.1f}{now.handles:>9.0f}{now.others:>8.0%}"
        )


async def _ended(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.wait({task})
    if not task.cancelled():
        task.result()


async def _samples(port: int) -> dict[str, float]:
    """What the bot says without labels."""
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}/metrics") as page:
        samples = re.findall(r"^(\w+) (\S+)$", await page.text(), re.MULTILINE)
    return {name: float(value) for name, value in samples}


@click.command()
@click.option("--minutes", default=15, show_default=True, help="How long.")
@click.option("--seconds", default=60.0, show_default=True, help="How long a minute is.")
@click.option(
    "--subscriptions", default=20, show_default=True, help="Channels on each platform that want digests."
)
@click.option("--seed", default=1, show_default=True, help="For what is looked up.")
def main(*, minutes: int, seconds: float, subscriptions: int, seed: int) -> None:
    """Do everything at once for minutes, and judge what became of the bot."""
    failures = asyncio.run(_main(minutes, seconds, subscriptions, random.Random(seed)))  # noqa: S311 - no secret
    for failure in failures:
        click.echo(f"NOT MET: {failure}")
    sys.exit(bool(failures))


async def _main(minutes: int, seconds: float, subscriptions: int, rng: random.Random) -> Sequence[str]:
    with tempfile.TemporaryDirectory() as folder:
        async with stage(Path(folder), subscriptions, rng) as place:
            for crowd in place.crowds:
                await place.store.preferences.put(crowd.talk, Preferences(linking=True))
            soak = Soak(place, Path(folder), free_port())
            given = {"ANBOT_QUIET": "0", "ANBOT_HEALTH_PORT": str(soak.port), "DISCORD_MESSAGE_CONTENT": "1"}
            async with place.bot(**given) as bot:
                reading = asyncio.create_task(_read(bot))
                await place.appear()  # what is there from the start is no news
                before = await _samples(soak.port)
                _head()
                async with soak.all_of_it():
                    for _ in range(minutes):
                        await soak.minute(seconds, Machine(bot.running.pid))
                await asyncio.sleep(CALM)
                after = await _samples(soak.port)
                bot.running.terminate()
                await reading
            click.echo(f"done: {', '.join(f'{count} {name}' for name, count in sorted(soak.done.items()))}")
            click.echo(f"open files at rest: {before[_FILES]:.0f} before, {after[_FILES]:.0f} after")
            flat = _judged(soak.minutes, rest=after[_FILES] - before[_FILES])
            return [*flat, *_unaccounted(bot.lines), *await _digests(place)]


async def _read(bot: Process) -> None:
    while await bot.read():
        pass


def _head() -> None:
    names = ("minute", "lookups", "none", "half, ms", "99 %, ms", "to 1st", "MiB", "handles", "others")
    widths = (6, 9, 6, 9, 9, 8, 10, 9, 8)
    click.echo("".join(f"{name:>{width}}" for name, width in zip(names, widths, strict=True)))


def _judged(minutes: Sequence[Minute], rest: float) -> list[str]:
    """What is not flat; `rest` is how many more files are open afterwards, at rest."""
    flat = [each.memory for each in minutes[min(WARM, len(minutes) - 1) :]]
    third = -(-len(flat) // 3)
    before, after = max(flat[:third]), max(flat[-third:])
    click.echo(
        f"most memory after {WARM} minutes: {before:.1f} MiB in the first third, {after:.1f} in the last"
    )
    failures = []
    if after > GROWTH * before:
        failures.append("memory grew")
    if rest > HANDLES:
        failures.append(f"{rest:.0f} more files are open than before")
    if lost := sum(each.waits.count(None) for each in minutes):
        failures.append(f"{lost} lookups were never answered")
    first = minutes[0].percentile(0.99)
    slow = [n for n, each in enumerate(minutes, 1) if each.percentile(0.99) > SLOWER * first]
    if slow:
        failures.append(f"the slowest hundredth took over {SLOWER} × the first minute's in minutes {slow}")
    return failures


def _unaccounted(lines: Sequence[str]) -> list[str]:
    """What was logged above INFO and is not meant, and how often; what is meant is told."""
    meant, others = Counter[str](), Counter[str]()
    for line in filter(None, lines):
        logged: dict[str, Any] = json.loads(line)
        if logged["level"] != "INFO":
            known = any(logged["logger"] == who and what in logged["message"] for who, what in _ACCOUNTED)
            (meant if known else others)[_kind(logged)] += 1
    for pattern, count in meant.items():
        click.echo(f"accounted for, {count} times: {pattern}")
    return [f"logged {count} times: {pattern}" for pattern, count in others.items()]


def _kind(logged: Mapping[str, Any]) -> str:
    """The line without what differs each time."""
    shape = re.sub(r"/\S+/|[0-9a-f]{8}|\d+", "…", logged["message"])
    error = logged.get("traceback", "").strip().rpartition("\n")[2]
    return f"{logged['level']} {logged['logger']}: {shape} {error}".rstrip()


async def _digests(place: Stage) -> list[str]:
    """Digests that were lost or doubled."""
    failures = []
    for crowd in place.crowds:
        standing = Counter(crowd.standing())
        lost = len(crowd.wheres) * place.issues - len(standing)
        doubled = standing.total() - len(standing)
        click.echo(f"{crowd.name}: {len(standing)} messages of digests, {lost} lost, {doubled} doubled")
        if lost or doubled:
            failures.append(f"{crowd.name}: {lost} messages of digests lost, {doubled} doubled")
    return failures


if __name__ == "__main__":
    main()
