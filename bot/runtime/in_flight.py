"""Knowing how many answers are on their way, so that stopping can wait for them."""

import asyncio
import contextlib
from collections.abc import Iterator
from typing import Final

_DRAIN: Final = 10.0
"""Seconds that answers on their way get when the bot stops."""


class InFlight:
    """Counts what is under way."""

    def __init__(self) -> None:
        self._under_way = 0
        self._idle = asyncio.Event()
        self._idle.set()

    @contextlib.contextmanager
    def busy(self) -> Iterator[None]:
        """`drained` waits for what is done inside."""
        self._under_way += 1
        self._idle.clear()
        try:
            yield
        finally:
            self._under_way -= 1
            if not self._under_way:
                self._idle.set()

    async def drained(self) -> None:
        """Return when nothing is under way any more, at the latest after ten seconds."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_DRAIN):
                await self._idle.wait()
