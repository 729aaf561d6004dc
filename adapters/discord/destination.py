"""The channel that a digest goes to, and what may be done there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import discord

from adapters.discord.permissions import lacking_for_digests, place_of
from bot.model.places import Place

Interaction = discord.Interaction[Any]

MOST_TAGS: Final = 5
"""Tags that a post may have."""
_FORUMS: Final = (discord.ChannelType.forum, discord.ChannelType.media)
_THREADED: Final = (discord.ChannelType.text, discord.ChannelType.news)
_THREADS: Final = (
    discord.ChannelType.public_thread,
    discord.ChannelType.private_thread,
    discord.ChannelType.news_thread,
)
_FITTING: Final = (*_THREADED, *_FORUMS, *_THREADS, discord.ChannelType.voice)
_UNFIT: Final = "Choose a text, announcement, forum or media channel, or a thread."
UNSEEN: Final = (
    "I cannot see that channel: it is private, or an archived thread. Somebody who manages it can give me the "
    "permission **View Channel**, or open the thread again; then ask again."
)
NOT_YOURS: Final = "Only members who can manage this channel or this server can manage digests."
_NO_THREADS: Final = "Threads can only be created in text and announcement channels: leave `thread` out here."
_NOT_PUBLISHED: Final = (
    "Only what is posted in an announcement channel can be published: leave `publish` out here."
)
_NO_TAGS: Final = "Only posts in a forum have tags: leave `tags` out here."
_EVERYBODY: Final = "A digest never mentions everybody. Choose a role that people can join by themselves."


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """A channel with the permissions there: the bot's `own` and those of the asking `member`.
    `tags` are the names of a forum's tags by their ids.
    """

    place: Place
    name: str
    type: discord.ChannelType
    own: discord.Permissions
    member: discord.Permissions
    tags: Mapping[str, str] = field(default_factory=dict)
    tag_required: bool = False

    @property
    def is_forum(self) -> bool:
        """Whether each digest is a post of its own there."""
        return self.type in _FORUMS

    @property
    def is_announcing(self) -> bool:
        """Whether messages can be published there."""
        return self.type is discord.ChannelType.news

    @property
    def has_threads(self) -> bool:
        """Whether threads can be created below messages there."""
        return self.type in _THREADED

    @property
    def refusal(self) -> str:
        """Why the member may not manage its digests; "" if they may."""
        return "" if self.member.manage_channels or self.member.manage_guild else NOT_YOURS

    def problem(self, *, thread: bool, publish: bool, tags: bool) -> str:
        """Why digests with these options cannot be posted there; "" if they can."""
        if self.type not in _FITTING:
            return _UNFIT
        if thread and not (self.has_threads or self.is_forum):
            return _NO_THREADS
        if publish and not self.is_announcing:
            return _NOT_PUBLISHED
        if tags and not self.is_forum:
            return _NO_TAGS
        inside = self.type in _THREADS
        missing = lacking_for_digests(self.own, inside=inside, threads=thread, forum=self.is_forum)
        if not missing:
            return ""
        return (
            f"I lack **{' and '.join(missing)}** in this channel, so I cannot post here. "
            "Somebody who manages it can allow that; then ask again."
        )

    def tag_problem(self, tags: tuple[str, ...]) -> str:
        """Why posts cannot have just these tags, by their ids; "" if they can."""
        if self.tag_required and not set(tags) & set(self.tags):
            return f"This forum requires a tag on each post. Choose one under `tags`: {self._tags()}."
        return ""

    def tags_named(self, typed: str) -> tuple[str, ...] | str:
        """The ids of tags by their names, which commas separate; or what is wrong with them."""
        by_name = {name.strip().casefold(): id_ for id_, name in self.tags.items()}
        whole = typed.strip().casefold()
        names = [whole] if whole in by_name else [name.strip() for name in typed.split(",")]
        for name in names:
            if name and name.casefold() not in by_name:
                return f"This forum has no tag “{name[:40]}”. It has: {self._tags()}."
        if len(names) > MOST_TAGS:
            return f"A post has at most {MOST_TAGS} tags."
        return tuple(dict.fromkeys(by_name[name.casefold()] for name in names if name))

    def mention_problem(self, role: discord.Role | None) -> str:
        """Why the role cannot be mentioned there, by the bot or by the member; "" if it can."""
        if role is None:
            return ""
        if role.is_default():
            return _EVERYBODY
        if role.mentionable:
            return ""
        if not self.own.mention_everyone:
            return (
                "I cannot mention that role. Allow anyone to mention it in the role's settings, or give me "
                "**Mention @everyone, @here, and All Roles** in this channel; then ask again."
            )
        if not self.member.mention_everyone:
            return (
                "You are not allowed to mention that role, so your digest cannot mention it either. "
                "A member who is allowed to can type this command."
            )
        return ""

    def _tags(self) -> str:
        return ", ".join(self.tags.values()) or "none"


def destination_of(interaction: Interaction, channel: int | None = None) -> Destination | None:
    """The channel of that id, that of the interaction if it is None; None if the bot cannot see it."""
    if channel is None or channel == interaction.channel_id:
        here = interaction.channel
        return Destination(
            place=place_of(interaction),
            name=getattr(here, "name", None) or "this channel",
            type=here.type if here else discord.ChannelType.text,
            own=interaction.app_permissions,
            member=interaction.permissions,
        )
    guild = interaction.guild
    target = guild.get_channel_or_thread(channel) if guild else None
    if guild is None or target is None or not isinstance(interaction.user, discord.Member):
        return None
    forum = target if isinstance(target, discord.ForumChannel) else None
    own = target.permissions_for(guild.me)
    if not own.view_channel:
        return None
    return Destination(
        place=Place(platform="discord", server=str(guild.id), channel=str(channel)),
        name=target.name,
        type=target.type,
        own=own,
        member=target.permissions_for(interaction.user),
        tags={str(tag.id): tag.name for tag in forum.available_tags} if forum else {},
        tag_required=bool(forum and forum.flags.require_tag),
    )
