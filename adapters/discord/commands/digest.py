"""`/digest`: which digests are posted in a channel, and when."""

from collections.abc import Awaitable, Callable
from typing import Any, Final

import discord
from discord import app_commands
from discord.app_commands import AppCommandContext, AppInstallationType, CommandTree, describe

from adapters.discord.autocomplete import Autocomplete
from adapters.discord.commands.digest_here import WHATS, AnyChannel, add_here
from adapters.discord.digests import Digests
from adapters.discord.permissions import may_see
from bot.cards.card import Card
from bot.lookup.lookup import Lookup
from bot.model.digests import DigestKind
from bot.model.places import Place

Interaction = discord.Interaction[Any]

_WHAT: Final = "Which of them, if this channel has both"
_CHANNEL: Final = "Of which channel: this one if left out"


def add_digest(tree: CommandTree[Any], digests: Digests, lookup: Lookup) -> None:
    """Add `/digest`. Discord hides it from who manages no channels; permissions are checked all the
    same when it is used, for a member may manage one channel alone.
    """
    group = app_commands.Group(
        name="digest",
        description="New issues, or the archive as a reading club, posted in this channel.",
        allowed_contexts=AppCommandContext(guild=True, dm_channel=False, private_channel=False),
        allowed_installs=AppInstallationType(guild=True, user=False),
        default_permissions=discord.Permissions(manage_channels=True),
    )
    add_here(group, digests, Autocomplete(lookup))
    _add_reports(group, digests)
    _add_switches(group, digests)
    tree.add_command(group)


def _add_reports(group: app_commands.Group, digests: Digests) -> None:
    reports = digests.reports

    @group.command(name="list", description="All digests of this server")
    async def list_(interaction: Interaction) -> None:
        def visible(place: Place) -> bool:
            return may_see(interaction, place)

        await digests.manage(
            interaction,
            lambda here: reports.list(Place(platform=here.platform, server=here.server), visible),
        )

    @group.command(name="preview", description="What the next digest here would look like, for you alone")
    @describe(what=_WHAT, channel=_CHANNEL)
    @app_commands.choices(what=WHATS)
    async def preview(
        interaction: Interaction, what: str | None = None, channel: AnyChannel | None = None
    ) -> None:
        await digests.preview(interaction, _kind(what), channel)

    @group.command(name="log", description="What was posted in this channel, and what was not and why")
    @describe(channel=_CHANNEL)
    async def log(interaction: Interaction, channel: AnyChannel | None = None) -> None:
        await digests.manage(interaction, reports.log, channel)


def _add_switches(group: app_commands.Group, digests: Digests) -> None:
    subscriptions = digests.subscriptions
    for name, about, switch in (
        ("pause", "Post nothing in this channel until it is resumed", subscriptions.pause),
        (
            "resume",
            "Post again; issues missed meanwhile follow, unless a member paused it",
            subscriptions.resume,
        ),
        ("stop", "End a digest of this channel for good", subscriptions.stop),
    ):
        _add_switch(group, digests, name, about, switch)


def _add_switch(
    group: app_commands.Group,
    digests: Digests,
    name: str,
    about: str,
    switch: Callable[[Place, DigestKind | None], Awaitable[Card]],
) -> None:
    @group.command(name=name, description=about)
    @describe(what=_WHAT, channel=_CHANNEL)
    @app_commands.choices(what=WHATS)
    async def switching(
        interaction: Interaction, what: str | None = None, channel: AnyChannel | None = None
    ) -> None:
        await digests.manage(interaction, lambda there: switch(there, _kind(what)), channel)


def _kind(what: str | None) -> DigestKind | None:
    return DigestKind(what) if what else None
