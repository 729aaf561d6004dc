"""The bot as members of a Discord server meet it.

`client` hears the gateway. `commands` and `components` call `interactions`, which asks the
core for a `Card` and answers in time; `render` draws the card as what discord.py sends.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Final

from bot.app import Platform, Services
from bot.config import Settings
from bot.lookup.lookup import Lookup


async def _serve(services: Services, stop: asyncio.Event) -> None:
    from adapters.discord.run import serve  # noqa: PLC0415 - discord.py is slow to load

    await serve(services, stop)


async def _preview(lookup: Lookup, text: str, clock: Callable[[], datetime]) -> str:
    from adapters.discord.preview import preview  # noqa: PLC0415 - as above

    return await preview(lookup, text, clock)


def _invite(settings: Settings, application: int | None, *, personal: bool) -> str:
    from adapters.discord.invite import address_of  # noqa: PLC0415 - as above

    return address_of(settings, application, personal=personal)


PLATFORM: Final = Platform(
    name="discord",
    needs=("DISCORD_TOKEN",),
    configured=lambda settings: bool(settings.discord_token),
    serve=_serve,
    preview=_preview,
    invite=_invite,
)
