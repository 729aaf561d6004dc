"""Lets the troubles of a scenario strike: each the request with its count."""

import asyncio
from dataclasses import dataclass, field
from typing import Final

from tests.exactly_once.fleet import Fleet
from tests.exactly_once.grounds import Ground
from tests.exactly_once.scenarios import Scenario, Trouble
from tests.exactly_once.surroundings import Base, Storage, disturb

_CROWD: Final = 4_000
"""Messages of other people that are written while a digest is posted."""


@dataclass(kw_only=True)
class Troubles:
    """What befalls the requests for the digest, the processes and the database."""

    scenario: Scenario
    ground: Ground
    fleet: Fleet
    base: Base
    requests: int = -1
    never: asyncio.Event = field(default_factory=asyncio.Event)
    struck: asyncio.Queue[Trouble] = field(default_factory=asyncio.Queue)
    disturbance: asyncio.Task[None] | None = None

    def arm(self) -> None:
        """From now on they strike."""
        if self.scenario.crowd:
            self.ground.crowd(_CROWD // 2)
        self.ground.count(self._count)
        for at, trouble in self.scenario.troubles.items():
            self._arm_one(at, trouble)

    async def cause(self) -> None:
        """Do to the processes what a trouble says, when it struck."""
        while True:
            await self.fleet.suffer(await self.struck.get())

    def end(self) -> None:
        """A request that hung may be carried out now."""
        self.never.set()

    def _count(self) -> None:
        self.requests += 1
        around = self.fleet.surroundings
        if self.requests == around.at and around.storage is not Storage.SOUND:
            self.disturbance = asyncio.create_task(self._disturb(around.storage))

    async def _disturb(self, storage: Storage) -> None:
        async with self.fleet.database:
            await disturb(storage, self.base, lambda: self.fleet.all)

    def _arm_one(self, at: int, trouble: Trouble) -> None:
        def strikes() -> bool:
            if self.requests != at:
                return False
            self.struck.put_nowait(trouble)
            if self.scenario.crowd and at == min(self.scenario.troubles):
                self.ground.crowd(_CROWD // 2)
            return trouble is not Trouble.KILL_ANSWERED

        self.ground.trouble(trouble, strikes, self.never)
