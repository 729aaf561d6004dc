"""What digests cost the database: planning ten thousand, and sweeping two million.

`python -m tests.bench.outbox`: the CPU time of planning one new issue for 10,000
subscriptions, and how long other writes wait while old deliveries are swept, beside as many
without a sweep. TMPDIR=/dev/shm leaves the disk out of it.
"""

import asyncio
import sqlite3
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from bot.digests.planner import Planner
from bot.digests.runner import HISTORY, DigestRunner
from bot.model.digests import DigestOptions, Subscription
from bot.model.places import Place
from bot.runtime.clock import Clock
from store import Store, open_store
from tests.bot.digests.platform import FakePlatform
from tests.bot.digests.scene import issue
from tests.support.fakes import MemoryLibrary
from tests.support.leases import acquired

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
SHARES = {"median": 0.5, "p99": 0.99, "p99.9": 0.999, "longest": 1.0}
FILL = """
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
    INSERT INTO delivery (id, subscription, platform, server, channel, digest, part, parts, payload, state,
        thread, message, fence, tries, planned, settled, problem, title)
    SELECT 's' || (i % 20000) || '-' || (i / 20000) || '-01', 's' || (i % 20000), 'fake', i % 2000, i % 20000,
        i / 20000, 1, 1, '', 'sent', 0, '1234567890', 1, 1, ?, ?, '', '' FROM n
"""


def platform() -> FakePlatform:
    return FakePlatform(room=8000)


async def planning(store: Store, count: int) -> float:
    """Seconds of CPU to plan one new issue for so many channels."""
    library = MemoryLibrary(issues=[issue(1)])
    planner = Planner(library, store, platform(), quiet=timedelta(0))
    fence = await acquired(store.lease, "fake", "bench", NOW, NOW + timedelta(days=1)) or 0
    await planner.plan(NOW, lambda _: fence)
    for n in range(count):
        await store.subscriptions.add(
            Subscription(
                id=f"p{n:07d}",
                place=Place(platform="fake", server=str(n // 10), channel=str(n)),
                options=DigestOptions(),
                by="7",
                by_name="Ada",
                seen=1,
            )
        )
    library.issues = [*library.issues, replace(issue(2), published=NOW.date())]
    began = time.process_time()
    assert await planner.plan(NOW, lambda _: fence) == count
    return time.process_time() - began


async def writes(store: Store, enough: Callable[[int], bool]) -> list[float]:
    """Seconds that each small write takes, in ascending order."""
    spans: list[float] = []
    while not enough(len(spans)):
        then = time.perf_counter()
        await store.memo.remember("bench", str(then))
        spans.append(time.perf_counter() - then)
        await asyncio.sleep(0.005)
    return sorted(spans)


async def sweeping(path: Path, store: Store, count: int, minutes: float) -> tuple[float, list[float]]:
    """Seconds that sweeping takes, or so many minutes, and those that each write took meanwhile."""
    old = NOW - HISTORY - timedelta(days=1)
    stamp = int(old.timestamp() * 1000)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(FILL, (count, stamp, stamp))
    began = time.perf_counter()
    runner = DigestRunner(MemoryLibrary(issues=[]), store, platform(), Clock(read=lambda: NOW))
    await runner.hold()
    sweep = asyncio.create_task(runner.sweep())
    end = began + 60 * minutes
    spans = await writes(store, lambda _: sweep.done() or time.perf_counter() > end)
    sweep.cancel()
    await asyncio.wait({sweep})
    return time.perf_counter() - began, spans


def shown(spans: list[float]) -> str:
    at = {name: spans[min(len(spans) - 1, int(len(spans) * share))] for name, share in SHARES.items()}
    return ", ".join(f"{name} {1000 * span:.1f} ms" for name, span in at.items())


async def measure(subscriptions: int, rows: int, minutes: float) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "anbot.db"
        async with open_store(path, clock=lambda: NOW) as store:
            seconds = await planning(store, subscriptions)
            click.echo(f"planning {subscriptions:,} subscriptions: {seconds:.2f} s of CPU")
            whole, spans = await sweeping(path, store, rows, minutes)
            click.echo(f"a write while {rows:,} rows are swept (for {whole:.1f} s): {shown(spans)}")
            alone = await writes(store, lambda count: count >= len(spans))
            click.echo(f"as many writes without a sweep: {shown(alone)}")


@click.command()
@click.option("--subscriptions", default=10_000, show_default=True)
@click.option("--rows", default=2_000_000, show_default=True)
@click.option("--minutes", default=60.0, show_default=True, help="At most, of sweeping.")
def main(subscriptions: int, rows: int, minutes: float) -> None:
    """Measure planning and sweeping."""
    asyncio.run(measure(subscriptions, rows, minutes))


if __name__ == "__main__":
    main()
