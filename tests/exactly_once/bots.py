"""Processes of the bot: started, frozen, killed."""

import asyncio
import contextlib
import json
import os
import signal
import sys
import time
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from tests.stand_ins.common.changes import Changes
from tests.stand_ins.common.patience import HANG
from tests.support.processes import ROOT

SPEED = 30.0
"""Seconds of the bot's time that pass in one, unless the machine is too busy for that."""


@dataclass
class Bot:
    """A running process, by its id."""

    pid: int

    def kill(self) -> None:
        """It ends at once and finishes nothing."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)

    def stop(self) -> None:
        """It is asked to stop, and may finish what it does."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGTERM)

    def freeze(self) -> None:
        """It stands still until it is thawed."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGCONT)

    async def opened(self, *names: str) -> None:
        """Returns when it has a file of one of the names open, or is no more."""
        descriptors = Path(f"/proc/{self.pid}/fd")
        with contextlib.suppress(OSError):
            while not any(  # noqa: ASYNC110 - nobody tells
                _leads_to(each, names) for each in descriptors.iterdir()
            ):
                await asyncio.sleep(0.01)

    async def ended(self) -> None:
        """Returns when it is no more."""
        try:
            handle = os.pidfd_open(self.pid)
        except ProcessLookupError:
            return
        over = asyncio.Event()
        loop = asyncio.get_running_loop()
        loop.add_reader(handle, over.set)
        try:
            async with asyncio.timeout(HANG):
                await over.wait()
        finally:
            loop.remove_reader(handle)
            os.close(handle)


def _leads_to(descriptor: Path, names: Collection[str]) -> bool:
    try:
        return descriptor.readlink().name in names
    except OSError:
        return False  # it was closed


@dataclass
class Zygote:
    """Makes processes, one after the other."""

    process: asyncio.subprocess.Process
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def start(self, environment: Mapping[str, str], log: Path, clock: "Clock", server: "Clock") -> Bot:
        order = {
            "environment": dict(environment),
            "log": str(log),
            "start": clock.start.isoformat(),
            "origin": clock.origin,
            "speed": clock.speed,
            "server": server.sql,
        }
        asking = asyncio.create_task(self._made(order))
        try:
            return await asyncio.shield(asking)
        except asyncio.CancelledError:
            asking.add_done_callback(lambda made: made.result().kill())
            raise

    async def _made(self, order: Mapping[str, object]) -> Bot:
        """One at a time, and never given up: an answer left unread would be taken for the next one's."""
        assert self.process.stdin
        assert self.process.stdout
        async with self.turn:
            self.process.stdin.write(json.dumps(order).encode() + b"\n")
            await self.process.stdin.drain()
            return Bot(pid=int(await self.process.stdout.readline()))


@asynccontextmanager
async def zygote() -> AsyncIterator[Zygote]:
    started = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.exactly_once.zygote"),
        cwd=ROOT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert started.stdin
    assert started.stdout
    try:
        assert await started.stdout.readline(), "it cannot be imported"
        yield Zygote(started)
    finally:
        started.stdin.close()
        await started.wait()


class Clock:
    """The time of the bots and of the stand-in: once it goes, faster than the wall's, and it can leap on."""

    def __init__(self, start: datetime, speed: float = SPEED) -> None:
        self.start = start
        self.speed = speed
        self.changes = Changes()
        self.origin: float | None = None

    def go(self) -> None:
        self.origin = time.time()

    def at(self, wall: float) -> datetime:
        """The time when a clock on the wall showed so many seconds since 1970."""
        if self.origin is None:
            return self.start
        return self.start + timedelta(seconds=(wall - self.origin) * self.speed)

    def datetime(self) -> datetime:
        return self.at(time.time())

    def now(self) -> float:
        """Seconds since 1970."""
        return self.datetime().timestamp()

    @property
    def sql(self) -> str:
        """The time as a database can tell it, in milliseconds since 1970."""
        passed = f"(extract(epoch FROM clock_timestamp()) - {self.origin}) * {self.speed}"
        return f"(({self.start.timestamp()} + {passed}) * 1000)::bigint"

    async def wait(self, seconds: float) -> None:
        await asyncio.sleep(max(seconds, 0) / self.speed)

    def leap(self, **span: float) -> None:
        """Who is started from now on lives that much later."""
        self.start += timedelta(**span)
