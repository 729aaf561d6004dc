"""Waiting for something to become true, without sleeping."""

import asyncio
from collections.abc import Callable

from tests.stand_ins.common.patience import HANG


class Changes:
    """Wakes those who wait each time anything has changed."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    def notify(self) -> None:
        for future in self._waiting:
            if not future.done():
                future.set_result(None)

    async def until(self, holds: Callable[[], object], *, within: float = HANG, what: str = "") -> None:
        """Returns once a condition holds; TimeoutError, naming what was awaited, after so many seconds.

        Others have a turn before that, so that a test may ask a database for what changes again and again.
        """
        await asyncio.sleep(0)
        try:
            async with asyncio.timeout(within):
                while not holds():
                    await self.next()
        except TimeoutError:
            raise TimeoutError(f"waited {within:g} s in vain for {what or 'a condition'}") from None

    async def next(self) -> None:
        """Returns once anything has changed."""
        future = asyncio.get_running_loop().create_future()
        self._waiting.add(future)
        try:
            await future
        finally:
            self._waiting.discard(future)
