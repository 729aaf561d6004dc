"""Telling who subscribed that their digest stopped."""

import asyncio
import logging
from typing import Final

import discord

from adapters.discord.payload import NO_MENTIONS
from adapters.discord.where import channel_link
from bot.digests.values import Subscription
from bot.digests.wording import NAMES

log: Final = logging.getLogger("anbot.discord")

_SECONDS: Final = 10.0


async def tell_subscriber(client: discord.Client, subscription: Subscription, reason: str) -> None:
    """A direct message, if they take any from the bot; what goes wrong is only logged."""
    name, where = NAMES[subscription.wish.kind], channel_link(subscription.where)
    try:
        async with asyncio.timeout(_SECONDS):
            direct = await client.create_dm(discord.Object(int(subscription.by)))
            await direct.send(f"{name} in {where}: I stopped posting. {reason}", allowed_mentions=NO_MENTIONS)
    except Exception as error:  # noqa: BLE001 - the log of digests tells the reason as well
        log.info("who subscribed to %s could not be told: %s", subscription.id, error)
