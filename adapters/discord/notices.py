"""Direct messages to subscribers about what became of a digest."""

import asyncio
import logging
from typing import Final

import discord

from adapters.discord.permissions import channel_link
from adapters.discord.render import NO_MENTIONS
from bot.digests.wording import NAMES
from bot.model.digests import Subscription

log: Final = logging.getLogger("anbot.discord")
_SECONDS: Final = 10.0


async def notify_subscriber(client: discord.Client, subscription: Subscription, reason: str) -> None:
    """Send a direct message, if they accept any from the bot; errors are only logged."""
    if not subscription.by:
        return  # forgotten
    name, place = NAMES[subscription.options.kind], channel_link(subscription.place)
    try:
        async with asyncio.timeout(_SECONDS):
            direct = await client.create_dm(discord.Object(int(subscription.by)))
            await direct.send(f"{name} in {place}: I stopped posting. {reason}", allowed_mentions=NO_MENTIONS)
    except Exception as error:  # noqa: BLE001 - the log of digests has the reason as well
        log.info("the subscriber of %s could not be notified: %s", subscription.id, error)
