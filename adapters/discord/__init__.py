"""The bot on Discord.

`client` receives the gateway's events. `commands` and `components` call `interactions`, which asks the
core for a `Card` and answers in time; `render` draws the card as what discord.py sends.
"""

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from functools import partial

import click

from adapters.discord.settings import DiscordSettings
from bot.app import Platform, Services, Store
from bot.lookup.lookup import Lookup
from bot.model.findings import Finding
from bot.model.places import Place
from bot.runtime.clock import Clock
from bot.runtime.environment import settings_from, variables_of

# ruff: noqa: PLC0415 - discord.py is slow to load


def platform(environ: Mapping[str, str]) -> Platform:
    """Discord, with the settings of that environment."""
    settings = settings_from(environ, DiscordSettings)
    variables = variables_of(DiscordSettings)
    return Platform(
        name="discord",
        variables=variables,
        given=tuple(name for name in variables if environ.get(name, "").strip()),
        needs=("DISCORD_TOKEN",),
        configured=bool(settings.token),
        serve=partial(_serve, settings),
        preview=_preview,
        tell=partial(_tell, settings) if settings.operator else None,
        check=partial(_check, settings),
        commands={"invite": partial(_invite, settings)},
        servers="[0-9]+",
        names=partial(_names, settings),
        leave=partial(_leave, settings),
    )


async def _serve(settings: DiscordSettings, services: Services, stop: asyncio.Event) -> None:
    from adapters.discord.run import serve

    await serve(settings, services, stop)


async def _tell(settings: DiscordSettings, _: Services, text: str) -> None:
    from adapters.discord.operator import tell

    await tell(settings, text)


async def _check(settings: DiscordSettings, store: Store, clock: Clock) -> Sequence[Finding]:
    from adapters.discord.doctor import check

    return await check(settings, store, clock)


async def _preview(lookup: Lookup, text: str, clock: Callable[[], datetime]) -> str:
    from adapters.discord.preview import preview

    return await preview(lookup, text, clock)


async def _names(settings: DiscordSettings, store: Store, places: Collection[Place]) -> Mapping[Place, str]:
    from adapters.discord.administration import channel_names

    del store  # Discord knows them
    return await channel_names(settings, places)


async def _leave(settings: DiscordSettings, store: Store, server: str) -> Sequence[str]:
    from adapters.discord.administration import leave

    del store
    return await leave(settings, server)


def _invite(settings: DiscordSettings) -> click.Command:
    from adapters.discord.invite import invite_command

    return invite_command(settings)
