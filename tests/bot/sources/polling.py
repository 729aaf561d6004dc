"""A poller over a database and a web server, at a time that a test moves."""

import random
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.sources.http import UNGUARDED
from bot.sources.obtain import Obtain, obtaining
from bot.sources.outcome import Outcome
from bot.sources.poller import Poller
from store import Store
from tests.support.drafts import NOW
from tests.support.feeds import feed, issue
from tests.support.web import Web

WOOL = feed(issue(58), issue(57))
MORE = feed(issue(59), issue(58), issue(57))
HOUR = timedelta(hours=1)


async def no_sleep(seconds: float) -> None:
    raise AssertionError(f"slept for {seconds} s")


@dataclass
class Polled:
    store: Store
    site: Web
    now: datetime = NOW
    obtain: Obtain = field(default_factory=lambda: obtaining(UNGUARDED))

    def sync(self, *named: str, sleep: Callable[[float], Awaitable[None]] = no_sleep) -> Poller:
        return Poller(
            named,
            archive=self.store.archive,
            library=self.store.library,
            states=self.store.sources,
            obtain=self.obtain,
            clock=lambda: self.now,
            rng=random.Random(7),  # noqa: S311 - no secret
            sleep=sleep,
        )

    async def round(self, *named: str, later: timedelta = timedelta()) -> Sequence[Outcome]:
        """A round of all due sources, so much later than the last; an address may be a path of the site."""
        self.now += later
        return await self.sync(*map(self._address, named)).round(self.now)

    async def one(self, named: str, *, force: bool = True) -> Outcome:
        """The outcome of one source, due or not."""
        (outcome,) = await self.sync(self._address(named)).round(self.now, force=force)
        return outcome

    def _address(self, named: str) -> str:
        return self.site.url(named) if named.startswith("/") and named in self.site.at else named
