"""Who may do what where: roles, then the channel's overwrites, as Discord works it out."""

from collections.abc import Iterable

from tests.stand_ins.discord.entities import Channel, Guild, Member, Overwrite

BITS = {
    "kick_members": 1 << 1,
    "ban_members": 1 << 2,
    "administrator": 1 << 3,
    "manage_channels": 1 << 4,
    "manage_guild": 1 << 5,
    "add_reactions": 1 << 6,
    "view_channel": 1 << 10,
    "send_messages": 1 << 11,
    "manage_messages": 1 << 13,
    "embed_links": 1 << 14,
    "attach_files": 1 << 15,
    "read_message_history": 1 << 16,
    "mention_everyone": 1 << 17,
    "use_external_emojis": 1 << 18,
    "manage_roles": 1 << 28,
    "use_application_commands": 1 << 31,
    "manage_threads": 1 << 34,
    "create_public_threads": 1 << 35,
    "create_private_threads": 1 << 36,
    "send_messages_in_threads": 1 << 38,
    "use_external_apps": 1 << 50,
}
ALL = (1 << 53) - 1
EVERYONE = (
    "add_reactions",
    "view_channel",
    "send_messages",
    "embed_links",
    "attach_files",
    "read_message_history",
    "use_external_emojis",
    "use_application_commands",
    "create_public_threads",
    "create_private_threads",
    "send_messages_in_threads",
    "use_external_apps",
)
DIRECT = (*EVERYONE, "mention_everyone")
# Without the right to speak, what could be put into a message is of no use either.
NEEDS_SENDING = ("embed_links", "attach_files", "mention_everyone")


def bits(names: Iterable[str]) -> int:
    """The named permissions as one number.

    >>> bits(["view_channel", "send_messages"])
    3072
    """
    return sum(BITS[name] for name in set(names))


def has(granted: int, name: str) -> bool:
    return bool(granted & BITS[name])


def in_guild(guild: Guild, member: Member) -> int:
    """What a member may do before any channel has its say."""
    if member.user.id == guild.owner_id:
        return ALL
    granted = guild.roles[guild.id].permissions
    for role_id in member.roles:
        granted |= guild.roles[role_id].permissions
    return ALL if has(granted, "administrator") else granted


def in_channel(guild: Guild, member: Member, channel: Channel) -> int:
    """What a member may do in a channel; a thread has its parent's overwrites."""
    granted = in_guild(guild, member)
    if granted == ALL:
        return ALL
    over = guild.channels[channel.parent_id or ""].overwrites if channel.is_thread else channel.overwrites
    everyone = [over[guild.id]] if guild.id in over else []
    roles = [over[role] for role in member.roles if role in over]
    own = [over[member.user.id]] if member.user.id in over else []
    for group in (everyone, roles, own):
        granted = _overwritten(granted, group)
    if not has(granted, "view_channel"):
        return 0
    speak = "send_messages_in_threads" if channel.is_thread else "send_messages"
    return granted if has(granted, speak) else granted & ~bits(NEEDS_SENDING)


def _overwritten(granted: int, overwrites: list[Overwrite]) -> int:
    """One layer: all its denials first, then all it allows."""
    for overwrite in overwrites:
        granted &= ~overwrite.deny
    for overwrite in overwrites:
        granted |= overwrite.allow
    return granted
