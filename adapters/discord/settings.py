"""`/settings`: what a server, or one channel of it, wants."""

from typing import Any, Final

import discord
from discord import app_commands
from discord.app_commands import Choice, CommandTree, describe, rename

from adapters.discord.front import Front
from adapters.discord.lists import missed
from adapters.discord.screens import Card, Screen
from adapters.discord.where import where_of
from bot.types import Length, Preferences, Where

Interaction = discord.Interaction[Any]

_PUBLIC: Final = "public"
_PRIVATE: Final = "private"
_ANSWERS: Final = [
    Choice(name="in the channel", value=_PUBLIC),
    Choice(name="private until shared", value=_PRIVATE),
]
_LENGTHS: Final = [Choice(name=length.value, value=length.value) for length in Length]
_PLACES: Final = [
    Choice(name="the whole server", value="server"),
    Choice(name="this channel", value="channel"),
]


def add_settings(tree: CommandTree[Any], front: Front) -> None:
    """Add `/settings`, for members who may manage the server."""

    @tree.command(
        name="settings", description="What I do in this server: who sees answers, how long cards are."
    )
    @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.checks.has_permissions(manage_guild=True)
    @describe(
        answers="Who sees a clear answer: everybody in the channel, or who asked until they share it",
        length="How much of a text a card shows at once",
        place="Where it holds; a channel's settings go before its server's",
        reset="Forget what was set there",
    )
    @rename(place="for")
    @app_commands.choices(answers=_ANSWERS, length=_LENGTHS, place=_PLACES)
    async def settings(
        interaction: Interaction,
        answers: str | None = None,
        length: str | None = None,
        place: str = "server",
        reset: bool = False,  # noqa: FBT001, FBT002 - Discord's own kind of option
    ) -> None:
        wanted = Preferences(
            private=None if answers is None else answers == _PRIVATE,
            length=Length(length) if length else None,
        )
        here = where_of(interaction)
        where = here if place == "channel" else Where(platform=here.platform, server=here.server)

        async def showing(_: Preferences) -> Screen:
            await _set(front, where, wanted, reset=reset)
            return _screen(where, await front.ledger.preferences(where))

        await front.show(interaction, showing, private=True)


async def _set(front: Front, where: Where, wanted: Preferences, *, reset: bool) -> None:
    if reset:
        await front.ledger.forget_preferences(where)
    if wanted != Preferences():
        await front.ledger.prefer(where, wanted)


def _screen(where: Where, held: Preferences) -> Screen:
    if not where.server:
        return missed("Settings belong to a server.")
    answers = "private until shared" if held.private else "in the channel"
    lines = (
        f"**Answers** {answers}",
        f"**Length of cards** {held.length or Length.NORMAL}",
    )
    title = "Settings of this channel" if where.channel else "Settings of this server"
    return Screen(card=Card(title=title, description="\n".join(lines)), private=True)
