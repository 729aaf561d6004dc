"""The stand-in itself: one object that listens, holds the world, and is asked by tests."""

import contextlib
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

from aiohttp import web

from tests.stand_ins.common.clock import Clock, SystemClock
from tests.stand_ins.common.journal import Journal
from tests.stand_ins.common.patience import HANG
from tests.stand_ins.discord.building import Builder
from tests.stand_ins.discord.call import Site
from tests.stand_ins.discord.entities import Channel, Guild, Message
from tests.stand_ins.discord.errors import not_found
from tests.stand_ins.discord.faults import Faults
from tests.stand_ins.discord.gateway import Gateway
from tests.stand_ins.discord.interactions import Interaction
from tests.stand_ins.discord.journal import Record
from tests.stand_ins.discord.limits import Limits
from tests.stand_ins.discord.openapi import OpenApi
from tests.stand_ins.discord.people import Person
from tests.stand_ins.discord.pipeline import VIA, Pipeline
from tests.stand_ins.discord.rest import ENDPOINTS
from tests.stand_ins.discord.world import World

ROOT = "/api/v10"


class StandIn:
    """A small Discord on a port of its own, for as long as it is entered.

    `build` makes what there is, `person` acts, `journal` tells what was asked, `faults`, `limits`
    and `gateway` make it fail. Without a clock it keeps the wall's time; rate limits do even beside
    one, unless they get one of their own, for clients wait in real time.
    """

    def __init__(
        self, *, clock: Clock | None = None, limits_clock: Clock | None = None, openapi: Path | None = None
    ) -> None:
        self.clock = clock or SystemClock()
        self.world = World(self.clock)
        self.build = Builder(self.world)
        self.gateway = Gateway(self.world)
        self.limits = Limits(limits_clock or SystemClock())
        self.faults = Faults()
        self.journal: Journal[Record] = Journal()
        self._site = Site(world=self.world, build=self.build, gateway=self.gateway)
        self._pipeline = Pipeline(self._site, self.limits, self.faults, self.journal)
        self._pipeline.openapi = OpenApi(openapi) if openapi else None
        self._runner: web.AppRunner | None = None
        self.url = ""

    @property
    def api_url(self) -> str:
        """Where the REST API is, for discord.http.Route.BASE."""
        return self.url + ROOT

    @property
    def gateway_url(self) -> str:
        """Where the gateway is, for discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY."""
        return self.gateway.url

    @property
    def checked(self) -> bool:
        """Whether bodies are checked against Discord's own document."""
        return self._pipeline.openapi is not None

    @property
    def openapi(self) -> OpenApi:
        """The check against Discord's own document, if it was asked for."""
        assert self._pipeline.openapi is not None, "made without openapi="
        return self._pipeline.openapi

    @property
    def interactions(self) -> list[Interaction]:
        return list(self._site.interactions.values())

    def nonces_last(self, seconds: float) -> None:
        """How long an enforced nonce is remembered (180 s at first)."""
        self._site.nonce_window = seconds

    @property
    def nonces_shared(self) -> list[str]:
        """The nonces an application used in more than one channel.

        Here each is taken; Discord promises only that a nonce is unique by author, so that a
        careful application shares none.
        """
        return [nonce for (_, nonce), used in self.world.nonce_channels.items() if len(used) > 1]

    def person(self, name: str, *guilds: Guild) -> Person:
        """A new user, a member of the guilds."""
        user = self.build.user(name)
        for guild in guilds:
            self.build.join(guild, user)
        return Person(self._site, user)

    def messages(self, channel: Channel) -> list[Message]:
        """What everyone in a channel sees, oldest first."""
        return channel.public()

    def ephemerals(self, channel: Channel, person: Person) -> list[Message]:
        """What one person alone sees in a channel, oldest first."""
        return [each for each in channel.messages.values() if each.seen_only_by == person.id]

    async def until(self, holds: Callable[[], object], *, within: float = HANG, what: str = "") -> None:
        """Waits until a condition holds, which is tried whenever anything has changed."""
        await self.world.changes.until(holds, within=within, what=what)

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=30 * 1024**2)
        for endpoint in ENDPOINTS:
            serve = partial(self._pipeline.serve, endpoint)
            app.router.add_route(endpoint.method, ROOT + endpoint.path, _handler(serve))
        app.router.add_get("/gateway/", self.gateway.accept)
        app.router.add_route("*", "/{rest:.*}", _nowhere)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"
        self.gateway.url = f"ws://{host}:{port}/gateway/"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.gateway.drop()
        if self._runner is not None:
            with contextlib.suppress(TimeoutError):
                await self._runner.cleanup()
        if self._pipeline.crashes and error is None:
            raise ExceptionGroup("the stand-in itself failed", self._pipeline.crashes)


def _handler(
    serve: Callable[[web.Request], Awaitable[web.StreamResponse]],
) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """A coroutine function, as aiohttp wants it."""

    async def handle(request: web.Request) -> web.StreamResponse:
        return await serve(request)

    return handle


async def _nowhere(_request: web.Request) -> web.Response:
    error = not_found()
    return web.json_response(error.body, status=error.status, headers=VIA)
