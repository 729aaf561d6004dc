"""What people and the log read if something goes wrong."""

import contextlib
import logging
import secrets
from typing import Any, Final

import discord
from discord import app_commands

from adapters.discord.markdown import written
from adapters.discord.render import NO_MENTIONS
from bot.cards.card import sentence_card
from bot.cards.wording import trouble
from bot.errors import BotError, StoreBusy

log: Final = logging.getLogger("anbot.discord")

UNKNOWN_MESSAGE: Final = 10008
UNKNOWN_INTERACTION: Final = 10062
ANSWERED_ALREADY: Final = 40060


async def report(interaction: discord.Interaction[Any], error: BaseException) -> None:
    """Tell the asker in a sentence what went wrong. A defect gets an id, under which the
    log has the details.
    """
    if isinstance(error, app_commands.CommandInvokeError):
        error = error.original
    if interaction.client.is_closed():
        log.warning("the connection to Discord ended before an interaction was answered")
        return
    if is_too_late(error):
        log.warning("an interaction expired before it was answered: %s", error)
        return
    await say(interaction, _sentence(error))


async def say(interaction: discord.Interaction[Any], markdown: str) -> None:
    """Send a sentence to the asker alone, whatever was answered before."""
    content = written(sentence_card(markdown).notice)
    try:
        if _announced_to_all(interaction):
            await take_back(interaction)
        if interaction.response.is_done():
            await interaction.followup.send(content, ephemeral=True, allowed_mentions=NO_MENTIONS)
        else:
            await interaction.response.send_message(content, ephemeral=True, allowed_mentions=NO_MENTIONS)
    except (discord.HTTPException, ValueError) as failure:  # the second of an id that is none
        log.warning("an error message could not be sent: %s", failure)


async def take_back(interaction: discord.Interaction[Any]) -> None:
    """Delete a "thinking…" that was shown; it may be gone already."""
    with contextlib.suppress(discord.HTTPException):
        await interaction.delete_original_response()


def logged(error: BaseException) -> str:
    """Log the error; returns its id. What a person can act on needs no traceback."""
    incident = secrets.token_hex(4)
    if isinstance(error, BotError):
        level = logging.WARNING if isinstance(error, StoreBusy) else logging.ERROR
        log.log(level, "incident %s: %s", incident, error)
    else:
        log.error("incident %s", incident, exc_info=error)
    return incident


def is_too_late(error: BaseException) -> bool:
    """Whether Discord has given up on the interaction, so that nobody can be answered."""
    if isinstance(error, discord.NotFound) and not error.code:  # no address for it at all
        return True
    return isinstance(error, discord.HTTPException) and error.code in {UNKNOWN_INTERACTION, ANSWERED_ALREADY}


def is_gone(error: discord.HTTPException) -> bool:
    """Whether the message was deleted meanwhile."""
    return error.code == UNKNOWN_MESSAGE


def _sentence(error: BaseException) -> str:
    match error:
        case app_commands.MissingPermissions():
            return "Only members who can manage this server can do that."
        case app_commands.CheckFailure():
            return "That cannot be used here."
        case app_commands.AppCommandError():  # the command was not reached
            log.warning("a command is not as it was registered: %s", type(error).__name__)
            return "Discord shows this command as it was before. Restart Discord, and try again."
        case _:
            return f"{trouble(error)} incident {logged(error)}."


def _announced_to_all(interaction: discord.Interaction[Any]) -> bool:
    """Whether everybody sees "thinking…", and would see what follows as well."""
    deferred = interaction.response.type is discord.InteractionResponseType.deferred_channel_message
    return deferred and interaction.extras.get("private") is False
