"""The bot in a Slack over real HTTP, as `anbot run` serves it, and the bodies that reach it."""

import re
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from adapters.slack import acknowledgement
from bot.search import Searcher
from store import Store, open_store
from tests.adapters.golden.cases import Case
from tests.adapters.golden.library import NOW, Trouble
from tests.adapters.golden.readable import readable
from tests.adapters.slack.world import World, world
from tests.stand_ins.common.patience import HANG
from tests.stand_ins.slack import Channel, Delivery, ManualClock, Message, Person, Record, View
from tests.stand_ins.slack.blocks import elements

_SAYS = ("response_url", "chat.", "views.")
_HELP = re.compile("/help (.+)")
_TICKETS = ("trigger_id", "view_id", "hash")
"""What a request shows for being let in."""


@dataclass(kw_only=True)
class SlackScene:
    """Alice is an admin, Bob is not; the bot is in #general, and runs."""

    world: World
    store: Store
    finder: Trouble
    names: dict[str, str] = field(default_factory=dict)
    _from: int = 0
    _answered: Any = None
    """What came with the acknowledgement of a command."""

    @property
    def alice(self) -> Person:
        return self.world.alice

    @property
    def bob(self) -> Person:
        return self.world.bob

    def last(self, person: Person | None = None, channel: Channel | None = None) -> Message:
        """The newest message that the person sees."""
        return (person or self.alice).sees(channel or self.world.general)[-1]

    def begin(self) -> None:
        """What is sent from now on counts."""
        self._from = len(self.world.slack.journal)
        self._answered = None

    async def command(
        self, line: str, *, by: Person | None = None, channel: Channel | None = None, count: int = 1
    ) -> Any:
        """So many requests that answer the line."""
        self.begin()
        self._answered = (await self.world.command(line, by, channel)).answer
        return await self.came(count)

    async def use(
        self,
        shown: Message | View,
        label: str,
        value: Any = None,
        *,
        by: Person | None = None,
        count: int = 1,
    ) -> Any:
        """So many requests that come of a button, a menu or a box, by the beginning of its label or id."""
        self.begin()
        used = await (by or self.alice).use(shown, _element(shown, label), value)
        await used.acknowledged()
        return await self.came(count)

    async def pick(self, message: Message, number: int, by: Person | None = None) -> Any:
        """What comes of a choice from the message's menu."""
        menu = next(each for block in message.all_blocks for each in elements(block) if "options" in each)
        return await self.use(message, menu["action_id"], menu["options"][number]["value"], by=by)

    async def chosen(self, form: View, name: str, value: str) -> Any:
        """The form that is shown after Alice chose something in it."""
        self.begin()
        before = form.hash
        await (await self.alice.use(form, name, value)).acknowledged()
        await self.world.until(lambda: form.hash != before, "the form again")
        return self.sent()

    async def acknowledged(self, delivery: Delivery) -> Any:
        """What came with the acknowledgement."""
        return readable({"acknowledgement": await delivery.acknowledged()}, self.names)

    async def case(self, case: Case) -> Any:
        """What the last step of the case sends."""
        sent = await self.command(_HELP.sub(r"/\1 help", case.asked))
        for label in case.presses:
            sent = await self.use(self.last(), label)
        return sent

    async def came(self, count: int = 1) -> Any:
        """What was sent since the last step began, once there is so much of it."""
        count -= bool(self._answered)
        await self.world.until(lambda: len(self._records()) >= count, "what the bot sends")
        if not self._answered:
            return self.sent()
        answered = readable({"request": "acknowledgement", "body": self._answered}, self.names)
        return [answered, *self.sent()]

    def sent(self, holds: Callable[[Record], bool] = lambda _: True) -> Any:
        """What was sent since the last step began."""
        bodies = [
            {"request": each.method, "body": _without_tickets(each.args)}
            for each in self._records()
            if holds(each)
        ]
        return readable(bodies, self.names)

    def _records(self) -> list[Record]:
        records = self.world.slack.journal.records[self._from :]
        return [each for each in records if each.method.startswith(_SAYS) and each.status]

    def posted(self, channel: Channel) -> list[Message]:
        """Parts of digests."""
        return [each for each in self.world.slack.messages(channel) if each.metadata]

    def delivered(self, channel: Channel) -> bool:
        """Whether all parts of a digest stand there."""
        posted = self.posted(channel)
        mark = str(posted[0].blocks).partition("Part 1 of ")[2] if posted else ""
        return len(posted) == (int(mark.split()[0].strip("*'\",}]_")) if mark else 1)

    async def settled(self, channels: Iterable[Channel]) -> None:
        """Return when the bot knows that all it posted there has arrived."""
        names = {each.id for each in channels}
        while {each.state for each in await self.world.log() if each.place.channel in names} != {"sent"}:
            await self.world.passing(lambda: True)

    async def name_digests(self) -> None:
        """Let the digests be told by their channels."""
        for each in await self.world.subscriptions():
            self.names[each.id] = f"{each.options.kind}-OF-{self.names[each.place.channel]}".upper()

    def new_channel(self, name: str) -> Channel:
        channel = self.world.slack.build.channel(self.world.team, name, self.alice.user)
        self.alice.invite(self.world.app, channel)
        self.names[channel.id] = name.upper()
        return channel


def _without_tickets(args: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in args.items() if name not in _TICKETS}


def _element(shown: Message | View, label: str) -> str:
    blocks = shown.all_blocks if isinstance(shown, Message) else shown.blocks
    offered = [each for block in blocks for each in elements(block) if "action_id" in each]
    for each in offered:
        if label == each["action_id"] or each.get("text", {}).get("text", "").startswith(label):
            return str(each["action_id"])
    raise AssertionError(f"no {label!r} among {[each.get('text', each['action_id']) for each in offered]}")


@asynccontextmanager
async def slack_scene(database: Path) -> AsyncIterator[SlackScene]:
    clock = ManualClock(NOW.timestamp())
    async with open_store(database, clock=lambda: NOW) as store, world(database, clock=clock) as made:
        finder = Trouble(Searcher(store.search))
        made.library, made.finder = store.library, finder
        made.alice.user.is_admin = True
        made.alice.invite(made.app, made.general)
        scene = SlackScene(world=made, store=store, finder=finder)
        scene.names |= {made.app.id: "APP", made.team.id: "TEAM", made.general.id: "GENERAL"}
        scene.names |= {each.id: each.user.name.upper() for each in (made.alice, made.bob)}
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(acknowledgement, "PATIENCE", HANG)  # the machine may be slow
            async with made.run():
                yield scene
