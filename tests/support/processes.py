"""The real `anbot` as a process of its own."""

import asyncio
import json
import os
import random
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.stand_ins.common.patience import HANG
from tests.stand_ins.common.planted import found_in

ROOT = Path(__file__).resolve().parents[2]
_UNASSIGNED = (10_000, 32_000)
"""Ports below those that systems give to whoever asks for any."""


@dataclass
class Process:
    """A running bot, and its log so far."""

    running: asyncio.subprocess.Process
    lines: list[str] = field(default_factory=list)

    async def says(self, words: str) -> None:
        """Wait until a line of the log holds the words."""
        async with asyncio.timeout(HANG):
            while not any(words in line for line in self.lines):
                assert await self.read(), "\n".join(self.lines)

    async def read(self) -> bool:
        assert self.running.stderr
        line = (await self.running.stderr.readline()).decode()
        self.lines.append(line)
        return bool(line)

    async def ended(self) -> int:
        """The exit code, when it has ended by itself."""
        async with asyncio.timeout(HANG):
            while await self.read():
                pass
            return await self.running.wait()

    async def terminated(self) -> int:
        """The exit code after SIGTERM."""
        self.running.send_signal(signal.SIGTERM)
        return await self.ended()


@asynccontextmanager
async def running(*program: str, **variables: str) -> AsyncIterator[Process]:
    """`anbot run`, or another program of Python, with these variables beside the environment's; killed at
    the end of the block if it still runs.
    """
    started = await asyncio.create_subprocess_exec(
        *(sys.executable, *(program or ("-m", "bot", "run"))),
        cwd=ROOT,
        env={**os.environ, "ANBOT_SOURCES": "", **variables},
        stderr=asyncio.subprocess.PIPE,
    )
    process = Process(started)
    try:
        yield process
    finally:
        if started.returncode is None:
            started.kill()
            await process.ended()
        output = "".join([*process.lines, *map(decoded, process.lines)])
        assert not found_in(output), "the log holds what people wrote, or a secret"


def decoded(line: str) -> str:
    """What a line of the log says, if it is JSON: there quotation marks and ends of lines are escaped."""
    return "\n".join(map(str, json.loads(line).values())) if line.startswith("{") else ""


async def finished(*arguments: str, **variables: str) -> tuple[int, str]:
    """The exit code of the command line, and all that it printed."""
    started = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *arguments),
        cwd=ROOT,
        env={**os.environ, "ANBOT_SOURCES": "", **variables},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    async with asyncio.timeout(HANG):
        printed, _ = await started.communicate()
    return started.returncode or 0, printed.decode()


def command(*arguments: str, database: Path) -> subprocess.Popen[str]:
    """The command line over a database, in a process of its own."""
    environment = {**os.environ, "ANBOT_DB": str(database)}
    return subprocess.Popen(
        [sys.executable, "-m", "bot", *arguments],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def free_port() -> int:
    """A port of this machine that nothing listens on, and that nobody is given before it is used."""
    while True:
        # Whatever the seed: other processes have the same.
        port = random.SystemRandom().randint(*_UNASSIGNED)
        with socket.socket() as chosen, suppress(OSError):
            chosen.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            chosen.bind(("127.0.0.1", port))
            return port
