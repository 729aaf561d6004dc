"""The bot in a Slack over real HTTP or a real websocket, as `anbot run` serves it."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.model.digests import Delivery, Subscription
from tests.adapters.contract.scene import ADA, ALICE, BOB, Card, answered, noting, seen
from tests.adapters.slack.world import World, labels, words, world
from tests.stand_ins.common.faults import Cut, Slow
from tests.stand_ins.slack import Message, Person
from tests.stand_ins.slack.blocks import elements
from tests.stand_ins.slack.tiny_bot import client
from tests.support.fakes import MemoryFinder, MemoryLibrary


@dataclass(kw_only=True)
class SlackScene:
    """A workspace with one channel."""

    world: World
    people: Mapping[str, Person]
    library: MemoryLibrary
    finder: MemoryFinder
    name: str = "slack"

    @property
    def can_leap(self) -> bool:
        """Over HTTP Bolt holds the time of a request against the clock on the wall."""
        return not self.world.port

    @property
    def environment(self) -> Mapping[str, str]:
        return {**self.world.environment(), "ANBOT_DB": str(self.world.database)}

    def running(self) -> AbstractAsyncContextManager[None]:
        self.world.library, self.world.finder = self.library, self.finder
        return self.world.run()

    async def ask(self, line: str, by: str = ALICE) -> Card:
        before = seen(self, by)
        await self.world.command(line, self.people[by])
        return await answered(self, by, before)

    async def press(self, card: Card, label: str, by: str = ALICE, *, times: int = 1) -> None:
        message, person = self._message(card.id), self.people[by]
        for used in [await person.use(message, label) for _ in range(times)]:
            await used.acknowledged()

    async def pick(self, card: Card, label: str, by: str = ALICE) -> None:
        message = self._message(card.id)
        value = next(value for name, value in (card.entries or {}).items() if label in name)
        used = await self.people[by].use(message, _menu(message)["action_id"], value)
        await used.acknowledged()

    async def find_summaries(self, text: str, by: str = ALICE) -> Card:
        message = await self.people[BOB].send(self.world.general, text)
        before = seen(self, by)
        await (await self.people[by].shortcut("find_summaries", message)).acknowledged()
        return await answered(self, by, before)

    async def say(self, text: str, by: str = BOB) -> str:
        return (await self.people[by].send(self.world.general, text)).ts

    async def say_as_a_bot(self, text: str) -> None:
        slack, general = self.world.slack, self.world.general
        machine = slack.build.install(slack.build.app("machine"), self.world.team)
        self.people[ADA].invite(machine.app, general)
        await client(slack, machine.token).chat_postMessage(channel=general.id, text=text)

    async def edit(self, message: str, text: str) -> None:
        await self._author(message).edit(self._message(message), text)

    async def delete(self, message: str) -> None:
        await self._author(message).delete(self._message(message))

    def seen_by_all(self) -> list[Card]:
        return [_card(each) for each in self.world.slack.messages(self.world.general) if self._shows(each)]

    def seen_by(self, person: str) -> list[Card]:
        shown = self.world.slack.ephemerals(self.world.general, self.people[person])
        return [_card(each) for each in shown if self._shows(each)]

    def mention(self, person: str) -> str:
        return self.people[person].mention

    async def until(self, holds: Callable[[], object], what: str = "") -> None:
        await self.world.until(holds, what)

    async def settled(self) -> None:
        await self.until(lambda: all(each.done.is_set() for each in self.world.slack.post.sent))
        await self.ask("/linking status", by=ADA)

    def leap(self, seconds: float) -> None:
        self.world.clock.advance(seconds)

    async def passes(self, seconds: float) -> None:
        start = self.world.clock.now()
        await self.passing(lambda: self.world.clock.now() > start + seconds)

    async def passing(self, holds: Callable[[], object]) -> None:
        await self.world.passing(holds)

    async def subscriptions(self) -> list[Subscription]:
        return await self.world.subscriptions()

    async def deliveries(self) -> list[Delivery]:
        return await self.world.log()

    def fail_answer(self, failure: Cut | Slow) -> asyncio.Event:
        struck = asyncio.Event()
        self.world.slack.faults.add(failure, method="response_url", when=noting(struck))
        return struck

    def fail_post(self, failure: Cut | Slow) -> asyncio.Event:
        struck = asyncio.Event()
        self.world.slack.faults.add(failure, method="chat.postMessage", when=noting(struck))
        return struck

    def close_channel(self) -> None:
        self.world.general.archived = True

    def open_channel(self) -> None:
        self.world.general.archived = False

    def _message(self, ts: str) -> Message:
        return self.world.general.messages[ts]

    def _author(self, message: str) -> Person:
        user = self._message(message).user
        return next(person for person in self.people.values() if person.id == user)

    def _shows(self, message: Message) -> bool:
        return message.app_id == self.world.app.id


def _menu(message: Message) -> dict[str, Any]:
    return next(each for block in message.all_blocks for each in elements(block) if "options" in each)


def _card(message: Message) -> Card:
    menus = [each for block in message.all_blocks for each in elements(block) if "options" in each]
    return Card(
        id=message.ts,
        text=f"{words(message)}\n{message.text}",
        buttons=tuple(labels(message)),
        entries={each["text"]["text"]: each["value"] for each in menus[0]["options"]} if menus else None,
        pings=tuple(message.pings),
        replies_to=message.thread_ts or "",
    )


@asynccontextmanager
async def slack_scene(database: Path, *, port: int) -> AsyncIterator[SlackScene]:
    """Over HTTP if there is a port, else by Socket Mode."""
    async with world(database, port=port) as made:
        ada = made.slack.person(ADA, made.team, made.general)
        ada.user.is_admin = True
        ada.invite(made.app, made.general)
        library, finder = made.library, made.finder
        assert isinstance(library, MemoryLibrary)
        assert isinstance(finder, MemoryFinder)
        yield SlackScene(
            world=made, people={ALICE: made.alice, BOB: made.bob, ADA: ada}, library=library, finder=finder
        )
