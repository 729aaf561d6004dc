"""Forgets servers that removed the bot, a week after they did."""

import asyncio
import logging
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import Final

from bot.errors import BotError
from bot.ports import Forgetting
from bot.runtime.clock import Clock

log: Final = logging.getLogger("anbot.discord")

GRACE: Final = timedelta(days=7)
"""Servers remove a bot by mistake, and invite it again."""
_EVERY: Final = 3600.0
_PLATFORM: Final = "discord"


class Departures:
    """Compares the servers that the bot is on with those of which something is kept."""

    def __init__(
        self,
        forgetting: Forgetting,
        clock: Clock,
        current: Callable[[], Collection[str]],
        is_known: Callable[[str], bool] = lambda _: True,
    ) -> None:
        """`current` returns the ids of the servers that the bot is on, as far as `is_known`."""
        self._forgetting = forgetting
        self._clock = clock
        self._current = current
        self._is_known = is_known

    async def run(self, over: asyncio.Event) -> None:
        """Look every hour, until all is `over`."""
        while not over.is_set():
            try:
                await self.look(self._clock())
            except BotError as error:
                log.warning("servers that removed the bot are not forgotten now: %s", error)
            await self._clock.sleep_unless(over, _EVERY)

    async def look(self, now: datetime) -> None:
        """Note which servers were left, also while the bot was down, and forget those of long ago."""
        current = set(self._current())
        for server in await self._forgetting.servers(_PLATFORM):
            if not self._is_known(server):
                continue  # another process knows
            if server in current:
                await self._forgetting.returned(_PLATFORM, server)
            else:
                await self._forgetting.left(_PLATFORM, server, now)
        for server in await self._forgetting.left_before(_PLATFORM, now - GRACE):
            await self._forgetting.server(_PLATFORM, server)
            log.info("a server removed the bot %d days ago: its data is deleted", GRACE.days)
