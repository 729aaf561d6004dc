"""The acknowledgement of a slash command, which may be its answer: one way there and back instead of two."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any, Final

from slack_bolt.context.ack.async_ack import AsyncAck

PATIENCE: Final = 0.5
"""Seconds that the acknowledgement waits for an answer; Slack waits three."""
_FOR_ADDRESSES: Final = frozenset({"replace_original", "delete_original"})


class Acknowledgement:
    """Sent once, with the first answer or empty."""

    def __init__(self, ack: AsyncAck) -> None:
        self._ack = ack

    async def take(self, body: Mapping[str, Any]) -> bool:
        """Send it with the body; False if it is sent already."""
        if self._ack.response is not None:
            return False
        await self._ack({name: value for name, value in body.items() if name not in _FOR_ADDRESSES})
        return True

    async def close(self) -> None:
        """Send it empty, if it is not sent already."""
        if self._ack.response is None:
            await self._ack()


@asynccontextmanager
async def acknowledging(ack: AsyncAck) -> AsyncIterator[Acknowledgement]:
    """Inside, the first answer is the acknowledgement if it is ready in half a second."""
    acknowledgement = Acknowledgement(ack)
    closing: list[asyncio.Task[None]] = []

    def close() -> None:
        closing.append(asyncio.ensure_future(acknowledgement.close()))

    timer = asyncio.get_running_loop().call_later(PATIENCE, close)
    try:
        yield acknowledgement
        await acknowledgement.close()
    finally:
        timer.cancel()
        await asyncio.gather(*closing)
