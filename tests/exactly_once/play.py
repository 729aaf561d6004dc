"""Plays a scenario and says what was wrong, if anything was."""

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Final

from bot.errors import StoreAway, StoreError
from bot.indexing.indexer import Indexer
from bot.model.digests import Delivery, DeliveryState, DigestKind
from bot.model.newsletter import Document, Draft
from bot.model.newsletter import SourceKind as Source
from store import Store, open_store
from tests.exactly_once.bots import SPEED, Clock, Zygote
from tests.exactly_once.fleet import DATABASE, Fleet
from tests.exactly_once.grounds import Ground, ground
from tests.exactly_once.newsletter import BIG, ENTRIES, OLD, SMALL, archive, big, small
from tests.exactly_once.scenarios import Scenario
from tests.exactly_once.subscribers import POISONED, subscribe_all
from tests.exactly_once.surroundings import made, surroundings
from tests.exactly_once.troubles import Troubles
from tests.exactly_once.verdict import problems_beside, problems_of, wrong_times
from tests.stand_ins.common import planted
from tests.stand_ins.common.patience import HANG
from tests.support.postgresql import Server

_QUIET: Final = 2
"""Minutes of the bots' time in which nothing is added to a complete issue: on a busy machine two
entries of one come seconds later than they should.
"""
_MOST: Final = 10_000


class Failed(AssertionError):
    """A scenario ended other than it should have."""


async def play(  # noqa: PLR0913, PLR0917 - all that there is to choose
    scenario: Scenario,
    zygote: Zygote,
    folder: Path,
    server: Server | None = None,
    workers: int = 1,
    speed: float = SPEED,
) -> None:
    """Play it in that folder, or with a database on a server, with so many processes at least. Raises Failed."""
    clock = Clock(scenario.start, speed)
    async with AsyncExitStack() as stack:
        base = await stack.enter_async_context(made(folder / DATABASE, server))
        there = await stack.enter_async_context(ground(scenario, clock))
        store = await stack.enter_async_context(open_store(base.database, clock=clock.datetime))
        environment = {
            "ANBOT_DB": base.name,
            "ANBOT_SOURCES": "",
            "ANBOT_QUIET": str(_QUIET if scenario.rows else 0),
            **there.environment,
        }
        fleet = Fleet(
            zygote=zygote,
            folder=folder,
            clock=clock,
            surroundings=surroundings(scenario, apart=server is not None),
            environment=environment,
        )
        stack.callback(fleet.end)
        troubles = Troubles(scenario=scenario, ground=there, fleet=fleet, base=base)
        stack.callback(troubles.end)
        stage = _Stage(scenario, max(1 + scenario.twins, workers), clock, there, store, fleet, troubles)
        try:
            async with asyncio.timeout(HANG):
                await stage.play()
        except TimeoutError:
            raise Failed(f"{stage}: never done\n{await stage.state()}") from None
        await stage.check()


