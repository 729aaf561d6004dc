"""A web server on this machine, with pages and failures that a test chooses."""

import asyncio
import gzip
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from hashlib import sha256

from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.stand_ins.common.changes import Changes

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class Web:
    """The page at each path, and all requests so far."""

    server: TestServer
    at: dict[str, Answer] = field(default_factory=dict)
    asked: list[web.Request] = field(default_factory=list)
    changes: Changes = field(default_factory=Changes)

    def url(self, path: str) -> str:
        return str(self.server.make_url(path))

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(request)
        self.changes.notify()
        answer = self.at.get(request.path)
        return await answer(request) if answer else web.Response(status=404)


@asynccontextmanager
async def serving() -> AsyncIterator[Web]:
    app = web.Application()
    server = TestServer(app)
    there = Web(server)
    app.router.add_get("/{path:.*}", there.answer)
    async with server:
        yield there


def page(body: bytes, **headers: str) -> Answer:
    """A page that is the same for every request; names of headers have underscores."""

    async def answer(_: web.Request) -> web.Response:
        return web.Response(body=body, headers=_named(headers))

    return answer


def dated(body: bytes, last_modified: str) -> Answer:
    """A page that is unchanged since that date."""

    async def answer(request: web.Request) -> web.Response:
        known = request.headers.get("If-Modified-Since") == last_modified
        headers = {"Last-Modified": last_modified}
        return web.Response(status=304) if known else web.Response(body=body, headers=headers)

    return answer


def tagged(body: bytes) -> Answer:
    """A page that is unchanged if the request has its ETag."""
    etag = f'"{sha256(body).hexdigest()}"'

    async def answer(request: web.Request) -> web.Response:
        known = request.headers.get("If-None-Match") == etag
        return web.Response(status=304) if known else web.Response(body=body, headers={"ETag": etag})

    return answer


def status(code: int, **headers: str) -> Answer:
    async def answer(_: web.Request) -> web.Response:
        return web.Response(status=code, headers=_named(headers))

    return answer


def packed(body: bytes, *, keep: int | None = None) -> Answer:
    """A page packed by gzip, and cut to so many bytes."""
    return page(gzip.compress(body)[:keep], Content_Encoding="gzip")


async def cut(request: web.Request) -> web.StreamResponse:
    """The connection ends within the answer."""
    response = web.StreamResponse(headers={"Content-Length": "1000"})
    await response.prepare(request)
    await response.write(b"half")
    assert request.transport is not None
    request.transport.close()
    return response


def stalling(until: asyncio.Event) -> Answer:
    """Half an answer; the connection ends when the event is set."""

    async def answer(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Length": "1000"})
        await response.prepare(request)
        await response.write(b"half")
        await until.wait()
        return response

    return answer


def _named(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}
