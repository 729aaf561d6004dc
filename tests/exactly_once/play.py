"""Plays a scenario and says what was wrong, if anything was."""

import asyncio
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Final

from bot.cards.card import Card
from bot.digests.subscriptions import Person, Subscriptions
from bot.indexing.indexer import Indexer
from bot.model.digests import Delivery, DeliveryState, DigestKind, DigestOptions, WeeklySlot
from bot.model.newsletter import Document, Draft
from bot.model.newsletter import SourceKind as Source
from store import Store, open_store
from tests.exactly_once.bots import Bot, Clock, Zygote
from tests.exactly_once.grounds import Ground, ground
from tests.exactly_once.newsletter import BIG, ENTRIES, OLD, SMALL, archive, big, small
from tests.exactly_once.scenarios import FREEZES, KILLS, Scenario, Trouble
from tests.exactly_once.surroundings import Storage, Surroundings, disturb, surroundings
from tests.exactly_once.verdict import problems_of
from tests.stand_ins.common.patience import HANG

_QUIET: Final = 6
"""Minutes of the bots' time in which nothing is added to a complete issue: on a busy machine two
entries of one come seconds later than they should.
"""
_FROZEN: Final = 10.0
"""Seconds after which a frozen process goes on at the latest: five minutes of its own."""
_CROWD: Final = 4_000
"""Messages of other people that are written while a digest is posted."""


class Failed(AssertionError):
    """A scenario ended other than it should have."""


async def play(scenario: Scenario, zygote: Zygote, folder: Path) -> None:
    """Play it in that folder. Raises Failed."""
    clock = Clock(scenario.start)
    async with AsyncExitStack() as stack:
        there = await stack.enter_async_context(ground(scenario, clock))
        store = await stack.enter_async_context(open_store(folder / "an.db", clock=clock.datetime))
        stage = _Stage(scenario, zygote, folder, clock, there, store)
        stack.callback(stage.end)
        try:
            async with asyncio.timeout(HANG):
                await stage.play()
        except TimeoutError:
            raise Failed(f"{scenario}{stage.around}: never done\n{await stage.state()}") from None
        await stage.check()


