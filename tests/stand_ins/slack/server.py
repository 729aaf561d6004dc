"""The stand-in itself: one object that listens, holds the world, and is asked by tests."""

import contextlib
from collections.abc import Callable
from types import TracebackType
from typing import Self

from aiohttp import web

from tests.stand_ins.common.clock import Clock, SystemClock
from tests.stand_ins.common.journal import Journal
from tests.stand_ins.common.patience import HANG
from tests.stand_ins.slack import events
from tests.stand_ins.slack.building import Builder
from tests.stand_ins.slack.call import Site
from tests.stand_ins.slack.delivery import Delivery, Post, Way
from tests.stand_ins.slack.entities import App, Channel, Installation, Message, Team
from tests.stand_ins.slack.faults import Faults
from tests.stand_ins.slack.journal import Record
from tests.stand_ins.slack.limits import Limits
from tests.stand_ins.slack.people import Person
from tests.stand_ins.slack.pipeline import Pipeline
from tests.stand_ins.slack.sockets import Sockets
from tests.stand_ins.slack.world import World


class StandIn:
    """A small Slack on a port of its own, for as long as it is entered.

    `build` makes what there is, `person` acts, `journal` tells what was asked, `post` what was
    brought to applications, `faults`, `limits` and `sockets` make it fail. Without a clock it keeps
    the wall's time; rate limits do even beside one, unless they get one of their own, for clients
    wait in real time.
    """

    def __init__(self, *, clock: Clock | None = None, limits_clock: Clock | None = None) -> None:
        self.clock = clock or SystemClock()
        self.world = World(self.clock)
        self.build = Builder(self.world)
        self.sockets = Sockets(self.world)
        self.post = Post(self.world, self.sockets)
        self.limits = Limits(limits_clock or SystemClock())
        self.faults = Faults()
        self.journal: Journal[Record] = Journal()
        self._site = Site(world=self.world, post=self.post, sockets=self.sockets)
        self._pipeline = Pipeline(self._site, self.limits, self.faults, self.journal)
        self._runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        return self.world.url

    @property
    def api_url(self) -> str:
        """Where the Web API is, for AsyncWebClient(base_url=…)."""
        return f"{self.url}/api/"

    def person(self, name: str, team: Team, *channels: Channel) -> Person:
        """A new user of a workspace, in the channels."""
        user = self.build.user(team, name)
        for channel in channels:
            channel.members.add(user.id)
        return Person(self._site, team, user)

    def general(self, team: Team) -> Channel:
        return next(each for each in team.channels.values() if each.name == "general")

    def messages(self, channel: Channel) -> list[Message]:
        """What everyone in a channel sees, replies too, oldest first."""
        return [each for each in channel.messages.values() if each.seen_only_by is None]

    def ephemerals(self, channel: Channel, person: Person) -> list[Message]:
        """What one person alone sees in a channel, oldest first."""
        return [each for each in channel.messages.values() if each.seen_only_by == person.id]

    def events(self, name: str) -> list[Delivery]:
        """The events of a type that were brought to applications, in order."""
        sent = [each for each in self.post.sent if each.way is Way.EVENT]
        return [each for each in sent if each.payload["event"]["type"] == name]

    def uninstall(self, app: App, team: Team) -> None:
        """An admin removes an application; its token gets account_inactive from now on."""
        events.uninstalled(self._site, self._living(app, team))

    def revoke(self, app: App, team: Team) -> None:
        """A bot's token ends, and gets token_revoked from now on."""
        installation = self._living(app, team)
        installation.dead = "token_revoked"
        body = {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [installation.bot.id]}}
        events.emit(self._site, installation, "tokens_revoked", body)

    async def until(self, holds: Callable[[], object], *, within: float = HANG, what: str = "") -> None:
        """Waits until a condition holds, which is tried whenever anything has changed."""
        await self.world.changes.until(holds, within=within, what=what)

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=30 * 1024**2)
        app.router.add_route("*", "/api/{method}", self._pipeline.method)
        app.router.add_post("/hooks/{key:.+}", self._pipeline.hook)
        app.router.add_post("/upload/v1/{file}", self._pipeline.upload)
        app.router.add_get("/link/", self.sockets.accept)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        host, port = self._runner.addresses[0][:2]
        self.world.url = f"http://{host}:{port}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.post.close()
        self.sockets.drop()
        if self._runner is not None:
            with contextlib.suppress(TimeoutError):
                await self._runner.cleanup()
        if (crashes := [*self._pipeline.crashes, *self.post.crashes]) and error is None:
            raise BaseExceptionGroup("the stand-in itself failed", crashes)

    def _living(self, app: App, team: Team) -> Installation:
        installation = self.world.installed(app, team)
        assert installation is not None, f"{app.name} is not installed in {team.name}"
        return installation
