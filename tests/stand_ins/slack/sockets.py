"""Socket Mode: websockets over which applications get envelopes and acknowledge them."""

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from tests.stand_ins.slack.entities import App, Json
from tests.stand_ins.slack.world import World

LIFETIME = 18060  # seconds a connection is said to last


@dataclass(slots=True, kw_only=True, eq=False)
class Link:
    """One websocket of an application; silent: it stays open and is dead."""

    app: App
    socket: web.WebSocketResponse
    request: web.Request
    silent: bool = False
    pings: int = 0

    @property
    def lost(self) -> bool:
        transport = self.request.transport
        return self.socket.closed or transport is None or transport.is_closing()


@dataclass(slots=True)
class Awaited:
    """The acknowledgements that may still come, by envelope."""

    futures: dict[str, asyncio.Future[Any]] = field(default_factory=dict)

    def settle(self, received: Json) -> bool:
        future = self.futures.pop(str(received.get("envelope_id")), None)
        if future is None or future.done():
            return False
        future.set_result(received.get("payload"))
        return True


class Sockets:
    """The open connections; `connects` counts them by application, `strays` what acknowledged nothing."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._awaited = Awaited()
        self.links: list[Link] = []
        self.connects: dict[str, int] = {}
        self.strays: list[Any] = []
        self.envelopes: list[Json] = []

    def connected(self, app: App) -> list[Link]:
        """The connections of an application that look open, the newest last."""
        return [link for link in self.links if link.app is app and not link.lost]

    def ticket(self, app: App) -> str:
        """An address for one connection."""
        key = self._world.id("ticket")
        self._world.tickets[key] = app
        return f"{self._world.url.replace('http', 'ws', 1)}/link/?ticket={key}&app_id={app.id}"

    async def accept(self, request: web.Request) -> web.StreamResponse:
        """Serves a connection from hello to its end."""
        app = self._world.tickets.pop(request.query.get("ticket", ""), None)
        if app is None:
            return web.Response(status=403)
        socket = web.WebSocketResponse(autoping=False)
        try:
            await socket.prepare(request)
        except ConnectionError:  # who connected is gone already
            return socket
        link = Link(app=app, socket=socket, request=request)
        self.links.append(link)
        try:
            await socket.send_json(self._hello(link))
            self.connects[app.id] = self.connects.get(app.id, 0) + 1
            self._world.changes.notify()
            await self._listen(link)
        finally:
            self.links.remove(link)
            self._world.changes.notify()
        return socket

    async def _listen(self, link: Link) -> None:
        while (message := await link.socket.receive()).type in (
            WSMsgType.TEXT,
            WSMsgType.PING,
            WSMsgType.PONG,
        ):
            if link.silent:
                continue
            if message.type is WSMsgType.PING:
                link.pings += 1
                await link.socket.pong(message.data)
            elif message.type is WSMsgType.TEXT:
                self._received(message.data)
            self._world.changes.notify()

    def _received(self, data: str) -> None:
        try:
            received = json.loads(data)
        except json.JSONDecodeError:
            received = data
        if not isinstance(received, dict) or not self._awaited.settle(received):
            self.strays.append(received)

    async def send(self, app: App, envelope: Json) -> asyncio.Future[Any]:
        """Sends an envelope over the newest connection; ConnectionError where there is none.

        The future holds the acknowledgement's payload, and is cancelled by whoever waits no more.
        """
        links = self.connected(app)
        if not links:
            raise ConnectionError(f"{app.name} is not connected")
        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._awaited.futures[envelope["envelope_id"]] = future
        self.envelopes.append(envelope)
        if not links[-1].silent:
            frame = self._world.transit.frame(json.dumps(envelope).encode())
            await links[-1].socket.send_str(frame.decode(errors="replace"))
        return future

    async def disconnect(self, app: App, reason: str = "warning") -> None:
        """Announces that a connection will end ("warning"), or ends it ("refresh_requested")."""
        for link in self.connected(app):
            await link.socket.send_json({"type": "disconnect", "reason": reason, "debug_info": {"host": "h"}})
            if reason != "warning":
                await link.socket.close()

    def drop(self, app: App | None = None) -> None:
        """Cuts connections without a word."""
        for link in list(self.links):
            if app in (None, link.app) and link.request.transport is not None:
                link.request.transport.abort()

    def silence(self, app: App) -> None:
        """Lets the connections die unnoticed: they stay open, answer no ping and bring nothing."""
        for link in self.connected(app):
            link.silent = True

    def _hello(self, link: Link) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self.connected(link.app)),
            "connection_info": {"app_id": link.app.id},
            "debug_info": {"host": "applink-1", "approximate_connection_time": LIFETIME},
        }
