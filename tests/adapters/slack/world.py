"""The real app against the strict Slack: one workspace, a few newsletters, two people."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from adapters import slack
from adapters.slack.manifest import manifest_of
from adapters.slack.scopes import Grant
from bot.model.digests import Delivery as Part
from bot.model.digests import Subscription
from bot.pictures import Pictures
from bot.ports import Finder, Library
from bot.runtime.clock import Clock
from store import open_store
from tests.stand_ins.common.patience import HANG
from tests.stand_ins.slack import App, Channel, Delivery, ManualClock, Message, Person, StandIn, Team
from tests.support.fakes import MemoryFinder
from tests.support.services import services_over
from tests.support.three_issues import lookup_over, newsletters

START = datetime(2026, 1, 12, 3, 4, tzinfo=UTC)
URL = "https://bot.example"
LOOPS = 5
"""How many tasks wait for time to pass when there is nothing to do."""


@dataclass
class World:
    """One workspace in which the app is installed; `run` serves it."""

    slack: StandIn
    clock: ManualClock
    app: App
    team: Team
    general: Channel
    alice: Person
    bob: Person
    database: Path
    library: Library = field(default_factory=newsletters)
    finder: Finder = field(default_factory=lambda: MemoryFinder(newsletters().summaries))
    port: int = 0
    linking: str = "text"
    pictures: bool = False
    serving: "asyncio.Future[None] | None" = None
    """The app, once it was started."""

    @asynccontextmanager
    async def run(self, **given: str) -> AsyncIterator[None]:
        """The app serves until this is left; `given` variables go before those of one workspace."""
        async with open_store(self.database, clock=self.now) as store:
            lookup = lookup_over(self.library, self.finder)
            services = services_over(store, lookup, self.now)
            clock = Clock(read=self.now, sleep=self.clock.wait)
            pictures = Pictures(self.library) if self.pictures else None
            services = replace(services, clock=clock, pictures=pictures)
            stop = asyncio.Event()
            serving = asyncio.ensure_future(slack.platform(self.environment(**given)).serve(services, stop))
            self.serving = serving
            try:
                await self._up(serving, given.get("HOST", "127.0.0.1"))
                yield
            finally:
                # A connection that comes while the server closes would never be closed.
                async with self.slack.post.holding(), asyncio.timeout(HANG):
                    stop.set()
                    await self.clock.done(serving)  # what it is posting takes its time

    def environment(self, **given: str) -> dict[str, str]:
        """The variables of one workspace, with those that are `given`."""
        installed = self.slack.world.installed(self.app, self.team)
        http = bool(self.app.request_url)
        return {
            "SLACK_API_URL": self.slack.api_url,
            "SLACK_BOT_TOKEN": installed.token if installed else "",
            "SLACK_SIGNING_SECRET": self.app.signing_secret if http else "",
            "SLACK_APP_TOKEN": "" if http else self.app.app_token,
            "SLACK_LINKING": self.linking,
            "SLACK_PICTURES": "yes" if self.pictures else "",
            "PORT": str(self.port),
            **given,
        }

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.clock.now(), UTC)

    async def passing(self, holds: Callable[[], object]) -> None:
        """Let time pass, a second whenever the loop of digests waits for it, until something holds."""
        await self.clock.until(holds, idle=LOOPS, busy=lambda: self.slack.post.sending)

    async def subscriptions(self) -> list[Subscription]:
        """All subscriptions, as they stand in the database."""
        async with open_store(self.database, clock=self.now) as store:
            return list(await store.subscriptions.all())

    async def log(self) -> list[Part]:
        """All deliveries, the newest first."""
        async with open_store(self.database, clock=self.now) as store:
            return list(await store.outbox.log(None, 1000))

    async def _up(self, serving: "asyncio.Future[None]", host: str) -> None:
        """Return when commands are taken, or raise what ended it before."""

        async def connected() -> None:
            if self.app.request_url:
                await listening(self.port, host)
            else:
                await self.slack.until(lambda: self.slack.sockets.connected(self.app))

        waiting = asyncio.create_task(connected())
        await asyncio.wait({waiting, serving}, return_when=asyncio.FIRST_COMPLETED)
        if serving.done():
            waiting.cancel()
            await serving
        await waiting

    async def command(self, line: str, by: Person | None = None, channel: Channel | None = None) -> Delivery:
        """Use a slash command; it is acknowledged when this returns."""
        used = await (by or self.alice).command(line, channel or self.general)
        await used.acknowledged()
        return used

    async def posted(self, count: int = 1, channel: Channel | None = None) -> Message:
        """The last of that many messages that everyone sees."""
        place = channel or self.general
        await self.slack.until(lambda: len(self.slack.messages(place)) >= count, what="a message")
        return self.slack.messages(place)[-1]

    async def whispered(self, count: int = 1, to: Person | None = None) -> Message:
        """The last of that many messages that one person alone sees."""
        person = to or self.alice
        place = self.general
        await self.slack.until(
            lambda: len(self.slack.ephemerals(place, person)) >= count, what="a private message"
        )
        return self.slack.ephemerals(place, person)[-1]

    async def until(self, holds: Callable[[], object], what: str = "") -> None:
        await self.slack.until(holds, what=what)


async def listening(port: int, host: str) -> None:
    """Return when something takes connections on the port."""
    while True:
        try:
            _, writer = await asyncio.open_connection(host, port)
        except OSError:
            await asyncio.sleep(0)
        else:
            writer.close()
            return


@asynccontextmanager
async def world(  # noqa: PLR0913 - each is a way to set it up
    database: Path,
    *,
    port: int = 0,
    linking: str = "text",
    installed: bool = True,
    pictures: bool = False,
    clock: ManualClock | None = None,
) -> AsyncIterator[World]:
    """A workspace as the app's own manifest sets it up: with a port over HTTP, else by Socket Mode.

    Its clock starts now unless one is given, for over HTTP Bolt looks at the wall's.
    """
    clock = clock or ManualClock()
    async with StandIn(clock=clock) as stand_in:
        stand_in.limits.window_scale = 0
        declared: Mapping[str, Any] = manifest_of(
            URL if port else "", Grant(linking=linking, settling=True, pictures=pictures)
        )
        app = stand_in.build.app_of(declared, request_url=f"http://127.0.0.1:{port}/slack/events")
        team = stand_in.build.team("readers")
        if installed:
            stand_in.build.install(app, team)
        general = stand_in.general(team)
        alice, bob = (stand_in.person(name, team, general) for name in ("alice", "bob"))
        yield World(
            slack=stand_in,
            clock=clock,
            app=app,
            team=team,
            general=general,
            alice=alice,
            bob=bob,
            database=database,
            port=port,
            linking=linking,
            pictures=pictures,
        )


def labels(shown: Any) -> list[str]:
    """The labels of a message's or a window's buttons."""
    return [
        element["text"]["text"]
        for block in shown.blocks
        for element in block.get("elements", ())
        if element.get("type") == "button"
    ]


def words(shown: Any) -> str:
    """All that a message or a window says."""
    return " ".join(_texts(shown.blocks))


def _texts(payload: Any) -> list[str]:
    if isinstance(payload, list):
        return [text for each in payload for text in _texts(each)]
    if isinstance(payload, dict):
        texts = [payload["text"]] if isinstance(payload.get("text"), str) else []
        return texts + [text for each in payload.values() for text in _texts(each)]
    return []
