"""A bot whose platform damages what it sends, and what was wrong with it afterwards."""

import asyncio
import logging
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any, Final, Protocol

from bot.errors import BotError
from tests.adapters.contract.scene import ADA, Scene
from tests.fuzz.incoming.mutation import MARK, damage_next
from tests.stand_ins.common import planted
from tests.stand_ins.common.transit import Transit

ASKED: Final = "/an 58"
ANSWER: Final = "AN #58"
FRAMES: Final = 0.1
"""The share of payloads that are damaged as bytes."""
TURNS: Final = 20
"""How often others get a turn before the log is read."""
WORDS: Final = (
    *(
        "mesa",
        "risks from learned optimization",
        "selection vs control",
        "58",
        "AN #58 and [[mesa]]",
        "latest",
    ),
    *("[[selection vs control]] https://arxiv.org/abs/1906.01820", "monday 9 UTC", "club from:58", "page:2"),
    *(
        "by:hubinger in:robustness",
        "58-risks-from-learned-optimization-in-advanced-de1131",
        "🤖 é * _ `",
        "UTC",
    ),
)

Act = Callable[[random.Random], Awaitable[object]]


class Front(Protocol):
    """A platform as a fuzz needs it."""

    @property
    def scene(self) -> Scene:
        """Where people ask and see answers."""

    @property
    def transit(self) -> Transit:
        """The way of what is sent."""

    @property
    def impossible(self) -> tuple[type[Exception], ...]:
        """What is raised if somebody cannot do what was chosen."""

    @property
    def serving(self) -> "asyncio.Future[None] | None":
        """The bot."""

    @property
    def acts(self) -> Mapping[str, Act]:
        """What people and the platform do, each a way to have something sent."""

    def part_of(self, payload: Any) -> str | None:
        """The part of the payload to damage, "" for the whole; None for what begins a connection."""

    async def settle(self) -> None:
        """Let time pass for what waits for it."""


class Log(logging.Handler):
    """The log as `anbot run` keeps it."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.records: list[logging.LogRecord] = []
        self.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)

    def problems(self) -> list[str]:
        """The lines since the last time that no log should have."""
        lines = [self.format(record) for record in self.records]
        self.records.clear()
        return [line for line in lines if "Traceback" in line or MARK in line or planted.found_in(line)]


@asynccontextmanager
async def logging_into(log: Log) -> AsyncIterator[None]:
    """All that is logged inside goes into the log."""
    root = logging.getLogger()
    before = root.level
    root.addHandler(log)
    root.setLevel(logging.INFO)
    try:
        yield
    finally:
        root.removeHandler(log)
        root.setLevel(before)


async def played(front: Front, rng: random.Random, log: Log, *, patience: float) -> Sequence[str]:
    """What was wrong after one thing was sent and damaged; () if nothing. `patience` are seconds."""
    frames = rng.random() < FRAMES
    damage_next(rng, front.transit, front.part_of, frames=frames)
    name = rng.choice(sorted(front.acts))
    with suppress(*front.impossible):
        await front.acts[name](rng)
    for _ in range(TURNS):
        await asyncio.sleep(0)
    front.transit.clear()
    problems = [*await _unanswered(front, patience, may_end=frames)]
    await front.settle()
    return [f"{name}{' as bytes' if frames else ''}: {problem}" for problem in (*problems, *log.problems())]


async def _unanswered(front: Front, patience: float, *, may_end: bool) -> Sequence[str]:
    """Why the bot does not answer the next question; with `may_end` a sentence that ends it is no problem."""
    assert front.serving
    asking = asyncio.create_task(_answered(front.scene))
    await asyncio.wait({asking, front.serving}, timeout=patience, return_when=asyncio.FIRST_COMPLETED)
    asking.cancel()
    await asyncio.gather(asking, return_exceptions=True)
    if front.serving.done():
        error = front.serving.exception()
        return () if may_end and isinstance(error, BotError) else [f"the bot ended: {error!r}"]
    if asking.cancelled():
        return ["the bot does not answer any more"]
    return [f"the bot does not answer: {error!r}"] if (error := asking.exception()) else ()


async def _answered(scene: Scene) -> None:
    while ANSWER not in (await scene.ask(ASKED, by=ADA)).text:
        pass
