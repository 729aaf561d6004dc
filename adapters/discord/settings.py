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
_ON: Final = "on"
_LINKING: Final = [Choice(name=value, value=value) for value in (_ON, "off")]
_READ: Final = (
    "I read every message here for `[[words]]`, `AN #58` and addresses of papers, and never code, quotes, "
    "`<https://…>` or what bots write."
)
_UNREAD: Final = (
    "I read only messages that mention me or reply to me, never code, quotes or `<https://…>` in them, "
    "and of all others Discord shows me nothing."
)
_PLACES: Final = [
    Choice(name="the whole server", value="server"),
    Choice(name="this channel", value="channel"),
]


def add_settings(tree: CommandTree[Any], front: Front, *, message_content: bool) -> None:
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
        linking="Whether I answer what a discussion mentions: [[words]], AN #58, addresses of papers",
        place="Where it holds; a channel's settings go before its server's",
        reset="Forget what was set there",
    )
    @rename(place="for")
    @app_commands.choices(answers=_ANSWERS, length=_LENGTHS, linking=_LINKING, place=_PLACES)
    async def settings(  # noqa: PLR0913, PLR0917 - each is an option of the command
        interaction: Interaction,
        answers: str | None = None,
        length: str | None = None,
        linking: str | None = None,
        place: str = "server",
        reset: bool = False,  # noqa: FBT001, FBT002 - Discord's own kind of option
    ) -> None:
        wanted = Preferences(
            private=None if answers is None else answers == _PRIVATE,
            length=Length(length) if length else None,
            linking=None if linking is None else linking == _ON,
        )
        here = where_of(interaction)
        where = here if place == "channel" else Where(platform=here.platform, server=here.server)

        async def showing(_: Preferences) -> Screen:
            await _set(front, where, wanted, reset=reset)
            return _screen(where, await front.ledger.preferences(where), message_content=message_content)

        await front.show(interaction, showing, private=True)


async def _set(front: Front, where: Where, wanted: Preferences, *, reset: bool) -> None:
    if reset:
        await front.ledger.forget_preferences(where)
    if wanted != Preferences():
        await front.ledger.prefer(where, wanted)


def _screen(where: Where, held: Preferences, *, message_content: bool) -> Screen:
    if not where.server:
        return missed("Settings belong to a server.")
    answers = "private until shared" if held.private else "in the channel"
    lines = (
        f"**Answers** {answers}",
        f"**Length of cards** {held.length or Length.NORMAL}",
        f"**Linking** {_linking(on=bool(held.linking), message_content=message_content)}",
    )
    title = "Settings of this channel" if where.channel else "Settings of this server"
    return Screen(card=Card(title=title, description="\n".join(lines)), private=True)


def _linking(*, on: bool, message_content: bool) -> str:
    """Whether it is on, and in one sentence what then is read."""
    if not on:
        return "off: I answer nothing that is only mentioned here."
    return f"on: {_READ if message_content else _UNREAD}"
