"""`/settings`: the preferences of a server, or of one channel of it."""

from typing import Any, Final

import discord
from discord import app_commands
from discord.app_commands import Choice, CommandTree, describe, rename

from adapters.discord.interactions import Interactions
from adapters.discord.permissions import settings_place_of
from bot.cards.card import Card, state_card
from bot.model.places import Length, Place, Preferences

Interaction = discord.Interaction[Any]

_PUBLIC: Final = "public"
_PRIVATE: Final = "private"
_ANSWERS: Final = [
    Choice(name="in the channel", value=_PUBLIC),
    Choice(name="private until shared", value=_PRIVATE),
]
_LENGTHS: Final = [Choice(name=length.value, value=length.value) for length in Length]
_ANSWERED: Final = "answered"
_PROXIES: Final = [Choice(name=value, value=value) for value in (_ANSWERED, "not answered")]
_PLACES: Final = [
    Choice(name="the whole server", value="server"),
    Choice(name="this channel", value="channel"),
]


def add_settings(tree: CommandTree[Any], interactions: Interactions) -> None:
    """Add `/settings`, for members who may manage the server."""

    @tree.command(
        name="settings", description="What I do in this server: who sees answers, how long cards are."
    )
    @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.checks.has_permissions(manage_guild=True)
    @describe(
        answers="Who sees a clear answer: everybody in the channel, or the asker until they share it",
        length="How much of a text a card shows at once",
        proxies="Whether linking answers messages that a proxy bot such as PluralKit posts for people",
        scope="Where it applies; a channel's settings override its server's",
        reset="Forget what was set there",
    )
    @rename(scope="for")
    @app_commands.choices(answers=_ANSWERS, length=_LENGTHS, proxies=_PROXIES, scope=_PLACES)
    async def settings(  # noqa: PLR0913, PLR0917 - one parameter an option
        interaction: Interaction,
        answers: str | None = None,
        length: str | None = None,
        proxies: str | None = None,
        scope: str = "server",
        reset: bool = False,  # noqa: FBT001, FBT002 - Discord's own kind of option
    ) -> None:
        wanted = Preferences(
            private=None if answers is None else answers == _PRIVATE,
            length=Length(length) if length else None,
            proxies=None if proxies is None else proxies == _ANSWERED,
        )
        here = settings_place_of(interaction)
        place = here if scope == "channel" else Place(platform=here.platform, server=here.server)

        async def made(_: Preferences) -> Card:
            await _set(interactions, place, wanted, reset=reset)
            return _card(place, await interactions.preferences.of(place))

        await interactions.show(interaction, made, private=True)


async def _set(interactions: Interactions, place: Place, wanted: Preferences, *, reset: bool) -> None:
    if reset:
        await interactions.preferences.forget(place)
    if wanted != Preferences():
        await interactions.preferences.put(place, wanted)


def _card(place: Place, preferences: Preferences) -> Card:
    if not place.server:
        return state_card("Settings belong to a server.", missed=True)
    answers = "private until shared" if preferences.private else "in the channel"
    proxies = _ANSWERED if preferences.proxies else "not answered"
    lines = (
        f"**Answers** {answers}  \n**Length of cards** {preferences.length or Length.NORMAL}  \n"
        f"**Messages of proxy bots** {proxies}"
    )
    return state_card(lines, title="Settings of this channel" if place.channel else "Settings of this server")
