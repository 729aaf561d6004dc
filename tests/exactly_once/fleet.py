"""The processes of a scenario: one that ends is replaced, as the system of a server does it."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from tests.exactly_once.bots import Bot, Clock, Zygote
from tests.exactly_once.scenarios import FREEZES, KILLS, Trouble
from tests.exactly_once.surroundings import Surroundings

DATABASE: Final = "an.db"
"""The name of the file."""
COPY: Final = "copy.sqlite"
"""The name of what a process has open if the database is on a server."""
_FROZEN: Final = 10.0
"""Seconds after which a frozen process goes on at the latest: five minutes of its own."""
_SHOWN: Final = 40
_DELIVERS: Final = '"message": "this process delivers digests'


@dataclass(kw_only=True)
class Fleet:
    """Processes on one database, which is in the folder with their logs. No process is started
    while somebody else has the `database`: it would make a new one.
    """

    zygote: Zygote
    folder: Path
    clock: Clock
    surroundings: Surroundings
    environment: Mapping[str, str]
    database: asyncio.Lock = field(default_factory=asyncio.Lock)
    running: list[Bot] = field(default_factory=list)
    frozen: list[Bot] = field(default_factory=list)
    started: int = 0
    watching: list[asyncio.Task[None]] = field(default_factory=list)

    @property
    def all(self) -> Sequence[Bot]:
        return [*self.running, *self.frozen]

    async def start(self) -> None:
        """Start one more."""
        async with self.database:
            clock = self.surroundings.clock(self.clock, self.started)
            log = self.folder / f"{self.started}.log"
            self.started += 1
            bot = await self.zygote.start(self.environment, log, clock, self.clock)
            self.running.append(bot)
            await bot.opened(DATABASE, COPY)
            self.watching.append(asyncio.create_task(self._watch(bot)))

    async def suffer(self, trouble: Trouble) -> None:
        """Do to the process that runs longest what the trouble says, and start another."""
        if trouble not in KILLS | FREEZES | {Trouble.STOP} or not self.running:
            return
        await asyncio.sleep(0.01)  # what was TAKEN is being carried out
        bot = self.running.pop(0)
        if trouble in KILLS:
            bot.kill()
            await bot.ended()
        elif trouble is Trouble.STOP:
            bot.stop()
        else:
            bot.freeze()
            self.frozen.append(bot)
            # Frozen in the middle of a write it keeps all others from writing, until it goes on.
            asyncio.get_running_loop().call_later(_FROZEN, bot.thaw)
        await self.start()

    def thaw(self) -> None:
        """Let the frozen go on."""
        for bot in self.frozen:
            bot.thaw()

    def end(self) -> None:
        """Kill all."""
        for watch in self.watching:
            watch.cancel()
        for bot in self.all:
            bot.kill()

    def log(self) -> list[str]:
        """The lines of all logs."""
        return [line for file in self.folder.glob("*.log") for line in file.read_text().splitlines()]

    def delivering(self) -> datetime:
        """When the first of them began to deliver: on a busy machine, long after its start."""
        times = [json.loads(line)["time"] for line in self.log() if _DELIVERS in line]
        return self.clock.at(min(map(datetime.fromisoformat, times)).timestamp())

    def last_lines(self) -> list[str]:
        """The last lines of each log."""
        return [
            line for file in self.folder.glob("*.log") for line in file.read_text().splitlines()[-_SHOWN:]
        ]

    async def _watch(self, bot: Bot) -> None:
        """Start another if it ends by itself, as it does if the database is being written when it starts."""
        await bot.ended()
        if bot in self.running:
            self.running.remove(bot)
            await self.start()
