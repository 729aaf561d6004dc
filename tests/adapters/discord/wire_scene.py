"""Our client over real HTTP and a real websocket, in one server."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from adapters.discord.client import Client
from bot.model.search import Filters, SearchResult
from tests.adapters.discord.openapi import checked_stand_in
from tests.adapters.discord.world import Bench
from tests.stand_ins.discord import Application, Channel, Guild, ManualClock, Person, StandIn
from tests.stand_ins.discord.discord_py import pointed_at
from tests.support.fakes import MemoryFinder


@dataclass
class Gated(MemoryFinder):
    """Answers when the gate is open."""

    gate: asyncio.Event = field(default_factory=asyncio.Event)

    async def find(self, words: str, filters: Filters = Filters(), *, limit: int = 5) -> SearchResult:  # noqa: B008 - frozen
        await self.gate.wait()
        return await super().find(words, filters, limit=limit)


@dataclass
class Scene:
    """One server with one channel, two people, and our bot in it."""

    discord: StandIn
    app: Application
    guild: Guild
    channel: Channel
    alice: Person
    bob: Person
    bench: Bench

    @asynccontextmanager
    async def running(self) -> AsyncIterator[Client]:
        """The bot, until the block ends."""
        with pointed_at(self.discord):
            client = self.bench.client(guild_ready_timeout=0.01)
            task = asyncio.create_task(client.start(self.app.token))
            try:
                await self.discord.gateway.ready(self.app)
                yield client
            finally:
                await client.close()
                await task


@asynccontextmanager
async def wire_scene(bench: Bench) -> AsyncIterator[Scene]:
    """The scene, whose requests are checked."""
    async with checked_stand_in(ManualClock()) as discord:
        app = discord.build.application("an")
        guild = discord.build.guild("readers", apps=[app])
        yield Scene(
            discord=discord,
            app=app,
            guild=guild,
            channel=discord.build.channel(guild, "papers"),
            alice=discord.person("alice", guild),
            bob=discord.person("bob", guild),
            bench=bench,
        )