class _Stage:
    def __init__(  # noqa: PLR0913, PLR0917 - all that a scenario needs
        self,
        scenario: Scenario,
        workers: int,
        clock: Clock,
        there: Ground,
        store: Store,
        fleet: Fleet,
        troubles: Troubles,
    ) -> None:
        self._scenario = scenario
        self._workers = workers
        self._clock = clock
        self._ground = there
        self._store = store
        self._fleet = fleet
        self._troubles = troubles
        self._expected = [BIG]

    def __str__(self) -> str:
        return f"{self._scenario}{self._fleet.surroundings}"

    async def play(self) -> None:
        """The newsletter grows, the bots run, and troubles strike."""
        await self._take(self._small(OLD))
        if self._scenario.kind is DigestKind.CLUB:
            await self._take(self._big())
        await subscribe_all(self._scenario, self._ground, self._store, self._clock)
        self._troubles.arm()
        appears = self._scenario.kind is DigestKind.NEWS and not self._scenario.weeks
        if self._scenario.weeks:
            await self._missed_weeks()
        elif appears and self._scenario.moment:
            await self._appear()  # or it could come after the hour, on a busy machine
        self._clock.go()
        for _ in range(self._workers):
            await self._fleet.start()
        if appears and not self._scenario.moment:
            await self._appear()
        if self._scenario.archive:
            await self._take(*archive())
        causing = asyncio.create_task(self._troubles.cause())
        try:
            await self._delivered(1)
            await self._one_more()
        finally:
            causing.cancel()
        self._fleet.thaw()
        await self._clock.wait(12)

    async def check(self) -> None:
        """Everything stands there once, whole and in order, and no log holds a secret or what people wrote."""
        problems: list[str] = []
        logs, delivering = await self._logs(), self._fleet.delivering()
        for each in await self._store.subscriptions.all():
            if each.id != POISONED:
                names, text = self._ground.posted(each.place), self._ground.text(each.place)
                faults = [
                    *problems_of(self._scenario, logs[each.id], names, text, self._expected),
                    *wrong_times(self._scenario, logs[each.id], len(self._expected), delivering),
                ]
                problems += [f"{each.place.channel} {problem}" for problem in faults]
            else:
                problems += problems_beside(each, self._fleet.log())
        if leaked := planted.found_in("\n".join(self._fleet.log())):
            problems.append(f"a log holds {leaked}")
        if problems:
            raise Failed(f"{self}: {'; '.join(problems)}\n{await self.state()}")

    async def state(self) -> str:
        """What there is to see of it."""
        return "\n".join(
            [
                *await self._rows(),
                f"posted: {self._ground.posted(self._ground.place)}",
                *self._fleet.last_lines(),
            ]
        )

    async def _rows(self) -> Sequence[str]:
        """What there is to see in the database, if it can be read."""
        try:
            paused = [each for each in await self._store.subscriptions.all() if each.paused]
            logs = (await self._logs()).values()
        except StoreError as error:
            return [str(error)]
        return [
            *(f"{each.id} {each.state} {each.tries} {each.problem}" for log in logs for each in log),
            *(f"paused: {each.id} {each.paused}" for each in paused),
        ]

    async def _logs(self) -> Mapping[str, Sequence[Delivery]]:
        """The deliveries of each subscription in their order."""
        logs: dict[str, list[Delivery]] = defaultdict(list)
        for each in sorted(await self._log(), key=_order):
            logs[each.subscription].append(each)
        return logs

    async def _log(self) -> Sequence[Delivery]:
        """All deliveries. A server that cuts connections cuts ours too."""
        while True:
            with contextlib.suppress(StoreAway):
                return await self._store.outbox.log(None, _MOST)

    def _big(self, entries: int | None = None) -> Draft:
        return big(entries or ENTRIES[self._scenario.platform], self._scenario.start.date())

    def _small(self, number: int) -> Draft:
        return small(number, self._scenario.start.date())

    async def _appear(self) -> None:
        """The new issue comes in, at once or entry by entry."""
        for entries in (1, 2, 5) if self._scenario.rows else ():
            await self._take(self._big(entries))
            await self._clock.wait(_QUIET * 60 / 6)
        await self._take(self._big())

    async def _take(self, *drafts: Draft) -> None:
        async with self._fleet.database:
            await Indexer(self._store.archive).take("a feed", Document(kind=Source.FEED, drafts=drafts))

    async def _missed_weeks(self) -> None:
        """New issues appear while nobody is there."""
        if self._scenario.kind is DigestKind.NEWS:
            await self._take(self._big())
            await self._take(self._small(SMALL))
            self._expected.append(SMALL)
        self._clock.leap(weeks=self._scenario.weeks)

    async def _one_more(self) -> None:
        """Another issue appears; where it is not the hour, nothing comes of it."""
        if self._scenario.kind is DigestKind.NEWS and not self._scenario.moment:
            await self._take(self._small(SMALL))
            self._expected.append(SMALL)
            await self._delivered(2)

    async def _delivered(self, digests: int) -> None:
        """Return when that many digests of each channel are through."""
        channels = 1 + len(self._ground.beside) * self._scenario.poisoned
        while True:
            logs = await self._logs()
            done = [log for log in logs.values() if _is_through(log, digests)]
            if len(done) == channels == len(logs):
                return
            await asyncio.sleep(0.1)


def _is_through(log: Sequence[Delivery], digests: int) -> bool:
    settled = all(each.state in {DeliveryState.SENT, DeliveryState.FAILED} for each in log)
    return settled and len({each.digest for each in log}) >= digests


def _order(delivery: Delivery) -> tuple[int, int]:
    return delivery.digest, delivery.part
