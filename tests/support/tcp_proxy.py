"""A proxy between a bot and its database, which cuts and delays."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any


class TcpProxy:
    """Hands bytes on from a port of this machine to a socket, and back."""

    def __init__(self, target: Path) -> None:
        self._target = target
        self._open: set[asyncio.StreamWriter] = set()
        self._handing: list[asyncio.Future[Any]] = []
        self.port = 0
        self.delay = 0.0
        """Seconds that whatever is handed on waits."""

    def cut(self) -> None:
        """Cut all connections, without a word."""
        for each in self._open:
            each.transport.abort()

    async def end(self) -> None:
        """Cut all connections for good."""
        self.cut()
        await asyncio.gather(*self._handing)

    async def accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_unix_connection(str(self._target))
        self._open |= {writer, back}
        both = asyncio.gather(self._hand_on(reader, back), self._hand_on(there, writer))
        self._handing.append(both)
        await both
        self._open -= {writer, back}

    async def _hand_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while read := await reader.read(65_536):
                await asyncio.sleep(self.delay)
                writer.write(read)
                await writer.drain()
        writer.close()


@asynccontextmanager
async def proxied(target: Path) -> AsyncIterator[TcpProxy]:
    """A proxy to that socket, while inside."""
    proxy = TcpProxy(target)
    server = await asyncio.start_server(proxy.accept, "127.0.0.1", 0)
    proxy.port = server.sockets[0].getsockname()[1]
    try:
        yield proxy
    finally:
        server.close()
        await proxy.end()
