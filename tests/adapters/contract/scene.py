"""What a test of the contract sees and does: three people in one channel with the bot."""

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Final, Protocol

from bot.model.digests import Delivery, Subscription
from bot.model.newsletter import Issue
from tests.stand_ins.common.faults import Cut, Slow
from tests.support.fakes import MemoryFinder, MemoryLibrary

ALICE: Final = "alice"
BOB: Final = "bob"
ADA: Final = "ada"
"""She manages the place; the others are members."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A message of the bot as people see it: all that it says, its buttons, and the entries of its menu."""

    id: str
    text: str
    buttons: Sequence[str] = ()
    entries: Mapping[str, str] | None = None
    """The values of the menu's entries by their labels."""
    pings: Collection[str] = ()
    replies_to: str = ""
    """The message below which it is, by its id."""


class Scene(Protocol):
    """A platform with the bot in it. People are called by their names."""

    library: MemoryLibrary
    finder: MemoryFinder
    name: str

    @property
    def can_leap(self) -> bool:
        """Whether more than a few minutes may pass at once."""

    def running(self) -> AbstractAsyncContextManager[None]:
        """The bot serves the platform until this is left; entered again, it was restarted."""

    @property
    def environment(self) -> Mapping[str, str]:
        """With these variables `anbot run` serves the platform."""

    # What people do

    async def ask(self, line: str, by: str = ALICE) -> Card:
        """The answer to a command, typed as a line."""

    async def press(self, card: Card, label: str, by: str = ALICE, *, times: int = 1) -> None:
        """Press a button so many times at once; the bot has acknowledged it then."""

    async def pick(self, card: Card, label: str, by: str = ALICE) -> None:
        """Choose the entry of the menu that has these words; the bot has acknowledged it then."""

    async def find_summaries(self, text: str, by: str = ALICE) -> Card:
        """The answer to `Find summaries` on a message of Bob's."""

    async def say(self, text: str, by: str = BOB) -> str:
        """Write a message that is for nobody in particular; its id."""

    async def say_as_a_bot(self, text: str) -> None:
        """Another bot writes a message."""

    async def edit(self, message: str, text: str) -> None: ...

    async def delete(self, message: str) -> None: ...

    # What they see

    def seen_by_all(self) -> list[Card]:
        """The bot's messages in the channel that are there for everyone, oldest first."""

    def seen_by(self, person: str) -> list[Card]:
        """The bot's messages in the channel that this person alone sees, oldest first."""

    def mention(self, person: str) -> str:
        """What mentions the person where it is not made harmless."""

    async def until(self, holds: Callable[[], object], what: str = "") -> None:
        """Return once something holds that the bot brings about."""

    async def settled(self) -> None:
        """Return when the bot has handled all messages."""

    # Digests, and time

    def leap(self, seconds: float) -> None:
        """Be so much later at once."""

    async def passes(self, seconds: float) -> None:
        """Let time pass, and the bot do what is due meanwhile."""

    async def passing(self, holds: Callable[[], object]) -> None:
        """Let time pass, a second whenever the bot waits for it, until something holds."""

    async def subscriptions(self) -> list[Subscription]: ...

    async def deliveries(self) -> list[Delivery]:
        """Those of digests, the newest first."""

    # Trouble

    def fail_answer(self, failure: Cut | Slow) -> asyncio.Event:
        """The next answer to a command meets this; the event is set when it does."""

    def fail_post(self, failure: Cut | Slow) -> asyncio.Event:
        """The next message of a digest meets this; the event is set when it does."""

    def close_channel(self) -> None:
        """The bot may post nothing in the channel any more."""

    def open_channel(self) -> None:
        """It may again."""


def noting(event: asyncio.Event) -> Callable[[object], bool]:
    """A condition of faults that always holds, and sets the event when it is asked for."""

    def holds(_: object) -> bool:
        event.set()
        return True

    return holds


def appear(scene: Scene, *issues: Issue) -> None:
    """Let the issues come into the library."""
    scene.library.issues = (*scene.library.issues, *issues)


def digests(scene: Scene) -> list[Card]:
    """What was posted in the channel by itself, where nothing else is there for everyone."""
    return scene.seen_by_all()


async def answered(scene: Scene, person: str, before: Sequence[Card]) -> Card:
    """The card that the person did not see before, or saw otherwise."""

    def fresh() -> list[Card]:
        return [card for card in seen(scene, person) if card not in before]

    await scene.until(fresh, "an answer")
    return fresh()[-1]


def seen(scene: Scene, person: str) -> list[Card]:
    """All of the bot's messages that the person sees."""
    return [*scene.seen_by_all(), *scene.seen_by(person)]


async def turned(scene: Scene, card: Card, label: str, by: str = ALICE) -> Card:
    """Press a button; the card that comes of it, the same one or another."""
    before = seen(scene, by)
    await scene.press(card, label, by)
    return await answered(scene, by, before)


async def picked(scene: Scene, card: Card, label: str, by: str = ALICE) -> Card:
    """Choose an entry of the menu; the card that comes of it, the same one or another."""
    before = seen(scene, by)
    await scene.pick(card, label, by)
    return await answered(scene, by, before)
