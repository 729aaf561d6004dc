"""Runs the bot on Discord until it is stopped."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import aiohttp
import discord
from discord.http import Route

from adapters.discord.client import Client
from adapters.discord.departures import Departures
from adapters.discord.interactions import Interactions
from adapters.discord.poster import DiscordPoster
from adapters.discord.settings import DiscordSettings
from bot.app import Services
from bot.digests.runner import DigestRunner
from bot.errors import BotError, InputError, Unavailable
from bot.runtime.stopping import stopped_within

_REFUSED: Final = 4004
"""The gateway's close code for a token that it refuses."""
_ANEW: Final = frozenset({1000, 4010, 4011})
"""Close codes after which discord.py gives up, though a new start may do: a normal end, a
wrong shard, and too few shards.
"""
_NOT_ACCEPTED: Final = (
    "Discord does not accept the token in DISCORD_TOKEN. Copy it again from the Bot page of your application "
    "at https://discord.com/developers/applications, or reset it there."
)

_LAST: Final = 3.0
"""Seconds that what is under way gets when the bot stops."""
_CANCELLED: Final = 0.5
_WHOLE: Final = 4.0
"""Seconds after which the rest is given up."""
_NO_INTENT: Final = (
    "Discord closed the connection for good (code 4014: disallowed intents). With DISCORD_MESSAGE_CONTENT=yes "
    "it needs Message Content Intent switched on, on the Bot page of your application."
)


async def serve(settings: DiscordSettings, services: Services, stop: asyncio.Event) -> None:
    """Answer on Discord until `stop` is set; then finish the answers that are under way, if that
    takes no longer than a few seconds.

    Raises InputError for a token that Discord refuses, Unavailable if Discord cannot be
    reached, BotError if it closes the connection for good.
    """
    await stopped_within(_WHOLE, _serve(settings, services, stop), stop)


async def _serve(settings: DiscordSettings, services: Services, stop: asyncio.Event) -> None:
    if settings.api_url:
        Route.BASE = settings.api_url
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # we never speak
    client = Client(
        Interactions(services),
        message_content=settings.message_content,
        own_gateway=bool(settings.api_url),
    )
    with as_bot_errors():
        async with client:
            over = asyncio.Event()
            running = asyncio.create_task(client.start(settings.token))
            delivering = asyncio.create_task(_deliver(client, services, over))
            waiting = asyncio.create_task(stop.wait())
            with services.gateways.serving("discord", client.is_up):
                await asyncio.wait({running, waiting}, return_when=asyncio.FIRST_COMPLETED)
            waiting.cancel()
            over.set()
            drained = asyncio.create_task(client.interactions.drained())
            await asyncio.wait({delivering, drained}, timeout=_LAST)
            if running.done():
                await running
            await _cancelled(delivering, drained, running)  # discord.py may be waiting to connect again


async def _cancelled(*tasks: asyncio.Task[None]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks, timeout=_CANCELLED)


async def _deliver(client: Client, services: Services, over: asyncio.Event) -> None:
    """Deliver digests from when the client is ready until all is `over`."""
    ready, ended = asyncio.create_task(client.wait_until_ready()), asyncio.create_task(over.wait())
    await asyncio.wait({ready, ended}, return_when=asyncio.FIRST_COMPLETED)
    ready.cancel()
    ended.cancel()
    if over.is_set():
        return
    poster = DiscordPoster(client, services.clock)
    library = services.lookup.library
    departures = Departures(
        services.store.forgetting, services.clock, lambda: {str(guild.id) for guild in client.guilds}
    )
    digests = DigestRunner(
        library,
        services.store,
        poster,
        services.clock,
        quiet=services.quiet,
        ended=services.delivered,
    )
    await asyncio.gather(digests.run(over), departures.run(over))


@contextmanager
def as_bot_errors() -> Iterator[None]:
    """Raise Discord's errors as sentences."""
    try:
        yield
    except discord.LoginFailure as error:
        raise InputError(_NOT_ACCEPTED) from error
    except discord.ConnectionClosed as error:
        if error.code == _REFUSED:
            raise InputError(_NOT_ACCEPTED) from error
        kind = Unavailable if error.code in _ANEW else BotError
        raise kind(
            f"Discord closed the connection for good (code {error.code}: {error.reason or 'no reason given'})."
        ) from error
    except discord.PrivilegedIntentsRequired as error:
        raise InputError(_NO_INTENT) from error
    except (discord.HTTPException, discord.GatewayNotFound, aiohttp.ClientError, OSError) as error:
        raise Unavailable(f"Discord cannot be reached: {error}. Try again when it can.") from error
