"""Many places at once: nobody waits for another's limit, and stopping waits for what has begun alone."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace

import pytest

from bot.digests.poster import Posted
from bot.digests.turns import WIDTH
from bot.model.digests import Delivery, DeliveryState
from tests.bot.digests.platform import FakePlatform
from tests.bot.digests.scene import HERE, Scene, issue, scene
from tests.stand_ins.common.patience import HANG

SLOW, QUICK = "1", "2"


@dataclass
class Gated(FakePlatform):
    """Takes nothing for one server until it is let."""

    let: asyncio.Event = field(default_factory=asyncio.Event)
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    waiting: int = 0

    async def post(self, delivery: Delivery) -> Posted:
        if delivery.place.server == SLOW:
            self.waiting += 1
            self.changed.set()
            await self.let.wait()
        posted = await super().post(delivery)
        self.changed.set()
        return posted

    async def until(self, waiting: int = 0, posted: int = 0) -> None:
        async with asyncio.timeout(HANG):
            while self.waiting < waiting or len(self.posted) < posted:
                self.changed.clear()
                await self.changed.wait()


@pytest.fixture
async def platform() -> Gated:
    return Gated(room=4000)


@pytest.fixture
async def place(platform: Gated) -> AsyncIterator[Scene]:
    """More channels of the slow server than are posted to at once, and one of the other."""
    async with scene() as made:
        made.platform = platform
        for channel in range(WIDTH + 4):
            await made.subscribe(place=replace(HERE, server=SLOW, channel=str(channel)))
        await made.subscribe(place=replace(HERE, server=QUICK, channel="quick"))
        made.issues.append(issue(4))
        yield made


async def test_a_server_that_takes_its_time_holds_up_itself_alone(place: Scene, platform: Gated) -> None:
    presenter = asyncio.create_task(place.look())
    await platform.until(waiting=WIDTH, posted=1)
    assert [channel for channel, *_ in platform.posted] == ["quick"]
    assert platform.waiting == WIDTH
    platform.let.set()
    await presenter
    assert len(platform.posted) == WIDTH + 5


async def test_stopping_waits_for_what_has_begun_and_leaves_the_rest(place: Scene, platform: Gated) -> None:
    stop = asyncio.Event()
    running = asyncio.create_task(place.loop().run(stop))
    await platform.until(waiting=WIDTH, posted=1)
    stop.set()
    platform.let.set()
    await running
    assert len(platform.posted) == WIDTH + 1
    log = await place.store.outbox.log(None, 100)
    assert sum(each.state is DeliveryState.PENDING for each in log) == 4
    await place.look()
    assert len(set(platform.names)) == len(platform.names) == WIDTH + 5
