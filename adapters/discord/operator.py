"""Messages to whoever runs the bot: into a channel, or directly to a person."""

import aiohttp
import discord

from adapters.discord.delivery_errors import UNKNOWN_CHANNEL, meaning
from adapters.discord.escape import escape
from adapters.discord.login import logged_in
from adapters.discord.render import NO_MENTIONS
from adapters.discord.run import as_bot_errors
from adapters.discord.settings import DiscordSettings

_LONGEST = 2000
"""Characters of a message."""


async def tell(settings: DiscordSettings, text: str) -> None:
    """Post the text, which mentions nobody, where DISCORD_OPERATOR says.

    It needs no connection to the gateway. Raises OutcomeUnknown if nobody knows whether it
    was posted, another BotError if it was not.
    """
    with as_bot_errors():  # nothing was sent before it is logged in
        async with logged_in(settings) as client:
            try:
                await _send(client, settings.operator, escape(text)[:_LONGEST])
            except (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError) as error:
                raise meaning(error, ()) from error


async def _send(client: discord.Client, operator: str, text: str) -> None:
    """To the channel of that id; if there is none, to the person."""
    channel = client.get_partial_messageable(int(operator))
    try:
        await channel.send(text, allowed_mentions=NO_MENTIONS, suppress_embeds=True)
    except discord.NotFound as error:
        if error.code != UNKNOWN_CHANNEL:
            raise
        direct = await client.create_dm(discord.Object(int(operator)))
        await direct.send(text, allowed_mentions=NO_MENTIONS, suppress_embeds=True)
