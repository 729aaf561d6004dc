"""Discord's shards, as far as this process holds their leases: each is served by a client of its own.

A shard that another process is to have is served here until that one serves it, so nothing
is missed in between; what both hear meanwhile is answered by one of them.
"""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

import discord

from adapters.discord.client import Client
from adapters.discord.served import Served
from bot.app import Services
from bot.errors import StoreError
from bot.workers.once import Once
from bot.workers.shards import Shards

log: Final = logging.getLogger("anbot.discord")

BEAT: Final = 5.0
"""Seconds from one renewal of the leases to the next."""
HANDOVER: Final = 30.0
"""Seconds that another process gets to take over what this one serves before it stops."""
_OFTEN: Final = 1.0
"""Seconds from one look to the next while it hands over."""
_BOTH: Final = timedelta(seconds=60)
"""How long after a shard was taken over its former process may hear something, too."""
_PATIENCE: Final = 1.0
"""Seconds that somebody who asks waits for the database to say whose the shard is."""
IDENTIFYING: Final = timedelta(seconds=5.5)
"""How often a shard of each group may begin a session: by Discord's rules once in five seconds, and
clocks and the network differ by a little.
"""


def shard_of(server: str, shards: int) -> int:
    """The shard of a server, as Discord numbers them; direct messages are told to the first.

    https://docs.discord.com/developers/events/gateway#sharding
    """
    return (int(server) >> 22) % shards if server else 0


