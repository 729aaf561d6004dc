"""Sharing a card: however often the button is pressed, and whichever process hears it, once."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Final

from bot.errors import StoreError
from bot.ports import Claims
from bot.runtime.dedupe import Seen

_CLAIMED: Final = timedelta(minutes=15)
_PATIENCE: Final = 1.0
"""Seconds that a press waits for the database. While it is away, each process decides alone."""


class Sharing:
    """Knows what is shared, by names that are the same in every process."""

    def __init__(self, claims: Claims, clock: Callable[[], datetime]) -> None:
        self._claims = claims
        self._clock = clock
        self._here = Seen()

    async def begin(self, name: str) -> bool:
        """Whether it is to be shared now: nobody shared it since it was turned to."""
        if not self._here.first(name):
            return False
        now = self._clock()
        with suppress(StoreError, TimeoutError):
            async with asyncio.timeout(_PATIENCE):
                return await self._claims.take(name, now, now + _CLAIMED)
        return True

    async def undo(self, name: str) -> None:
        """It may be shared again: sharing failed, or the card is turned to it once more."""
        if self._here.forget(name):
            with suppress(StoreError, TimeoutError):
                async with asyncio.timeout(_PATIENCE):
                    await self._claims.release(name)