@dataclass
class _Stage:
    scenario: Scenario
    zygote: Zygote
    folder: Path
    clock: Clock
    ground: Ground
    store: Store
    bots: list[Bot] = field(default_factory=list)
    frozen: list[Bot] = field(default_factory=list)
    requests: int = -1
    never: asyncio.Event = field(default_factory=asyncio.Event)
    struck: asyncio.Queue[Trouble] = field(default_factory=asyncio.Queue)
    expected: list[int] = field(default_factory=list)
    watching: list[asyncio.Task[None]] = field(default_factory=list)
    started: int = 0
    disturbing: asyncio.Lock = field(default_factory=asyncio.Lock)
    disturbance: asyncio.Task[None] | None = None

    @property
    def around(self) -> Surroundings:
        return surroundings(self.scenario)

    async def play(self) -> None:
        await self._take(self._small(OLD))
        if self.scenario.kind is DigestKind.CLUB:
            await self._take(self._big())
        await self._subscribe()
        await self._tamper()
        self._arm()
        if self.scenario.crowd:
            self.ground.crowd(_CROWD // 2)
        self.clock.go()
        self.expected = [BIG]
        if self.scenario.weeks:
            await self._missed_weeks()
        for _ in range(1 + self.scenario.twins):
            await self._start()
        if self.scenario.kind is DigestKind.NEWS and not self.scenario.weeks:
            await self._appear()
        if self.scenario.archive:
            await self._take(*archive())
        causing = asyncio.create_task(self._cause())
        try:
            await self._delivered(1)
            await self._one_more()
        finally:
            causing.cancel()
        for bot in self.frozen:
            bot.thaw()
        await self._passed(12)

    async def check(self) -> None:
        """Everything stands there once, whole and in order."""
        log = sorted(await self.store.outbox.log(None, 1000), key=_order)
        names, text = self.ground.posted(), self.ground.text()
        if problems := list(problems_of(self.scenario, log, names, text, self.expected)):
            raise Failed(f"{self.scenario}{self.around}: {'; '.join(problems)}\n{await self.state()}")

    async def state(self) -> str:
        """What there is to see of it."""
        log = await self.store.outbox.log(None, 1000)
        rows = [f"{each.id} {each.state} {each.tries} {each.problem}" for each in sorted(log, key=_order)]
        return "\n".join(
            [
                *rows,
                f"posted: {self.ground.posted()}",
                *(f"paused: {each.paused}" for each in await self.store.subscriptions.all() if each.paused),
                *self._logs(),
            ]
        )

    def end(self) -> None:
        """Nothing is left of it; a request that hung may be carried out now."""
        self.never.set()
        for watch in self.watching:
            watch.cancel()
        for bot in [*self.bots, *self.frozen]:
            bot.kill()

    def _big(self, entries: int | None = None) -> Draft:
        return big(entries or ENTRIES[self.scenario.platform], self.scenario.start.date())

    def _small(self, number: int) -> Draft:
        return small(number, self.scenario.start.date())

    async def _appear(self) -> None:
        """The new issue comes in, at once or entry by entry."""
        for entries in (1, 2, 5) if self.scenario.rows else ():
            await self._take(self._big(entries))
            await self._passed(_QUIET * 60 / 6)
        await self._take(self._big())

    async def _tamper(self) -> None:
        """What is wrong in the database before the bot starts."""
        (subscription,) = await self.store.subscriptions.all()
        if self.scenario.rules and subscription.due:
            by_former_rules = replace(subscription, due=subscription.due + timedelta(hours=1))
            assert await self.store.subscriptions.change(by_former_rules)
        if self.scenario.poisoned:
            nowhere = WeeklySlot(weekday=0, hour=9, timezone="Mars/Base")
            poisoned = replace(
                subscription,
                id="poisoned",
                place=replace(subscription.place, channel="1"),
                options=DigestOptions(slot=nowhere),
                due=self.scenario.start,
            )
            assert await self.store.subscriptions.add(poisoned)

    def _logs(self) -> list[str]:
        return [line for file in self.folder.glob("*.log") for line in file.read_text().splitlines()[-40:]]

    async def _take(self, *drafts: Draft) -> None:
        async with self.disturbing:
            await Indexer(self.store.archive).take("a feed", Document(kind=Source.FEED, drafts=drafts))

    async def _subscribe(self) -> None:
        moment = self.scenario.moment
        options = DigestOptions(
            kind=self.scenario.kind,
            slot=moment.slot if moment else None,
            full=True,
            thread=self.scenario.thread or self.scenario.forum,
            start=BIG,
        )
        lookup = Subscriptions(self.store.library, self.store, self.clock.datetime)
        card = await lookup.subscribe(self.ground.place, options, Person(id="1", name="Ada"))
        assert isinstance(card, Card), card
        assert not card.missed, card

    async def _missed_weeks(self) -> None:
        """New issues appear while nobody is there."""
        if self.scenario.kind is DigestKind.NEWS:
            await self._take(self._big())
            await self._take(self._small(SMALL))
            self.expected.append(SMALL)
        self.clock.leap(weeks=self.scenario.weeks)

    async def _one_more(self) -> None:
        """Another issue appears; where it is not the hour, nothing comes of it."""
        if self.scenario.kind is DigestKind.NEWS and not self.scenario.moment:
            await self._take(self._small(SMALL))
            self.expected.append(SMALL)
            await self._delivered(2)

    async def _delivered(self, digests: int) -> None:
        """Return when that many digests are through."""
        while True:
            log = await self.store.outbox.log(None, 1000)
            done = all(each.state in {DeliveryState.SENT, DeliveryState.FAILED} for each in log)
            if done and len({each.digest for each in log}) >= digests:
                return
            await asyncio.sleep(0.05)

    async def _passed(self, seconds: float) -> None:
        """So much of the bots' time has passed."""
        await self.clock.wait(seconds)

    def _arm(self) -> None:
        def counted() -> None:
            self.requests += 1
            if self.requests == self.around.at and self.around.storage is not Storage.SOUND:
                self.disturbance = asyncio.create_task(self._disturb())

        self.ground.count(counted)
        for at, trouble in self.scenario.troubles.items():
            self._arm_one(at, trouble)

    async def _disturb(self) -> None:
        """No process is started and no issue appears meanwhile: either would make a new database."""
        async with self.disturbing:
            await disturb(self.around.storage, self.folder / "an.db", lambda: [*self.bots, *self.frozen])

    def _arm_one(self, at: int, trouble: Trouble) -> None:
        def strikes() -> bool:
            if self.requests != at:
                return False
            self.struck.put_nowait(trouble)
            if self.scenario.crowd and at == min(self.scenario.troubles):
                self.ground.crowd(_CROWD // 2)
            return trouble is not Trouble.KILL_ANSWERED

        self.ground.trouble(trouble, strikes, self.never)

    async def _cause(self) -> None:
        """Do to the processes what a trouble says, when it struck."""
        while True:
            trouble = await self.struck.get()
            if trouble not in KILLS | FREEZES | {Trouble.STOP} or not self.bots:
                continue
            await asyncio.sleep(0.01)  # what was TAKEN is being carried out
            bot = self.bots.pop(0)
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
            await self._start()

    async def _start(self) -> None:
        environment = {
            "ANBOT_DB": str(self.folder / "an.db"),
            "ANBOT_SOURCES": "",
            "ANBOT_QUIET": str(_QUIET if self.scenario.rows else 0),
            **self.ground.environment,
        }
        log = self.folder / f"{len(self.bots) + len(self.frozen)}.log"
        async with self.disturbing:
            clock = self.around.clock(self.clock, self.started)
            self.started += 1
            bot = await self.zygote.start(environment, log, clock)
            self.bots.append(bot)
            self.watching.append(asyncio.create_task(self._watch(bot)))

    async def _watch(self, bot: Bot) -> None:
        """Start another if it ends by itself, as it does if the database is being written when it starts."""
        await bot.ended()
        if bot in self.bots:
            self.bots.remove(bot)
            await self._start()


def _order(delivery: Delivery) -> tuple[int, int]:
    return delivery.digest, delivery.part
