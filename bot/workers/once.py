"""What is done once, however often it is asked for and whichever process hears it."""

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
"""Seconds that whoever asks waits for the database. While it is away, each process decides alone."""


class Once:
    """Knows what was begun, by names that are the same in every process."""

    def __init__(self, claims: Claims | None, clock: Callable[[], datetime]) -> None:
        """Without `claims` it knows only what this process began."""
        self._claims = claims
        self._clock = clock
        self._here = Seen()

    async def begin(self, name: str) -> bool:
        """Whether it is to be done now: nobody began it within a quarter of an hour."""
        if not self._here.first(name):
            return False
        now = self._clock()
        if self._claims:
            with suppress(StoreError, TimeoutError):
                async with asyncio.timeout(_PATIENCE):
                    return await self._claims.take(name, now, now + _CLAIMED)
        return True

    async def undo(self, name: str) -> None:
        """It may be begun again: it failed, or was undone."""
        if self._here.forget(name) and self._claims:
            with suppress(StoreError, TimeoutError):
                async with asyncio.timeout(_PATIENCE):
                    await self._claims.release(name)
