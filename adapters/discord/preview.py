"""The exact request that would send an answer, as JSON."""

import json
from collections.abc import Callable
from datetime import datetime

import discord
from discord.webhook.async_ import interaction_message_response_params

from adapters.discord.format import DISCORD_FORMAT
from adapters.discord.render import payload_of
from bot.cards.presenter import Presenter
from bot.lookup.lookup import Lookup
from bot.lookup.requests import parse
from bot.model.places import Preferences

_NOBODY = 0
"""The asker at a console has no id."""


async def preview(lookup: Lookup, text: str, clock: Callable[[], datetime]) -> str:
    """The body of the interaction's response to the text, indented."""
    card = await Presenter(lookup, clock, DISCORD_FORMAT).card_for(parse(text), Preferences())
    payload = payload_of(card, owner=_NOBODY, private=card.private)
    with interaction_message_response_params(
        type=discord.InteractionResponseType.channel_message.value,
        flags=discord.MessageFlags(ephemeral=card.private),
        **{name: value for name, value in payload.items() if value is not None},  # type: ignore[arg-type] # what is None is left out
    ) as parameters:
        return json.dumps(parameters.payload, ensure_ascii=False, indent=2)
