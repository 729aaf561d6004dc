"""What there is on Discord: applications, people, guilds, channels, messages. Ids are decimal strings."""

from dataclasses import dataclass, field
from enum import IntEnum, IntFlag
from typing import Any

Json = dict[str, Any]


class ChannelType(IntEnum):
    TEXT = 0
    DIRECT = 1
    CATEGORY = 4
    NEWS = 5
    NEWS_THREAD = 10
    PUBLIC_THREAD = 11
    PRIVATE_THREAD = 12
    FORUM = 15
    MEDIA = 16


FORUMS = frozenset({ChannelType.FORUM, ChannelType.MEDIA})
THREADS = frozenset({ChannelType.NEWS_THREAD, ChannelType.PUBLIC_THREAD, ChannelType.PRIVATE_THREAD})


class ChannelFlag(IntFlag):
    REQUIRE_TAG = 1 << 4


class MessageFlag(IntFlag):
    CROSSPOSTED = 1 << 0
    SUPPRESS_EMBEDS = 1 << 2
    HAS_THREAD = 1 << 5
    EPHEMERAL = 1 << 6
    LOADING = 1 << 7
    SUPPRESS_NOTIFICATIONS = 1 << 12
    COMPONENTS_V2 = 1 << 15


@dataclass(slots=True, kw_only=True)
class User:
    id: str
    name: str
    bot: bool = False
    closed_to: set[str] = field(default_factory=set)  # ids of users whose direct messages are refused


@dataclass(slots=True, kw_only=True)
class Application:
    id: str
    name: str
    token: str
    bot: User
    flags: int = 0
    owner: User
    installed_by: set[str] = field(default_factory=set)  # user ids (user installs)
    # By scope (a guild's id, or "" for global), then by command id.
    commands: dict[str, dict[str, Json]] = field(default_factory=dict)
    # Names of commands that servers' Integrations settings show to all their members.
    shown_to_all: set[str] = field(default_factory=set)


@dataclass(slots=True, kw_only=True)
class Role:
    id: str
    name: str
    permissions: int = 0
    mentionable: bool = False


@dataclass(slots=True, kw_only=True)
class Member:
    user: User
    roles: list[str] = field(default_factory=list)
    nick: str | None = None
    joined_at: float = 0


@dataclass(slots=True, kw_only=True)
class Overwrite:
    id: str
    of_member: bool
    allow: int = 0
    deny: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Pings:
    """Whom a message notified."""

    users: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    everyone: bool = False

    def __bool__(self) -> bool:
        return bool(self.users or self.roles or self.everyone)


@dataclass(slots=True, kw_only=True)
class Message:
    id: str
    channel_id: str
    guild_id: str | None
    author: User
    created_at: float
    type: int = 0
    content: str = ""
    embeds: list[Json] = field(default_factory=list)
    components: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    flags: int = 0
    tts: bool = False
    edited_at: float | None = None
    pings: Pings = Pings()
    reference: Json | None = None
    application_id: str | None = None
    webhook_id: str | None = None
    interaction: Json | None = None
    thread: "Channel | None" = None
    reactions: dict[str, list[str]] = field(default_factory=dict)  # emoji: user ids
    seen_only_by: str | None = None  # the one user who sees an ephemeral answer
    poll: Json | None = None
    forwarded: list[Json] = field(default_factory=list)  # what message_snapshots hold
    earlier: list[Json] = field(default_factory=list)  # what content, embeds, components were before edits

    @property
    def ephemeral(self) -> bool:
        return bool(self.flags & MessageFlag.EPHEMERAL)

    @property
    def loading(self) -> bool:
        """Whether it stands for an answer that was put off and has not come."""
        return bool(self.flags & MessageFlag.LOADING)


@dataclass(slots=True, kw_only=True)
class Channel:
    id: str
    type: ChannelType
    name: str = ""
    guild_id: str | None = None
    parent_id: str | None = None
    nsfw: bool = False
    overwrites: dict[str, Overwrite] = field(default_factory=dict)
    recipients: list[User] = field(default_factory=list)
    messages: dict[str, Message] = field(default_factory=dict)
    owner_id: str | None = None
    created_at: float = 0
    archived: bool = False
    locked: bool = False
    auto_archive_minutes: int = 1440
    thread_members: set[str] = field(default_factory=set)
    tags: dict[str, str] = field(default_factory=dict)  # of a forum: names by id
    tag_required: bool = False
    applied_tags: list[str] = field(default_factory=list)  # of a post

    @property
    def is_thread(self) -> bool:
        return self.type in THREADS

    @property
    def is_forum(self) -> bool:
        return self.type in FORUMS

    def public(self) -> list[Message]:
        """Its history, oldest first, without what only one person sees."""
        return [message for message in self.messages.values() if not message.ephemeral]


@dataclass(slots=True, kw_only=True)
class Guild:
    id: str
    name: str
    owner_id: str
    created_at: float = 0
    roles: dict[str, Role] = field(default_factory=dict)
    members: dict[str, Member] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)

    @property
    def everyone(self) -> Role:
        return self.roles[self.id]
