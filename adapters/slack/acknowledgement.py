"""Acknowledgements: each is sent as soon as it is given. That of a slash command may be its answer, so that
there is one way there and back instead of two.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any, Final

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

PATIENCE: Final = 0.5
"""Seconds that the acknowledgement waits for an answer; Slack waits three."""
_FOR_ADDRESSES: Final = frozenset({"replace_original", "delete_original"})


class PromptApp(AsyncApp):
    """An app that responds once a listener acknowledges, to an event at once, and lets the listener go on: bolt's
    own looks for the acknowledgement every ten milliseconds, and an answer takes less.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._listening: set[asyncio.Task[BoltResponse]] = set()
        """What goes on after its response; asyncio alone would not keep it."""

    async def async_dispatch(self, req: AsyncBoltRequest) -> BoltResponse:
        """The response, however long the listener then takes."""
        given = asyncio.Event()
        ack = req.context["ack"] = _Ack(given)
        event = req.body.get("event")
        if isinstance(event, dict) and "type" in event:
            await ack()
        listening = asyncio.create_task(super().async_dispatch(req))
        self._listening.add(listening)
        listening.add_done_callback(self._listening.discard)
        listening.add_done_callback(lambda _: given.set())
        await given.wait()
        return ack.response or listening.result()


class _Ack(AsyncAck):
    """Tells when it was given."""

    def __init__(self, given: asyncio.Event) -> None:
        super().__init__()  # type: ignore[no-untyped-call] # bolt leaves it untyped
        self._given = given

    async def __call__(self, *args: Any, **named: Any) -> BoltResponse:
        response = await super().__call__(*args, **named)
        self._given.set()
        return response


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
