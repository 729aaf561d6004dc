"""Requests of digests in an even stream, so that what people ask always finds room between them."""

from datetime import datetime, timedelta
from typing import Final

from bot.digests.pace import Pace

PER_SECOND: Final = 40
"""Discord takes 50 requests a second of a bot."""
_LONGEST: Final = timedelta(seconds=2)
"""Nobody waits longer; if somebody would have to, the clock was set back."""


class Throttle:
    """Lets through so many requests a second, whoever asks."""

    def __init__(self, pace: Pace, per_second: float = PER_SECOND) -> None:
        self._pace = pace
        self._apart = timedelta(seconds=1 / per_second)
        self._next: datetime | None = None

    async def turn(self) -> None:
        """Return when the next request may leave."""
        now = self._pace.clock()
        mine = self._next if self._next and now < self._next < now + _LONGEST else now
        self._next = mine + self._apart
        if mine > now:
            await self._pace.sleep((mine - now).total_seconds())
