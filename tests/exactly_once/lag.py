"""How late the platform of a scenario is: it shares the machine with the bots, whose time goes faster.

The bot relies on a platform that carries a request out within ten seconds after the bot has given it
up, or never: only then is it looked for (`bot.digests.dispatcher`). On an overloaded machine a platform
that lives 30 seconds in one breaks that, and what fails then says nothing of the bot.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final

from bot.digests.dispatcher import LOST, SENDING

_EVERY: Final = 0.02


@dataclass
class Lag:
    """The `worst` that the event loop was late, in seconds of the wall's clock."""

    worst: float = 0.0

    def breaks_the_rules(self, speed: float) -> bool:
        """Whether a platform was that late that a message may be looked for before it is there."""
        return self.worst * speed > LOST - SENDING


@asynccontextmanager
async def watched() -> AsyncIterator[Lag]:
    """How late the event loop is meanwhile."""
    lag, loop = Lag(), asyncio.get_running_loop()

    async def watch() -> None:
        while True:
            due = loop.time() + _EVERY
            await asyncio.sleep(_EVERY)
            lag.worst = max(lag.worst, loop.time() - due)

    watching = asyncio.create_task(watch())
    try:
        yield lag
    finally:
        watching.cancel()
