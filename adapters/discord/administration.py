"""What whoever runs the bot asks of Discord from the command line, without the gateway."""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from typing import Final

import aiohttp
import discord
from discord.http import HTTPClient

from adapters.discord.login import logged_in
from adapters.discord.run import as_bot_errors
from adapters.discord.settings import DiscordSettings
from bot.errors import InputError
from bot.model.places import Place

_MOST: Final = 50
"""Channels that are asked for at once: each takes a request."""
_SECONDS: Final = 5.0


async def channel_names(settings: DiscordSettings, places: Collection[Place]) -> Mapping[Place, str]:
    """What the channels are called; those that Discord does not tell within a few seconds are left out."""
    names: dict[Place, str] = {}
    if not settings.token or not places:
        return names
    try:
        async with asyncio.timeout(_SECONDS), logged_in(settings) as client:
            for place in list(places)[:_MOST]:
                if name := await _name(client.http, place):
                    names[place] = f"#{name}"
    except (discord.DiscordException, aiohttp.ClientError, OSError):
        pass  # the ids do
    return names


async def _name(http: HTTPClient, place: Place) -> str:
    try:
        channel = await http.get_channel(int(place.channel))
    except (discord.NotFound, discord.Forbidden, ValueError):
        return ""
    return str(channel.get("name") or "")


async def leave(settings: DiscordSettings, server: str) -> Sequence[str]:
    """Leave the server; also if the bot was not there, which need be no mistake."""
    if not settings.token:
        raise InputError("To leave a server on Discord, set DISCORD_TOKEN.")
    with as_bot_errors():
        async with logged_in(settings) as client:
            with suppress(discord.NotFound, discord.Forbidden):
                await client.http.leave_guild(int(server))
    return (server,)