class Gateway:
    """The clients of this process. `make` makes one with the options that it is called with."""

    def __init__(
        self, services: Services, make: Callable[..., Client], token: str, shards: int, at_once: int
    ) -> None:
        """`shards` is how many Discord recommends, `at_once` how many may begin a session in five seconds."""
        self._clock = services.clock
        self._make = make
        self._token = token
        self._claims = services.store.claims
        self._at_once = at_once
        self._once = Once(services.store.claims, services.clock)
        self._ready: set[int] = set()
        self._served: dict[int, Served] = {}
        self._ending: set[asyncio.Task[None]] = set()
        self._changed = asyncio.Event()
        self._looking = asyncio.Lock()
        self._looked = 0.0
        self._trouble = ""
        self.shards = Shards(
            services.store.lease,
            "discord",
            services.clock,
            shards=shards,
            shard_of=shard_of,
            serving=self._ready,
        )

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until `stop` is set and others have taken over, if there are any. Raises what a client raises."""
        while not stop.is_set():
            self._changed.clear()
            await self._gone()
            await self._look()
            await self._wait(BEAT, stop)
        self.shards.leaving = True
        until = self._clock.ticks() + HANDOVER
        while self._served and self._clock.ticks() < until:
            self._changed.clear()
            await self._gone()
            await self._look()
            if self._trouble:
                return
            if self._served:
                await self._wait(_OFTEN)

    async def close(self) -> None:
        """Stop all clients; what is under way is finished, if that takes no longer than seconds."""
        for shard in list(self._served):
            self._end(shard)
        await asyncio.gather(*self._ending, return_exceptions=True)

    async def is_up(self) -> bool:
        """Whether all that this process holds is served; it may hold nothing."""
        return self._ready >= self.shards.share.fences.keys() and all(
            [await each.client.is_up() for each in self._served.values()]
        )

    def guild(self, server: int) -> discord.Guild | None:
        """The server, as the client of its shard knows it."""
        served = self._served.get(self.shards.of(str(server)))
        return served.client.get_guild(server) if served else None

    def is_ours(self, server: str) -> bool:
        """Whether this process knows if the bot is on that server."""
        return self.shards.of(server) in self._ready

    def servers(self) -> set[str]:
        """The servers that the bot is on, of the shards that are served here."""
        return {str(guild.id) for each in self._served.values() for guild in each.client.guilds}

    async def admits(self, shard: int, interaction: discord.Interaction[Any]) -> bool:
        """Whether this process answers it. One that was frozen asks the database first; without the
        database whoever hears it answers, and Discord takes the first answer.
        """
        if not self.shards.are_sure and self._clock.ticks() - self._looked > 2 * BEAT:
            try:
                async with asyncio.timeout(_PATIENCE):
                    await self._look()
            except TimeoutError:
                return True
        share, served = self.shards.share, self._served.get(shard)
        if served is None or (shard not in share.fences and shard not in share.coming):
            return False
        new = self._clock.ticks() - served.since < _BOTH.total_seconds()
        if shard in share.fences and shard not in share.offered and not new:
            return True
        return await self._once.begin(f"discord {interaction.id}")

    async def begins(self, shard: int) -> None:
        """Wait until the shard may begin a session: over all processes, one of its group in five seconds."""
        name = f"discord session {shard % self._at_once}"
        waits = False
        while True:
            now = self._clock()
            try:
                if await self._claims.take(name, now, now + IDENTIFYING):
                    return
            except StoreError:
                await self._clock.sleep(IDENTIFYING.total_seconds())
                return
            if not waits:
                log.info("shard %d waits for others to begin their sessions on discord", shard)
                waits = True
            await self._clock.sleep(_OFTEN)

    async def _look(self) -> None:
        """Renew the leases, and serve what is held. While the database is away all stays as it is."""
        async with self._looking:
            try:
                share = await self.shards.renew()
            except StoreError as error:
                if str(error) != self._trouble:
                    log.error("Discord is served as before: %s", error)  # noqa: TRY400 - it says what is wrong
                self._trouble = str(error)
                return
            finally:
                self._looked = self._clock.ticks()
            self._trouble = ""
            for shard, served in self._served.items():
                if shard in share.coming and not served.handed_over:
                    log.info("another process takes shard %d over on discord", shard)
                served.handed_over = shard in share.coming
            for shard, served in list(self._served.items()):
                # Until another serves it, whoever hears of it goes on.
                serves_on = shard in share.coming and served.hears
                gone = shard not in share.fences and not serves_on
                if gone or served.client.shard_count != share.shards:
                    self._end(shard)
            for shard in share.fences.keys() - self._served.keys() if not self.shards.leaving else ():
                self._begin(shard, share.shards)

    async def _gone(self) -> None:
        """Forget the clients that ended by themselves. Raises what they raised."""
        for shard, served in list(self._served.items()):
            if served.task and served.task.done():
                self._ready.discard(shard)
                del self._served[shard]
                await served.task

    def _begin(self, shard: int, shards: int) -> None:
        log.info("this process serves shard %d of %d on discord", shard, shards)
        client = self._make(shard_ids=[shard], shard_count=shards, among=_Shard(self, shard))
        served = self._served[shard] = Served(client=client, since=self._clock.ticks())

        def ready() -> None:
            served.since = self._clock.ticks()
            self._ready.add(shard)
            self._changed.set()

        served.task = asyncio.create_task(served.run(self._token, ready))
        served.task.add_done_callback(lambda _: self._changed.set())

    def _end(self, shard: int) -> None:
        log.info("this process serves shard %d on discord no more", shard)
        self._ready.discard(shard)
        served = self._served.pop(shard)
        served.over.set()
        if served.task:
            self._ending.add(served.task)
            served.task.add_done_callback(self._ending.discard)

    async def _wait(self, seconds: float, *events: asyncio.Event) -> None:
        """Wait so long, or until something changed or one of the events is set."""
        either = [asyncio.create_task(each.wait()) for each in (self._changed, *events)]
        sleeping = asyncio.ensure_future(self._clock.sleep(seconds))
        try:
            await asyncio.wait([*either, sleeping], return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (*either, sleeping):
                task.cancel()


@dataclass(frozen=True, slots=True)
class _Shard:
    """A client among those of all processes: `adapters.discord.client.Among`."""

    gateway: Gateway
    number: int

    async def admits(self, interaction: discord.Interaction[Any]) -> bool:
        """Whether it is this client's to answer."""
        return await self.gateway.admits(self.number, interaction)

    async def begins(self) -> None:
        """Wait until a session may begin."""
        await self.gateway.begins(self.number)
