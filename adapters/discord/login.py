"""A client of Discord's REST API alone: commands and messages to whoever runs the bot need no gateway."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

import aiohttp
import discord
from discord.http import Route

from adapters.discord.settings import DiscordSettings

_PATIENCE: Final = 30.0
"""Seconds that a request waits for a rate limit, the fewest that discord.py allows."""


@asynccontextmanager
async def logged_in(
    settings: DiscordSettings, trace: aiohttp.TraceConfig | None = None
) -> AsyncIterator[discord.Client]:
    """A client that Discord knows inside; the trace hears of its requests. Raises what discord.py raises."""
    if settings.api_url:
        Route.BASE = settings.api_url
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # we never speak
    client = discord.Client(
        intents=discord.Intents(guilds=True),  # without it discord.py warns, though there is no gateway
        http_trace=trace or aiohttp.TraceConfig(),
        max_ratelimit_timeout=_PATIENCE,
    )
    async with client:
        await client.login(settings.token)
        yield client
