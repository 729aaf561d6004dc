"""Runs the bot on Discord until it is stopped."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, Final

import aiohttp
import discord
from discord.http import Route

from adapters.discord.client import PATIENCE, Client
from adapters.discord.departures import Departures
from adapters.discord.gateway import HANDOVER, Gateway
from adapters.discord.interactions import Interactions
from adapters.discord.login import logged_in
from adapters.discord.poster import DiscordPoster
from adapters.discord.settings import DiscordSettings
from adapters.discord.unreadable import LOGGERS, refusals
from bot.app import Services
from bot.digests.runner import DigestRunner
from bot.digests.tracing import keeping_deadlines
from bot.errors import BotError, InputError, Unavailable
from bot.runtime.refusals import errors_noted
from bot.runtime.stopping import stopped_within
from bot.workers.shards import Shards

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
    takes no longer than a few seconds. With a database on a server, serve as many shards as
    this process's part is, and let others take them over at the end.

    Raises InputError for a token that Discord refuses, Unavailable if Discord cannot be
    reached, BotError if it closes the connection for good.
    """
    if settings.api_url:
        Route.BASE = settings.api_url
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # we never speak
    with as_bot_errors(), errors_noted(refusals, *LOGGERS):
        if services.store.shared:
            await stopped_within(HANDOVER + _WHOLE, _serve_part(settings, services, stop), stop)
        else:
            await stopped_within(_WHOLE, _serve(settings, services, stop), stop)


async def _serve(settings: DiscordSettings, services: Services, stop: asyncio.Event) -> None:
    """Serve all shards."""
    client = _client(settings, services)
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


async def _serve_part(settings: DiscordSettings, services: Services, stop: asyncio.Event) -> None:
    """Serve shards beside other processes."""
    async with logged_in(settings, keeping_deadlines()) as rest:
        rest.http.max_ratelimit_timeout = PATIENCE
        shards, _, limits = await rest.http.get_bot_gateway()
        make = partial(_client, settings, services)
        gateway = Gateway(services, make, settings.token, shards, limits["max_concurrency"])
        poster = DiscordPoster(rest, services.clock, gateway.guild, lambda: gateway.shards.part)
        departures = Departures(services.store.forgetting, services.clock, gateway.servers, gateway.is_ours)
        over = asyncio.Event()
        delivering = asyncio.create_task(_digests(services, poster, gateway.shards).run(over))
        departing = asyncio.create_task(departures.run(over))
        with services.gateways.serving("discord", gateway.is_up):
            try:
                await gateway.run(stop)
            finally:
                over.set()
                closing = asyncio.create_task(gateway.close())
                await asyncio.wait({closing, delivering, departing}, timeout=_LAST)
                await _cancelled(closing, delivering, departing)


def _client(settings: DiscordSettings, services: Services, **options: Any) -> Client:
    return Client(
        Interactions(services),
        message_content=settings.message_content,
        own_gateway=bool(settings.api_url),
        **options,
    )


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
    departures = Departures(
        services.store.forgetting, services.clock, lambda: {str(guild.id) for guild in client.guilds}
    )
    await asyncio.gather(_digests(services, poster).run(over), departures.run(over))


def _digests(services: Services, poster: DiscordPoster, shards: Shards | None = None) -> DigestRunner:
    return DigestRunner(
        services.lookup.library,
        services.store,
        poster,
        services.clock,
        shards=shards,
        quiet=services.quiet,
        ended=services.delivered,
    )


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
