"""Slack's requests over HTTP.

Nothing of a request is parsed before its signature was found to be right, and
nothing of one that is refused is logged.
"""

import asyncio
import hashlib
import hmac
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from functools import partial
from typing import Final, cast
from urllib.parse import parse_qs

import msgspec
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from adapters.slack import scopes, shapes
from adapters.slack.connections import Connections
from adapters.slack.errors import UNREADABLE
from adapters.slack.settings import SlackSettings
from bot.config import unusable
from bot.runtime.gateways import IsUp
from bot.runtime.refusals import Refusals, unreadable

BODY: Final = 1_000_000
"""Bytes of a body: what Slack sends is far smaller."""
HEALTH: Final = "/healthz"
_AGE: Final = 300.0
"""Seconds that a signature is good for."""
_STOPPING: Final = 3.0
"""Seconds that requests get when the bot stops."""
_IDLE: Final = 75.0
_LINGER: Final = 1.0
_DIGITS: Final = 15
_Page = Callable[[AsyncBoltRequest], Awaitable[BoltResponse]]
_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def listening(
    app: AsyncApp, settings: SlackSettings, clock: Callable[[], datetime], refusals: Refusals
) -> AsyncIterator[tuple[str, IsUp]]:
    """Take requests for the app inside: how that is called, and whether it is up. Raises InputError for a host or a port that cannot
    be used, Unavailable for a port that is taken.
    """
    door = _Door(app, settings.signing_secret, clock, refusals)
    runner = web.AppRunner(
        door.application(),
        access_log=None,
        logger=_logger(refusals),
        shutdown_timeout=_STOPPING,
        keepalive_timeout=_IDLE,
        lingering_time=_LINGER,
        auto_decompress=False,  # a small body must not become a large one
    )
    await runner.setup()
    try:
        door.connections = Connections(cast("web.Server", runner.server), refusals)
        server = await _bound(door.connections, settings)
        try:
            yield f"over HTTP on port {server.sockets[0].getsockname()[1]}", _is_up
        finally:
            server.close()
            door.connections.close_waiting()
    finally:
        await runner.cleanup()


async def _is_up() -> bool:
    return True  # whether Slack gets through is not known before it does


async def _bound(connections: Connections, settings: SlackSettings) -> asyncio.Server:
    try:
        return await asyncio.get_running_loop().create_server(
            connections, settings.host, settings.port, reuse_address=True
        )
    except OSError as error:
        raise unusable(error, settings.host, settings.port, "HOST and PORT") from error


class _Door:
    """Lets in what Slack signed, and answers everything else itself."""

    connections: Connections

    def __init__(self, app: AsyncApp, secret: str, clock: Callable[[], datetime], refusals: Refusals) -> None:
        self._app = app
        self._secret = secret.encode()
        self._clock = clock
        self._refusals = refusals

    def application(self) -> web.Application:
        """The routes."""
        application = web.Application(client_max_size=BODY, middlewares=[self._timed])
        application.router.add_post(scopes.PATH, self._events)
        application.router.add_get(HEALTH, self._health)
        if flow := self._app.oauth_flow:
            page = partial(partial, self._page)
            application.router.add_get(scopes.INSTALL_PATH, page(flow.handle_installation))
            application.router.add_get(scopes.REDIRECT_PATH, page(flow.handle_callback))
        return application

    @web.middleware
    async def _timed(self, request: web.Request, handler: _Handler) -> web.StreamResponse:
        try:
            return await handler(request)
        finally:
            self.connections.answered(request)

    async def _health(self, request: web.Request) -> web.Response:
        self.connections.arrived(request)
        return web.Response(text="ok\n")

    async def _events(self, request: web.Request) -> web.StreamResponse:
        timestamp = request.headers.get("X-Slack-Request-Timestamp", "")
        signature = request.headers.get("X-Slack-Signature", "")
        if reason := self._outdated(timestamp) or ("" if signature else "it is not signed"):
            return self._refused(401, reason)
        if (request.content_length or 0) > BODY:
            return self._refused(413, "its body is too long")
        try:
            body = await request.read()
        except web.HTTPRequestEntityTooLarge:
            return self._refused(413, "its body is too long")
        self.connections.arrived(request)
        if not self._signed(timestamp, signature, body):
            return self._refused(401, "its signature is wrong")
        return await to_aiohttp_response(await self._dispatched(request, body))

    async def _dispatched(self, request: web.Request, body: bytes) -> BoltResponse:
        try:
            bolt_request = AsyncBoltRequest(body=_readable(body.decode()), headers=dict(request.headers))
            shapes.check(bolt_request.body)
            return await self._app.async_dispatch(bolt_request)
        except msgspec.ValidationError as error:
            self._refusals.note(str(error))
            return BoltResponse(status=200, body=UNREADABLE)
        except Exception as error:  # noqa: BLE001 - bolt raises whatever its parsers run into
            self._refusals.note(unreadable(error))
            return BoltResponse(status=200, body=UNREADABLE)

    async def _page(self, handle: _Page, request: web.Request) -> web.StreamResponse:
        """A page for whoever installs the bot: bolt's, as long as it has one for this request."""
        self.connections.arrived(request)
        try:
            return await to_aiohttp_response(await handle(await to_bolt_request(request)))
        except Exception as error:  # noqa: BLE001 - as below
            self._refusals.note(unreadable(error))
            return web.Response(status=400, text=UNREADABLE)

    def _outdated(self, timestamp: str) -> str:
        """What is wrong with the time of the signature, "" for nothing."""
        if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) < _DIGITS):
            return "it is not signed"
        ahead = int(timestamp) - self._clock().timestamp()
        if abs(ahead) <= _AGE:
            return ""
        way = "behind" if ahead > 0 else "ahead of"
        return f"its signature is {abs(ahead):.0f} s off; is the clock of this machine {way} the time?"

    def _signed(self, timestamp: str, signature: str, body: bytes) -> bool:
        base = b"v0:" + timestamp.encode() + b":" + body
        expected = "v0=" + hmac.new(self._secret, base, hashlib.sha256).hexdigest()
        return hmac.compare_digest(expected.encode(), signature.encode(errors="replace"))

    def _refused(self, status: int, reason: str) -> web.Response:
        self._refusals.note(reason)
        response = web.json_response({"error": "invalid request"}, status=status)
        response.force_close()
        return response


def _readable(body: str) -> str:
    """The body as bolt reads it right: with the word "payload" anywhere, it takes a command for none."""
    is_command = not body.startswith("{") and "payload" not in parse_qs(body)
    return body.replace("payload", "%70ayload") if is_command else body


def _logger(refusals: Refusals) -> logging.Logger:
    """A logger for aiohttp, of whose records no more is logged than what kind of error there was."""

    class Nameless(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else "no HTTP"
            refusals.note(f"it could not be read ({kind})")

    logger = logging.Logger("anbot.slack.http", logging.INFO)  # noqa: LOG001 - it must hand nothing on
    logger.addHandler(Nameless())
    return logger
