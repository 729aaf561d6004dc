"""Where an interaction comes from, who sent it, and what may be done there."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import discord

from bot.model.places import Place

_IN_CHANNELS: Final = ("send_messages", "Send Messages")
_IN_FORUMS: Final = ("send_messages", "Create Posts")
"""In forums Discord calls the permission so; Create Public Threads does not matter there."""
_IN_THREADS: Final = ("send_messages_in_threads", "Send Messages in Threads")
_CARDS: Final = ("embed_links", "Embed Links")
_SEEING: Final = ("view_channel", "View Channel")
TIME_OUT: Final = "time-out"
"""What is lacking if it is not one permission but all."""
_THREADS: Final = ("create_public_threads", "Create Public Threads")


def place_of(interaction: discord.Interaction[Any]) -> Place:
    """The place by Discord's ids; no server for a direct message."""
    server = str(interaction.guild_id) if interaction.guild_id else ""
    return Place(platform="discord", server=server, channel=str(interaction.channel_id or ""))


def settings_place_of(interaction: discord.Interaction[Any]) -> Place:
    """The place whose settings apply: in a thread or a post those of the channel around it."""
    place = place_of(interaction)
    if isinstance(interaction.channel, discord.Thread):
        return replace(place, channel=str(interaction.channel.parent_id))
    return place


def may_turn(interaction: discord.Interaction[Any], owner: int) -> bool:
    """Whether the person may turn and remove the card: its asker and moderators may."""
    return interaction.user.id == owner or interaction.permissions.manage_messages


def is_private(interaction: discord.Interaction[Any]) -> bool:
    """Whether the message whose button was pressed is for one person alone."""
    return bool(interaction.message and interaction.message.flags.ephemeral)


def is_brought_along(interaction: discord.Interaction[Any]) -> bool:
    """Whether a person installed the bot for themselves, and it is no member of the server."""
    return interaction.is_user_integration() and not interaction.is_guild_integration()


def has_bot(interaction: discord.Interaction[Any]) -> bool:
    """Whether the bot is a member of the server: its commands can be installed without it."""
    return (
        not is_brought_along(interaction)
        and interaction.client.get_guild(interaction.guild_id or 0) is not None
    )


def lacking(interaction: discord.Interaction[Any]) -> tuple[str, ...]:
    """The permissions the bot lacks to post a card there, as Discord names them.

    If a person brought it along, or the commands are there without it, Discord decides who
    sees its answers, and nothing is lacking. In a time-out it lacks them all.
    """
    if not interaction.guild_id or not has_bot(interaction):
        return ()
    if is_timed_out(interaction):
        return (TIME_OUT,)
    thread = isinstance(interaction.channel, discord.Thread)
    needed = (_IN_THREADS if thread else _IN_CHANNELS, _CARDS)
    return _first(interaction.app_permissions, needed)


def is_timed_out(interaction: discord.Interaction[Any]) -> bool:
    """Whether a moderator put the bot in a time-out, in which it may post nothing."""
    return interaction.guild is not None and interaction.guild.me.is_timed_out()


def lacking_for_linking(interaction: discord.Interaction[Any]) -> tuple[str, ...]:
    """The permissions the bot lacks to read and answer what is written there. An interaction's
    permissions leave out what follows from others: who may not see a channel may do nothing in it.
    """
    return _first(interaction.app_permissions, (_SEEING,)) or lacking(interaction)


def _first(allowed: discord.Permissions, needed: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """The first that is lacking: those after it come with it, or are of no use without it."""
    return tuple(name for permission, name in needed if not getattr(allowed, permission))[:1]


def may_manage(interaction: discord.Interaction[Any]) -> bool:
    """Whether the person may manage that channel, or the whole server."""
    allowed = interaction.permissions
    return allowed.manage_channels or allowed.manage_guild


def may_see(interaction: discord.Interaction[Any], place: Place) -> bool:
    """Whether the person may see that channel of the server; those who manage the server see
    also those that Discord no longer shows.
    """
    member, guild = interaction.user, interaction.guild
    channel = guild.get_channel_or_thread(int(place.channel)) if guild else None
    if not isinstance(member, discord.Member) or channel is None:
        return interaction.permissions.manage_guild
    allowed = channel.permissions_for(member)
    hidden = isinstance(channel, discord.Thread) and channel.is_private() and not allowed.manage_threads
    return allowed.view_channel and not hidden


async def may_mention(
    channel: discord.abc.GuildChannel | discord.Thread | None, role_id: str, asker: str
) -> bool:
    """Whether that member may mention the role there now; not if they left, or are "" since they
    are forgotten. Raises HTTPException.
    """
    role = channel.guild.get_role(int(role_id)) if channel else None
    if channel is None or role is None or not asker:
        return False
    try:
        member = await channel.guild.fetch_member(int(asker))
    except discord.NotFound:
        return False
    return role.mentionable or channel.permissions_for(member).mention_everyone


def lacking_for_digests(
    allowed: discord.Permissions, *, inside: bool, threads: bool, forum: bool = False
) -> tuple[str, ...]:
    """The permissions that digests lack in a channel, `inside` a thread, or in a `forum`; `threads`
    if they create threads.
    """
    needed = [_SEEING, _IN_FORUMS if forum else _IN_THREADS if inside else _IN_CHANNELS, _CARDS]
    if forum:
        needed.append(_IN_THREADS)
    elif threads:
        needed += [_THREADS, _IN_THREADS]
    return tuple(name for permission, name in needed if not getattr(allowed, permission))


def may_post(message: discord.Message) -> bool:
    """Whether the bot may post a card in the channel of the message."""
    if message.guild is None:
        return True
    allowed = message.channel.permissions_for(message.guild.me)
    post, _ = _IN_THREADS if isinstance(message.channel, discord.Thread) else _IN_CHANNELS
    return bool(allowed.view_channel and getattr(allowed, post) and allowed.embed_links)


def note_on(missing: tuple[str, ...]) -> str:
    """Why an answer is shown to one person alone; "" if nothing is missing."""
    if not missing:
        return ""
    if TIME_OUT in missing:
        return "Only you see this: I am in a **time-out**, so I may post nothing until it ends. A moderator can end it."
    return (
        f"Only you see this: I lack **{' and '.join(missing)}** in this channel. "
        "Somebody who manages it can allow that."
    )


def channel_link(place: Place) -> str:
    """The channel's address, which Discord's clients show as its name."""
    return f"https://discord.com/channels/{place.server}/{place.channel}"
