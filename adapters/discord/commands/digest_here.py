"""`/digest here`: its options, and how they are completed."""

from typing import Any, Final

import discord
from discord import app_commands
from discord.app_commands import Choice, Range, Transform, Transformer, autocomplete, describe

from adapters.discord.autocomplete import Autocomplete, Choices, completing
from adapters.discord.commands.digest_options import AS_THEY_APPEAR, WEEKLY, Options
from adapters.discord.destination import destination_of
from adapters.discord.digests import Digests
from bot.digests.schedule import DAYS
from bot.digests.timezone_names import timezones_like
from bot.model.digests import DigestKind

Interaction = discord.Interaction[Any]


class ChannelId(Transformer):
    """An option that is a channel, as its id: the bot may not see it."""

    @property
    def type(self) -> discord.AppCommandOptionType:
        """Discord's type of the option."""
        return discord.AppCommandOptionType.channel

    async def transform(self, interaction: Interaction, value: Any, /) -> int:
        """The id."""
        del interaction
        return int(value.id)


AnyChannel = Transform[int, ChannelId]
WHATS: Final = [
    Choice(name="new issues", value=DigestKind.NEWS.value),
    Choice(name="reading club: one issue of the archive a week", value=DigestKind.CLUB.value),
]
_WHENS: Final = [
    Choice(name="as each appears", value=AS_THEY_APPEAR),
    Choice(name="once a week", value=WEEKLY),
]
_DAYS: Final = [Choice(name=name, value=number) for number, name in enumerate(DAYS)]
_OPTIONS: Final = {
    "channel": "Where: this channel if left out; a forum gets a post for each digest",
    "what": "New issues, or the archive as a reading club",
    "when": "As each appears, or together once a week",
    "day": "The day of the weekly digest; Monday if left out",
    "hour": "Its hour on that timezone's clock: 9, 17:00, 9 am, noon; 9 if left out",
    "timezone": "Such as Europe/London, New York, PST, UTC+2; if left out, the one last used in this server, or UTC",
    "section": "Only entries of this section; commas separate several; “all” for all",
    "highlights": "Only what the newsletter highlighted",
    "full": "Whole summaries instead of headlines",
    "thread": "A thread below each digest, for its other parts and for discussion",
    "publish": "In an announcement channel: publish it to the channels that follow; yes if left out",
    "tags": "In a forum: the tags of each post; commas separate several",
    "mention": "A role to mention with each digest",
    "start": "The issue a reading club begins with",
}
"""The options, each with its description."""


def add_here(group: app_commands.Group, digests: Digests, completion: Autocomplete) -> None:
    """Add the command to the group."""

    @group.command(
        name="here",
        description="Post digests in this channel, or in another; without options, choose in a form",
    )
    @describe(**_OPTIONS)
    @app_commands.choices(what=WHATS, when=_WHENS)
    @app_commands.choices(day=_DAYS)
    @autocomplete(
        timezone=_timezones,
        section=completing(completion.section_lists),
        tags=_tags,
        start=completing(completion.numbers),
    )
    async def here(  # noqa: PLR0913, PLR0917 - one parameter an option
        interaction: Interaction,
        channel: AnyChannel | None = None,
        what: str | None = None,
        when: str | None = None,
        day: int | None = None,
        hour: Range[str, 1, 20] | None = None,
        timezone: str | None = None,
        section: str | None = None,
        highlights: bool | None = None,  # noqa: FBT001 - Discord's own kind of option
        full: bool | None = None,  # noqa: FBT001 - as above
        thread: bool | None = None,  # noqa: FBT001 - as above
        publish: bool | None = None,  # noqa: FBT001 - as above
        tags: Range[str, 1, 200] | None = None,
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
            publish=publish,
            tags=tags,
            mention=str(mention.id) if mention else None,
            start=start,
        )
        await digests.subscribing.here(interaction, options, mention, channel)


async def _timezones(interaction: Interaction, current: str) -> Choices:
    """Those of the server's own language first, before anything is typed."""
    locale = str(interaction.guild_locale or interaction.locale)
    return [Choice(name=timezone, value=timezone) for timezone in timezones_like(current, locale=locale)]


async def _tags(interaction: Interaction, current: str) -> Choices:
    """Tags of the forum that was chosen, separated by commas; the last is being typed."""
    chosen = getattr(interaction.namespace, "channel", None)
    forum = destination_of(interaction, int(chosen.id)) if chosen else None
    before, comma, last = current.rpartition(",")
    named = f"{before.strip()}{comma} " if comma else ""
    begun = last.strip().casefold()
    names = [name for name in forum.tags.values() if begun in name.casefold()] if forum else []
    return [Choice(name=f"{named}{name}"[:100], value=f"{named}{name}"[:100]) for name in names[:25]]
