"""Two real processes share a Slack over one PostgreSQL: what arrives at both is answered once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest

from bot.ports import DatabaseAddress
from store import open_store
from tests.adapters.slack.conftest import WAYS
from tests.adapters.slack.digests.scene import form, ready
from tests.adapters.slack.world import World, labels, words, world
from tests.stand_ins.slack import Delivery, Message, Slow
from tests.support.postgresql import Server
from tests.support.processes import Process, free_port, running

pytestmark = pytest.mark.slow


@dataclass
class Workers:
    """Two processes, of which one hears what happens; `turn` makes it the other one."""

    place: World
    database: DatabaseAddress
    processes: list[Process]
    ports: list[int]

    def turn(self) -> None:
        if self.place.app.request_url:
            self.ports.reverse()
            self.place.app.request_url = f"http://127.0.0.1:{self.ports[0]}/slack/events"
        else:
            self.place.slack.sockets.links.reverse()  # the last one is told

    async def also(self, delivery: Delivery) -> None:
        """The other process hears the same, as a retry of Slack's."""
        await delivery.acknowledged()
        self.turn()
        await self.place.slack.post.again(delivery)
        assert not delivery.failed

    async def end(self) -> None:
        """Both finish what is under way."""
        for process in self.processes:
            assert await process.terminated() == 0
            assert "Traceback" not in "".join(process.lines)

    def messages(self) -> list[Message]:
        """What the bot said to all."""
        place = self.place
        return [each for each in place.slack.messages(place.general) if each.app_id == place.app.id]

    def whispers(self) -> list[Message]:
        """What it said to alice alone."""
        return self.place.slack.ephemerals(self.place.general, self.place.alice)


@pytest.fixture(params=WAYS)
async def workers(request: pytest.FixtureRequest, server: Server, tmp_path: Path) -> AsyncIterator[Workers]:
    ports = [free_port(), free_port()] if request.param == "over HTTP" else [0, 0]
    database = server.database()
    async with world(tmp_path / "unused", port=ports[0]) as place, AsyncExitStack() as stack:
        processes = [
            await stack.enter_async_context(
                running(**place.environment(PORT=str(port), ANBOT_DB=database.text))
            )
            for port in ports
        ]
        for process in processes:
            await process.says("ready slack")
        await ready(place)
        yield Workers(place, database, processes, ports)


async def test_a_command_and_a_press_that_arrive_at_both_are_answered_once(workers: Workers) -> None:
    place = workers.place
    await workers.also(await place.alice.command("/paper risks from learned optimization", place.general))
    card = await place.posted()
    await workers.also(await place.bob.use(card, "Opinion"))
    await place.whispered(to=place.bob)
    await workers.end()
    assert len(workers.messages()) == 1
    assert len(place.slack.ephemerals(place.general, place.bob)) == 1


async def test_share_that_is_pressed_twice_and_heard_by_both_shares_once(workers: Workers) -> None:
    place = workers.place
    await place.command("/paper risks from learned optimization")
    await (await place.bob.use(await place.posted(), "Opinion")).acknowledged()
    copy = await place.whispered(to=place.bob)
    gate = asyncio.Event()
    place.slack.faults.add(Slow(until=gate), method="response_url")
    await (await place.bob.use(copy, "Share")).acknowledged()
    workers.turn()
    await (await place.bob.use(copy, "Share")).acknowledged()
    gate.set()
    await place.posted(2)
    await workers.end()
    assert len(workers.messages()) == 2
    assert "Share" not in labels(place.slack.ephemerals(place.general, place.bob)[0])


async def test_a_form_that_arrives_at_both_subscribes_once(workers: Workers) -> None:
    place = workers.place
    shown = await form(place)
    await workers.also(await place.alice.submit(shown, {}))
    await workers.end()
    assert len(workers.whispers()) == 1
    assert "Subscribed" in words(workers.whispers()[0])
    async with open_store(workers.database, clock=place.now) as store:
        assert len(await store.subscriptions.all()) == 1


async def test_a_message_of_which_both_are_told_is_answered_once(workers: Workers) -> None:
    place = workers.place
    await place.command("/linking on")
    await place.whispered()
    workers.turn()
    for whispers in count(2):
        await place.command("/linking status")  # until the other one has heard of it, too
        if "Linking is on" in (await place.whispered(whispers)).text:
            break
    await place.bob.send(place.general, "Has anybody read AN #58?")
    (event,) = [each for each in place.slack.post.sent if "AN #58" in str(each.payload)]
    await workers.also(event)
    await place.until(workers.messages, "a reply")
    await workers.end()
    assert len(workers.messages()) == 1
