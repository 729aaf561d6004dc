"""`/digest`: which digests are posted in a channel, and when."""

from collections.abc import Awaitable, Callable
from typing import Any, Final

import discord
from discord import app_commands
from discord.app_commands import (
    AppCommandContext,
    AppInstallationType,
    Choice,
    CommandTree,
    Range,
    autocomplete,
    describe,
)

from adapters.discord.autocomplete import Autocomplete, Choices, completing
from adapters.discord.commands.digest_options import AS_THEY_APPEAR, WEEKLY, Options
from adapters.discord.digests import Digests
from adapters.discord.permissions import lacking_for_digests
from bot.cards.card import Card
from bot.digests.schedule import DAYS
from bot.digests.timezone_names import timezones_like
from bot.lookup.lookup import Lookup
from bot.model.digests import DigestKind
from bot.model.places import Place

Interaction = discord.Interaction[Any]

_KINDS: Final = [
    Choice(name="new issues", value=DigestKind.NEWS.value),
    Choice(name="reading club: one issue of the archive a week", value=DigestKind.CLUB.value),
]
_WHEN: Final = [
    Choice(name="as each appears", value=AS_THEY_APPEAR),
    Choice(name="once a week", value=WEEKLY),
]
_DAYS: Final = [Choice(name=name, value=number) for number, name in enumerate(DAYS)]
_OPTIONS: Final = {
    "what": "New issues, or the archive as a reading club",
    "when": "As each appears, or together once a week",
    "day": "The day of the weekly digest; Monday if left out",
    "hour": "Its hour on that timezone's clock: 9, 17:00, 9 am, noon; 9 if left out",
    "timezone": "Such as Europe/London, New York, PST, UTC+2; if left out, the one last used in this server, or UTC",
    "section": "Only entries of this section; commas separate several; “all” for all",
    "highlights": "Only what the newsletter highlighted",
    "full": "Whole summaries instead of headlines",
    "thread": "All parts but the first in a thread",
    "mention": "A role to mention with each digest",
    "start": "The issue a reading club begins with",
}
"""The options of `/digest here`, each with its description."""
_EVERYBODY: Final = "A digest never mentions everybody. Choose a role that people can join by themselves."
_NO_THREADS: Final = "Threads can only be created in text and announcement channels: leave `thread` out here."
_UNREAD: Final = (
    "I lack **Read Message History**: if a connection breaks, I cannot check whether a part arrived, "
    "so I leave it out."
)


def add_digest(tree: CommandTree[Any], digests: Digests, lookup: Lookup) -> None:
    """Add `/digest`. Permissions are checked when it is used: a member may manage one channel alone."""
    group = app_commands.Group(
        name="digest",
        description="New issues, or the archive as a reading club, posted in this channel.",
        allowed_contexts=AppCommandContext(guild=True, dm_channel=False, private_channel=False),
        allowed_installs=AppInstallationType(guild=True, user=False),
    )
    _add_here(group, digests, Autocomplete(lookup))
    _add_reports(group, digests)
    _add_switches(group, digests)
    tree.add_command(group)


def _add_here(group: app_commands.Group, digests: Digests, completion: Autocomplete) -> None:
    @group.command(
        name="here", description="Post digests in this channel; without options, each new issue as headlines"
    )
    @describe(**_OPTIONS)
    @app_commands.choices(what=_KINDS, when=_WHEN)
    @app_commands.choices(day=_DAYS)
    @autocomplete(
        timezone=_timezones,
        section=completing(completion.section_lists),
        start=completing(completion.numbers),
    )
    async def here(  # noqa: PLR0913, PLR0917 - one parameter an option
        interaction: Interaction,
        what: str | None = None,
        when: str | None = None,
        day: int | None = None,
        hour: Range[str, 1, 20] | None = None,
        timezone: str | None = None,
        section: str | None = None,
        highlights: bool | None = None,  # noqa: FBT001 - Discord's own kind of option
        full: bool | None = None,  # noqa: FBT001 - as above
        thread: bool | None = None,  # noqa: FBT001 - as above
        mention: discord.Role | None = None,
        start: Range[int, 1] | None = None,
    ) -> None:
        options = Options(
            what=what,
            when=when,
            weekday=day,
            hour=hour,
            timezone=timezone,
            section=section,
            highlights=highlights,
            full=full,
            thread=thread,
            mention=str(mention.id) if mention else None,
            start=start,
        )
        problem = _unpostable(interaction, thread=bool(thread)) or _unmentionable(interaction, mention)
        note = "" if interaction.app_permissions.read_message_history else _UNREAD
        await digests.here(interaction, options, problem, note)


def _add_reports(group: app_commands.Group, digests: Digests) -> None:
    subscriptions = digests.subscriptions

    @group.command(name="list", description="All digests of this server")
    async def list_(interaction: Interaction) -> None:
        await digests.manage(
            interaction, lambda here: subscriptions.list(Place(platform=here.platform, server=here.server))
        )

    @group.command(name="preview", description="What the next digest here would look like, for you alone")
    @describe(what="Which of them, if this channel has both")
    @app_commands.choices(what=_KINDS)
    async def preview(interaction: Interaction, what: str | None = None) -> None:
        await digests.preview(interaction, _kind(what))

    @group.command(name="log", description="What was posted in this channel, and what was not and why")
    async def log(interaction: Interaction) -> None:
        await digests.manage(interaction, subscriptions.log)


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
    @describe(what="Which of them, if this channel has both")
    @app_commands.choices(what=_KINDS)
    async def switching(interaction: Interaction, what: str | None = None) -> None:
        await digests.manage(interaction, lambda here: switch(here, _kind(what)))


def _kind(what: str | None) -> DigestKind | None:
    return DigestKind(what) if what else None


async def _timezones(interaction: Interaction, current: str) -> Choices:
    """Those of the server's own language first, before anything is typed."""
    locale = str(interaction.guild_locale or interaction.locale)
    return [Choice(name=timezone, value=timezone) for timezone in timezones_like(current, locale=locale)]


def _unpostable(interaction: Interaction, *, thread: bool) -> str:
    """Why digests cannot be posted there; "" if they can."""
    inside = isinstance(interaction.channel, discord.Thread)
    if thread and not isinstance(interaction.channel, discord.TextChannel):
        return _NO_THREADS
    missing = lacking_for_digests(interaction.app_permissions, inside=inside, threads=thread)
    if not missing:
        return ""
    return (
        f"I lack **{' and '.join(missing)}** in this channel, so I cannot post here. "
        "Somebody who manages it can allow that; then ask again."
    )


def _unmentionable(interaction: Interaction, role: discord.Role | None) -> str:
    """Why the role cannot be mentioned, by the bot or by the asker; "" if it can."""
    if role is None:
        return ""
    if role.is_default():
        return _EVERYBODY
    if role.mentionable:
        return ""
    if not interaction.app_permissions.mention_everyone:
        return (
            "I cannot mention that role. Allow anyone to mention it in the role's settings, or give me "
            "**Mention @everyone, @here, and All Roles** in this channel; then ask again."
        )
    if not interaction.permissions.mention_everyone:
        return (
            "You are not allowed to mention that role, so your digest cannot mention it either. "
            "A member who is allowed to can type this command."
        )
    return ""
