"""A Discord over real HTTP and a real websocket, for the real process."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.adapters.discord.openapi import checked_stand_in
from tests.stand_ins.discord import Application, Channel, ManualClock, Person, StandIn
from tests.support.processes import Process, running


@dataclass
class Scene:
    """A server with a channel and a person, and a database that is kept over restarts."""

    discord: StandIn
    app: Application
    channel: Channel
    alice: Person
    admin: Person
    database: Path

    @asynccontextmanager
    async def process(
        self, *, token: str | None = None, url: str | None = None, **variables: str
    ) -> AsyncIterator[Process]:
        """`anbot run`; killed at the end of the block if it still runs."""
        environment = {
            "ANBOT_DB": str(self.database),
            "DISCORD_TOKEN": self.app.token if token is None else token,
            "DISCORD_API_URL": url or self.discord.api_url,
            **variables,
        }
        async with running(**environment) as process:
            yield process


@asynccontextmanager
async def process_scene(folder: Path) -> AsyncIterator[Scene]:
    """The scene, whose requests are checked."""
    async with checked_stand_in(ManualClock()) as discord:
        app = discord.build.application("an")
        guild = discord.build.guild("readers", apps=[app])
        admin = discord.person("ada", guild)
        discord.build.grant(
            guild, admin.user, discord.build.role(guild, "admins", "manage_guild", "manage_channels")
        )
        yield Scene(
            discord=discord,
            admin=admin,
            app=app,
            channel=discord.build.channel(guild, "papers"),
            alice=discord.person("alice", guild),
            database=folder / "an.db",
        )
