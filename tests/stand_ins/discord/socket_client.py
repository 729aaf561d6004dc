"""A bare client of the gateway, to see what comes and in which order."""

import json
import zlib
from typing import Any, Self

import aiohttp

from tests.stand_ins.common.patience import HANG
from tests.stand_ins.discord.scene import Scene


class Client:
    """A bare websocket that speaks the gateway's protocol."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse, *, zipped: bool) -> None:
        self._socket = socket
        self._inflate = zlib.decompressobj() if zipped else None

    @classmethod
    async def connect(cls, scene: Scene, *, compress: str = "", version: str = "10") -> Self:
        query = {"v": version, "encoding": "json"} | ({"compress": compress} if compress else {})
        socket = await scene.session.ws_connect(scene.discord.gateway_url, params=query)
        return cls(socket, zipped=bool(compress))

    async def send(self, op: int, data: Any = None) -> None:
        await self._socket.send_str(json.dumps({"op": op, "d": data}))

    async def receive(self) -> Any:
        """The next payload, or the code the gateway closed with."""
        message = await self._socket.receive(timeout=HANG)
        if message.type in (aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED):
            return self._socket.close_code
        raw = message.data if self._inflate is None else self._inflate.decompress(message.data)
        return json.loads(raw)

    async def events(self, count: int) -> list[str]:
        return [(await self.receive())["t"] for _ in range(count)]

    async def close(self, code: int) -> None:
        await self._socket.close(code=code)
