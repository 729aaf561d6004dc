"""`python -m tests.bench.stopping`: how long `anbot run` takes to end after SIGTERM.

The real process, serving Discord, is told to stop when it has nothing to do, while a
request hangs, while Discord told it to wait ten minutes, and while Discord is away.
"""

import asyncio
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Final

import click

from tests.adapters.discord.process_scene import Scene, process_scene
from tests.stand_ins.discord import Slow, TooMany
from tests.support.processes import Process

_ATTEMPTS: Final = 4
"""How often it tried to reconnect; each pause is longer than the one before."""
Situation = Callable[[Path], AbstractAsyncContextManager[Process]]


@asynccontextmanager
async def _idle(folder: Path) -> AsyncIterator[Process]:
    async with process_scene(folder) as scene, scene.process() as process:
        await process.says("ready discord")
        yield process


def _during(fault: Callable[[], Slow | TooMany]) -> Situation:
    @asynccontextmanager
    async def during(folder: Path) -> AsyncIterator[Process]:
        async with process_scene(folder) as scene, scene.process() as process:
            await process.says("ready discord")
            scene.discord.faults.add(fault(), method="POST", times=None)
            used = await scene.alice.slash("an", {"issue": "58"}, channel=scene.channel)
            await scene.discord.until(lambda: _posts(scene))
            yield process
            del used

    return during


def _posts(scene: Scene) -> bool:
    return any(request.method == "POST" for request in scene.discord.journal)


@asynccontextmanager
async def _away(folder: Path) -> AsyncIterator[Process]:
    async with AsyncExitStack() as left:
        async with process_scene(folder) as scene:
            process = await left.enter_async_context(scene.process())
            await process.says("ready discord")
        for _ in range(_ATTEMPTS):
            await process.says("Attempting a reconnect")
            process.lines.clear()
        yield process


SITUATIONS: Final[dict[str, Situation]] = {
    "nothing to do": _idle,
    "a request that hangs": _during(lambda: Slow(until=asyncio.Event())),
    "told to wait for ten minutes": _during(lambda: TooMany(retry_after=600)),
    "Discord away": _away,
}


@click.command()
def main() -> None:
    """Measure the seconds from SIGTERM to the end of the process."""
    for name, situation in SITUATIONS.items():
        click.echo(f"{name:30} {asyncio.run(_seconds(situation)):5.1f} s")


async def _seconds(situation: Situation) -> float:
    with tempfile.TemporaryDirectory() as folder:
        async with situation(Path(folder)) as process:
            began = time.monotonic()
            await process.terminated()
            return time.monotonic() - began


if __name__ == "__main__":
    main()
