"""One websocket to the gateway: its operations, its compression, its end."""

import asyncio
import importlib
import json
import zlib
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Any

import aiohttp
from aiohttp import web

from tests.stand_ins.discord.entities import Json
from tests.stand_ins.discord.sessions import Session

if TYPE_CHECKING:
    from tests.stand_ins.discord.gateway import Gateway

MOST_BYTES = 4096  # of what a client sends at once
MOST_SENT, MOST_SENT_SECONDS = 120, 60.0


class Op(IntEnum):
    DISPATCH = 0
    HEARTBEAT = 1
    IDENTIFY = 2
    PRESENCE = 3
    VOICE = 4
    RESUME = 6
    RECONNECT = 7
    MEMBERS = 8
    INVALID_SESSION = 9
    HELLO = 10
    ACK = 11


class Code(IntEnum):
    """Why the gateway closes a connection."""

    UNKNOWN_OP = 4001
    DECODE = 4002
    NOT_AUTHENTICATED = 4003
    WRONG_TOKEN = 4004
    ALREADY_AUTHENTICATED = 4005
    INVALID_SEQUENCE = 4007
    RATE_LIMITED = 4008
    INVALID_SHARD = 4010
    INVALID_VERSION = 4012
    INVALID_INTENTS = 4013
    DISALLOWED_INTENTS = 4014


class Refused(Exception):
    """Ends a connection with a close code."""

    def __init__(self, code: Code) -> None:
        super().__init__(code.name)
        self.code = code


@dataclass(frozen=True, slots=True)
class Close:
    """The end of a connection in the queue: with a code, or without a word (None)."""

    code: int | None


Encoder = Callable[[bytes], bytes]


def encoder(compression: str | None) -> Encoder | None:
    """Compresses a stream of messages as the client asked; None for none. KeyError if it is unknown."""
    if compression is None:
        return None
    if compression == "zlib-stream":
        deflate = zlib.compressobj()
        return lambda data: deflate.compress(data) + deflate.flush(zlib.Z_SYNC_FLUSH)
    if compression == "zstd-stream":  # asked for only where the client has the same module
        zstandard: Any = importlib.import_module("zstandard")
        press = zstandard.ZstdCompressor().compressobj()
        return lambda data: press.compress(data) + press.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK)
    raise KeyError(compression)


class Connection:
    """Reads what a client sends and writes what is put, in order."""

    def __init__(self, gateway: "Gateway", request: web.Request) -> None:
        self.gateway = gateway
        self.session: Session | None = None
        self._request = request
        self._socket = web.WebSocketResponse(autoclose=True)
        self._encode = encoder(request.query.get("compress"))
        self._queue: asyncio.Queue[Json | Close] = asyncio.Queue()
        self._times: deque[float] = deque()

    def put(self, payload: Json | Close) -> None:
        """Sends a payload, or ends the connection, after all that was put before."""
        if not isinstance(payload, Close):
            payload = self.gateway.world.transit.payload(payload)
        self._queue.put_nowait(payload)

    async def serve(self) -> web.WebSocketResponse:
        """Runs the connection until either side ends it."""
        await self._socket.prepare(self._request)
        writer = asyncio.create_task(self._write())
        try:
            self._greet()
            async for message in self._socket:
                await self._read(message)
        except Refused as refused:
            self.gateway.closed.append(refused.code)
            self.put(Close(refused.code))
            await writer
        finally:
            writer.cancel()
            self.gateway.gone(self, self._socket.close_code)
        return self._socket

    def _greet(self) -> None:
        hello = {"heartbeat_interval": int(self.gateway.heartbeat_interval * 1000), "_trace": []}
        self.put({"op": Op.HELLO, "d": hello, "s": None, "t": None})
        if self._request.query.get("v") != "10":
            raise Refused(Code.INVALID_VERSION)

    async def _write(self) -> None:
        while True:
            payload = await self._queue.get()
            try:
                if isinstance(payload, Close):
                    await self._end(payload.code)
                    return
                await self._send(payload)
            except ConnectionError:
                return

    async def _send(self, payload: Json) -> None:
        text = self.gateway.world.transit.frame(json.dumps(payload, separators=(",", ":")).encode())
        if self._encode is None:
            await self._socket.send_str(text.decode(errors="replace"))
        else:
            await self._socket.send_bytes(self._encode(text))

    async def _end(self, code: int | None) -> None:
        transport = self._request.transport
        if code is not None:
            await self._socket.close(code=code)
        elif transport is not None:
            transport.abort()

    async def _read(self, message: aiohttp.WSMessage) -> None:
        if message.type not in (aiohttp.WSMsgType.TEXT, aiohttp.WSMsgType.BINARY):
            return
        if len(message.data) > MOST_BYTES:
            raise Refused(Code.DECODE)
        try:
            payload = json.loads(message.data)
            op, data = Op(payload["op"]), payload.get("d")
        except ValueError as error:
            raise Refused(
                Code.DECODE if isinstance(error, json.JSONDecodeError) else Code.UNKNOWN_OP
            ) from None
        except (KeyError, TypeError):
            raise Refused(Code.DECODE) from None
        self._count()
        await self._operate(op, data)
        self.gateway.world.changes.notify()

    def _count(self) -> None:
        now = self.gateway.world.clock.now()
        self._times.append(now)
        while now - self._times[0] > MOST_SENT_SECONDS:
            self._times.popleft()
        if len(self._times) > MOST_SENT:
            raise Refused(Code.RATE_LIMITED)

    async def _operate(self, op: Op, data: Any) -> None:
        if op not in OPERATIONS:
            raise Refused(Code.UNKNOWN_OP)
        if op not in (Op.IDENTIFY, Op.RESUME, Op.HEARTBEAT) and self.session is None:
            raise Refused(Code.NOT_AUTHENTICATED)
        await OPERATIONS[op](self, data)

    async def _heartbeat(self, _data: Any) -> None:
        if self.gateway.acknowledges:
            self.put({"op": Op.ACK})

    async def _identify(self, data: Any) -> None:
        self.gateway.identify(self, data)

    async def _resume(self, data: Any) -> None:
        self.gateway.resume(self, data)

    async def _members(self, data: Any) -> None:
        self.gateway.members(self, data)

    async def _nothing(self, _data: Any) -> None:
        """Presence and voice are taken and have no effect here."""


OPERATIONS: dict[Op, Callable[[Connection, Any], Awaitable[None]]] = {
    Op.HEARTBEAT: Connection._heartbeat,  # noqa: SLF001 - its own table
    Op.IDENTIFY: Connection._identify,  # noqa: SLF001 - as above
    Op.RESUME: Connection._resume,  # noqa: SLF001 - as above
    Op.MEMBERS: Connection._members,  # noqa: SLF001 - as above
    Op.PRESENCE: Connection._nothing,  # noqa: SLF001 - as above
    Op.VOICE: Connection._nothing,  # noqa: SLF001 - as above
}
