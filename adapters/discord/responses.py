"""Sends a message in time, whatever state the interaction is in."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, Final, TypeVar

import discord

from adapters.discord.errors import is_gone, take_back
from adapters.discord.render import Payload

T = TypeVar("T")
Interaction = discord.Interaction[Any]

PATIENCE: Final = 1.5
"""Seconds before an answer is deferred; Discord waits for 3."""
CEILING: Final = 25.0
"""Seconds after which an answer is given up."""


async def in_time(work: Coroutine[Any, Any, T], defer: Callable[[], Coroutine[Any, Any, Any]]) -> T:
    """The result of the work; if it takes long, `defer` is called meanwhile.

    Raises TimeoutError after the ceiling.
    """
    task = asyncio.ensure_future(work)
    try:
        done, _ = await asyncio.wait({task}, timeout=PATIENCE)
        if not done:
            await defer()
        async with asyncio.timeout(CEILING):
            return await task
    finally:
        task.cancel()


async def answer(interaction: Interaction, payload: Payload, *, private: bool) -> None:
    """Answer a command, or a button with a message of its own, deferred or not."""
    payload = _permitted(interaction, payload)
    if not interaction.response.is_done():
        await interaction.response.send_message(**_new(payload), ephemeral=private)
    elif private and not _deferred_privately(interaction):
        # "Thinking…" was shown to all, but the answer is for one person.
        await take_back(interaction)
        await interaction.followup.send(**_new(payload), ephemeral=True)
    else:
        await interaction.edit_original_response(**payload)


async def update(interaction: Interaction, payload: Payload) -> bool:
    """Change the message whose button was pressed; False if it is gone."""
    try:
        fields = _changed(interaction, _permitted(interaction, payload))
        if interaction.response.is_done():
            await interaction.edit_original_response(**fields)
        else:
            await interaction.response.edit_message(**fields)
    except discord.HTTPException as error:
        if not is_gone(error):
            raise
        return False
    return True


async def beside(interaction: Interaction, payload: Payload, *, private: bool) -> None:
    """Send a message beside the one whose button was pressed."""
    payload = _permitted(interaction, payload)
    if interaction.response.is_done():
        await interaction.followup.send(**_new(payload), ephemeral=private)
    else:
        await interaction.response.send_message(**_new(payload), ephemeral=private)


async def think(interaction: Interaction, *, private: bool) -> None:
    """Defer: show "thinking…" until a new message follows."""
    interaction.extras["private"] = private
    await interaction.response.defer(thinking=True, ephemeral=private)


def _deferred_privately(interaction: Interaction) -> bool:
    return bool(interaction.extras.get("private"))


def _new(payload: Payload) -> dict[str, Any]:
    """The fields of a new message; None must be left out there."""
    names = {"attachments": "files"}
    return {names.get(name, name): value for name, value in payload.items() if value is not None}


def _permitted(interaction: Interaction, payload: Payload) -> Payload:
    """Without its picture where the bot may attach no files."""
    if "attachments" not in payload or interaction.app_permissions.attach_files:
        return payload
    del payload["attachments"]
    for embed in payload["embeds"]:
        embed.set_image(url=None)
    return payload


def _changed(interaction: Interaction, payload: Payload) -> dict[str, Any]:
    """The fields of a message that is changed: it loses a picture that it has no more."""
    had = interaction.message is not None and interaction.message.attachments
    return {**({"attachments": []} if had else {}), **payload}
