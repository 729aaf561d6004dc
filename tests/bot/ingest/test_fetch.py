"""Fetching: a real server answers, and every way it can fail is a sentence."""

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from aiohttp import web
from aiohttp.test_utils import BaseTestServer, TestServer

from bot.errors import InputError
from bot.ingest import fetch as fetching
from bot.ingest.fetch import Bounds, fetch

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


async def sheet(_: web.Request) -> web.Response:
    return web.Response(
        body=b"sheep", headers={"Content-Disposition": 'attachment; filename="All sheep.xlsx"'}
    )


async def page(_: web.Request) -> web.Response:
    return web.Response(body=b"page")


async def loop(_: web.Request) -> web.Response:
    raise web.HTTPFound("/loop")


async def broken(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Length": "1000"})
    await response.prepare(request)
    await response.write(b"half")
    assert request.transport is not None
    request.transport.close()
    return response


@pytest.fixture(name="server")
async def _server() -> AsyncIterator[BaseTestServer]:
    app = web.Application()
    app.add_routes(
        [
            web.get("/sheet", sheet),
            web.get("/issues/{name}", page),
            web.get("/loop", loop),
            web.get("/broken", broken),
        ]
    )
    async with TestServer(app) as server:
        yield server


async def test_the_name_comes_from_the_answer_or_the_address(server: BaseTestServer) -> None:
    assert await fetch(str(server.make_url("/sheet"))) == fetching.Fetched("All sheep.xlsx", b"sheep")
    assert (await fetch(str(server.make_url("/issues/58%20a.html")))).name == "58 a.html"


@pytest.mark.parametrize(
    ("path", "says"),
    [("/nothing", "answered 404 Not Found"), ("/loop", "without end"), ("/broken", "could not be read")],
)
async def test_a_bad_answer_is_a_sentence_with_the_address(
    server: BaseTestServer, path: str, says: str
) -> None:
    with pytest.raises(InputError, match=says) as failure:
        await fetch(str(server.make_url(path)))
    assert path in str(failure.value)


async def test_an_answer_without_end_is_cut_off(server: BaseTestServer) -> None:
    with pytest.raises(InputError, match="more than 3 bytes"):
        await fetch(str(server.make_url("/sheet")), Bounds(largest=3, private=True))


async def test_no_server_is_a_sentence(unused_tcp_port: int) -> None:
    with pytest.raises(InputError, match="could not be read"):
        await fetch(f"http://127.0.0.1:{unused_tcp_port}/")
