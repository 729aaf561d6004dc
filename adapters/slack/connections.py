"""The connections over which Slack's requests come: how many there may be, and how long a
request may take to arrive.
"""

import asyncio
from typing import Final, cast

from aiohttp import web

from bot.runtime.refusals import Refusals

MOST: Final = 200
"""Connections at a time."""
ARRIVAL: Final = 5.0
"""Seconds within which a request has to be there, with its body."""
_SLOW: Final = b"HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
_BUSY: Final = (
    b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nRetry-After: 1\r\nConnection: close\r\n\r\n"
)


class Connections:
    """The open connections to a server of aiohttp.

    Beyond the most that there may be, the one that has waited longest for the
    rest of its request makes room; if each has a request that is being
    answered, the new one is turned away.
    """

    def __init__(self, server: web.Server, refusals: Refusals) -> None:
        self._server = server
        self._refusals = refusals
        self._open: dict[asyncio.BaseTransport, _Connection] = {}

    def __call__(self) -> asyncio.Protocol:
        """The protocol of a new connection."""
        return _Connection(self, self._server())

    def arrived(self, request: web.BaseRequest) -> None:
        """Note that the request is there, and is being answered."""
        if connection := self._of(request):
            connection.wait_no_more()

    def answered(self, request: web.BaseRequest) -> None:
        """Note that the next request may come."""
        if connection := self._of(request):
            connection.answering = False
            if request.content.is_eof():  # also of what no page is for
                connection.end_timer()

    def admit(self, connection: "_Connection", transport: asyncio.Transport) -> bool:
        """If there is room, or room can be made."""
        if len(self._open) >= MOST:
            waiting = next((each for each in self._open.values() if not each.answering), None)
            if waiting is None:
                self._refuse(transport, _BUSY, "too many connections")
                return False
            self._refuse(waiting.transport, _SLOW, "too many connections wait for the rest of a request")
            self._open.pop(waiting.transport)
        self._open[transport] = connection
        return True

    def too_slow(self, transport: asyncio.Transport) -> None:
        """Close a connection whose request did not arrive."""
        self._refuse(transport, _SLOW, "its headers or its body did not arrive in time")

    def close_waiting(self) -> None:
        """Close those without a request that is being answered."""
        for each in list(self._open.values()):
            if not each.answering:
                each.transport.close()

    def left(self, transport: asyncio.BaseTransport) -> None:
        """Forget a connection that is closed."""
        self._open.pop(transport, None)

    def _of(self, request: web.BaseRequest) -> "_Connection | None":
        return self._open.get(request.transport) if request.transport else None

    def _refuse(self, transport: asyncio.Transport, answer: bytes, reason: str) -> None:
        self._refusals.note(reason)
        transport.write(answer)
        transport.close()


class _Connection(asyncio.Protocol):
    """Hands everything on to the protocol of aiohttp, which has no such limits."""

    transport: asyncio.Transport

    def __init__(self, connections: Connections, inner: asyncio.Protocol) -> None:
        self.answering = False
        self._connections = connections
        self._inner = inner
        self._timer: asyncio.TimerHandle | None = None
        self._admitted = False

    def wait_no_more(self) -> None:
        """The request is there."""
        self.answering = True
        self.end_timer()

    def end_timer(self) -> None:
        """Nothing more has to arrive for now."""
        if self._timer:
            self._timer.cancel()
        self._timer = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)
        self._admitted = self._connections.admit(self, self.transport)
        if self._admitted:
            self._wait()
            self._inner.connection_made(transport)

    def data_received(self, data: bytes) -> None:
        if self._admitted:
            if not self.answering and not self._timer:
                self._wait()
            self._inner.data_received(data)

    def eof_received(self) -> bool | None:
        return self._inner.eof_received() if self._admitted else None

    def connection_lost(self, exc: Exception | None) -> None:
        self.wait_no_more()
        self._connections.left(self.transport)
        if self._admitted:
            self._inner.connection_lost(exc)

    def pause_writing(self) -> None:
        self._inner.pause_writing()

    def resume_writing(self) -> None:
        self._inner.resume_writing()

    def _wait(self) -> None:
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(ARRIVAL, self._connections.too_slow, self.transport)
