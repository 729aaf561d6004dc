"""What surrounds the bot and goes wrong: its clock, its database, its disk. Drawn from the seed, as all else.

A wrong clock is that of all processes on the machine: one that is started after a kill
has another skew than the one before, as after a correction by NTP.
"""

import asyncio
import contextlib
import random
import resource
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto
from pathlib import Path

from bot.ports import DatabaseAddress, DatabaseName
from tests.exactly_once.bots import Bot, Clock
from tests.exactly_once.scenarios import FREEZES, STEPS, Scenario
from tests.support.postgresql import Server

SKEWS = tuple(timedelta(seconds=sign * seconds) for seconds in (400, 86_400) for sign in (1, -1))
_AWAY = 0.3
"""Seconds for which the file is away or the disk full: nine of the bots'."""
_NO_MORE = 4096
"""Bytes that a file may have on a full disk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """The database of a scenario; `server` is where it is, if it is no file."""

    database: DatabaseName
    server: Server | None = None

    @property
    def name(self) -> str:
        """As the environment names it."""
        return self.database.text if isinstance(self.database, DatabaseAddress) else str(self.database)


@asynccontextmanager
async def made(file: Path, server: Server | None) -> AsyncIterator[Base]:
    """A new one in that file, or on the server, which other scenarios do not wait for."""
    if not server:
        yield Base(database=file)
        return
    database = await asyncio.to_thread(server.database)
    try:
        yield Base(database=database, server=server)
    finally:
        await asyncio.to_thread(server.drop, database)


class Storage(Enum):
    """What happens to the database while a digest is posted."""

    SOUND = auto()
    DELETED = auto()
    """The file is moved away, and later put back. A server cuts all connections and takes none."""
    FULL = auto()
    """No file may grow. A server cuts all connections, and then it is read-only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """`skews` are those of the processes in the order of their starts, the last one's for all
    others; `storage` goes wrong at the request with that count.
    """

    skews: Sequence[timedelta] = (timedelta(),)
    storage: Storage = Storage.SOUND
    at: int = 0

    def __str__(self) -> str:
        skewed = f" skews {[int(each.total_seconds()) for each in self.skews]}" if any(self.skews) else ""
        stored = f" {self.at}:{self.storage.name.lower()}" if self.storage is not Storage.SOUND else ""
        return skewed + stored

    def clock(self, clock: Clock, started: int) -> Clock:
        """The clock of the process that is started after so many others."""
        made = Clock(clock.start + self.skews[min(started, len(self.skews) - 1)], clock.speed)
        made.origin = clock.origin
        return made


def surroundings(scenario: Scenario, *, apart: bool = False) -> Surroundings:
    """What surrounds the scenario, the same for ever. Only processes that share a machine's clock
    and are not bound to an hour get a wrong one; or any if they are `apart`, since they go by a server's.
    """
    draw = random.Random(f"surroundings {scenario.seed}")  # noqa: S311 - no secret
    together = scenario.twins or FREEZES & set(scenario.troubles.values())
    skewed = (apart or (not together and not scenario.moment)) and draw.random() < 0.5
    skews = [draw.choice((timedelta(), *SKEWS)) for _ in range(4)] if skewed else [timedelta()]
    storage = draw.choice((Storage.SOUND, Storage.SOUND, Storage.DELETED, Storage.FULL))
    return Surroundings(skews=skews, storage=storage, at=draw.randrange(STEPS))


async def disturb(storage: Storage, base: Base, bots: Callable[[], Sequence[Bot]]) -> None:
    """Let it happen, and make it good again a little later."""
    database = base.database
    if isinstance(database, DatabaseAddress):
        assert base.server
        trouble = base.server.closed if storage is Storage.DELETED else base.server.readonly
        async with trouble(database):
            await asyncio.sleep(_AWAY)
        return
    if storage is Storage.DELETED:
        away = database.with_name("away")
        database.rename(away)
        try:
            await asyncio.sleep(_AWAY)
        finally:
            away.rename(database)
    if storage is Storage.FULL:
        for size in (_NO_MORE, resource.RLIM_INFINITY):
            for bot in bots():
                with contextlib.suppress(ProcessLookupError):
                    resource.prlimit(bot.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
            await asyncio.sleep(_AWAY if size == _NO_MORE else 0)
