"""What a person is told when something went wrong, and what the log keeps of it."""

import contextlib
import logging
import secrets
from typing import Any, Final

import discord
from discord import app_commands

from adapters.discord.payload import NO_MENTIONS
from bot.cards.wording import trouble
from bot.errors import BotError

log: Final = logging.getLogger("anbot.discord")

UNKNOWN_MESSAGE: Final = 10008
UNKNOWN_INTERACTION: Final = 10062
ANSWERED_ALREADY: Final = 40060


async def tell(interaction: discord.Interaction[Any], error: BaseException) -> None:
    """Answer the person in a sentence. What is a defect of ours gets an id that
    stands in the log beside what happened; the answer never shows more.
    """
    if isinstance(error, app_commands.CommandInvokeError):
        error = error.original
    if is_too_late(error):
        log.warning("an interaction was over before it could be answered: %s", error)
        return
    await say(interaction, _sentence(error))


async def say(interaction: discord.Interaction[Any], sentence: str) -> None:
    """A sentence for the one who asked, whatever was answered before."""
    try:
        if _announced_to_all(interaction):
            await take_back(interaction)
        if interaction.response.is_done():
            await interaction.followup.send(sentence, ephemeral=True, allowed_mentions=NO_MENTIONS)
        else:
            await interaction.response.send_message(sentence, ephemeral=True, allowed_mentions=NO_MENTIONS)
    except discord.HTTPException as failure:
        log.warning("an error could not be told: %s", failure)


async def take_back(interaction: discord.Interaction[Any]) -> None:
    """Let a "thinking…" that was shown go; it may be gone already."""
    with contextlib.suppress(discord.HTTPException):
        await interaction.delete_original_response()


def logged(error: BaseException) -> str:
    """The id under which the log tells the error; what a person can act on needs no traceback."""
    incident = secrets.token_hex(4)
    if isinstance(error, BotError):
        log.error("incident %s: %s", incident, error)
    else:
        log.error("incident %s", incident, exc_info=error)
    return incident


def is_too_late(error: BaseException) -> bool:
    """Whether Discord has given up on the interaction, so that nobody can be told."""
    return isinstance(error, discord.HTTPException) and error.code in {UNKNOWN_INTERACTION, ANSWERED_ALREADY}


def is_gone(error: discord.HTTPException) -> bool:
    """Whether the message was deleted under us."""
    return error.code == UNKNOWN_MESSAGE


def _sentence(error: BaseException) -> str:
    match error:
        case app_commands.MissingPermissions():
            return "That is for members who may manage this server."
        case app_commands.CheckFailure():
            return "That cannot be used here."
        case _:
            return f"{trouble(error)} incident {logged(error)}."


def _announced_to_all(interaction: discord.Interaction[Any]) -> bool:
    """Whether everybody reads "thinking…", and would read what follows as well."""
    deferred = interaction.response.type is discord.InteractionResponseType.deferred_channel_message
    return deferred and interaction.extras.get("private") is False
