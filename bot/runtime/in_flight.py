"""Answers in flight, so that stopping can wait for them."""

import asyncio
import contextlib
from collections.abc import Iterator
from typing import Final

_DRAIN: Final = 10.0
"""Seconds that answers in flight get when the bot stops."""


class InFlight:
    """Counts what is in flight."""

    def __init__(self) -> None:
        self._count = 0
        self._idle = asyncio.Event()
        self._idle.set()

    @contextlib.contextmanager
    def busy(self) -> Iterator[None]:
        """In flight inside: `drained` waits for it."""
        self._count += 1
        self._idle.clear()
        try:
            yield
        finally:
            self._count -= 1
            if not self._count:
                self._idle.set()

    async def drained(self) -> None:
        """Wait until nothing is in flight, at most ten seconds."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_DRAIN):
                while self._count:  # what was let in begins right after what let it in has ended
                    await self._idle.wait()
