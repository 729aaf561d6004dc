"""The state of a small Discord, and who hears of its changes."""

from collections.abc import Callable

from tests.stand_ins.common.clock import Clock
from tests.stand_ins.common.transit import Transit
from tests.stand_ins.discord import payloads, permissions
from tests.stand_ins.discord.entities import (
    Application,
    Channel,
    ChannelType,
    Guild,
    Json,
    Member,
    Message,
    User,
)
from tests.stand_ins.discord.errors import missing_access, unknown
from tests.stand_ins.discord.events import PRIVILEGED, Event, Intent
from tests.stand_ins.discord.snowflakes import Snowflakes

WITHHELD: Json = {"content": "", "embeds": [], "attachments": [], "components": []}


class World:
    """Everything there is, by id."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.ids = Snowflakes(clock)
        self.changes = clock.changes
        self.transit = Transit()
        self.listeners: list[Callable[[Event], None]] = []
        self.applications: dict[str, Application] = {}
        self.users: dict[str, User] = {}
        self.guilds: dict[str, Guild] = {}
        self.channels: dict[str, Channel] = {}
        # By application, channel and nonce: the message's id, and when it was sent.
        self.nonces: dict[tuple[str, str, str], tuple[str, float]] = {}
        self.nonce_channels: dict[tuple[str, str], set[str]] = {}  # by application and nonce

    def emit(self, event: Event) -> None:
        """Tells the gateway, and wakes whoever waits for a change."""
        for listener in self.listeners:
            listener(event)
        self.changes.notify()

    def channel(self, channel_id: str) -> Channel:
        """The channel; Discord's 10003 where there is none."""
        if channel_id not in self.channels:
            raise unknown("Channel")
        return self.channels[channel_id]

    def guild_of(self, channel: Channel) -> Guild | None:
        return self.guilds[channel.guild_id] if channel.guild_id else None

    def member(self, channel: Channel, user: User) -> Member | None:
        """The user as a member of the channel's guild, if it has one and the user is in it."""
        guild = self.guild_of(channel)
        return guild.members.get(user.id) if guild else None

    def rights(self, channel: Channel, user: User) -> int:
        """What a user may do in a channel; 0 for one who is not there."""
        guild = self.guild_of(channel)
        if guild is None:
            return permissions.bits(permissions.DIRECT) if user in channel.recipients else 0
        who = guild.members.get(user.id)
        granted = permissions.in_channel(guild, who, channel) if who else 0
        invited = channel.type is not ChannelType.PRIVATE_THREAD or user.id in channel.thread_members
        return granted if invited or permissions.has(granted, "manage_threads") else 0

    def viewed(self, channel_id: str, user: User) -> Channel:
        """The channel, for one who may view it; else 10003 or 50001."""
        channel = self.channel(channel_id)
        if not permissions.has(self.rights(channel, user), "view_channel"):
            raise missing_access()
        return channel

    def hears(self, app: Application, event: Event) -> bool:
        """Whether an event concerns an application at all, its intents aside."""
        if event.only is not None:
            return event.only is app
        if event.channel is not None:
            return permissions.has(self.rights(event.channel, app.bot), "view_channel")
        return event.guild_id in self.guilds and app.bot.id in self.guilds[event.guild_id].members

    def reads(self, app: Application, message: Message, intents: int = Intent.MESSAGE_CONTENT) -> bool:
        """Whether an application gets a message's content: its own, direct, naming it, or by intent."""
        if message.author is app.bot or message.guild_id is None or app.bot.id in message.pings.users:
            return True
        asked = bool(intents & Intent.MESSAGE_CONTENT)
        return asked and bool(app.flags & PRIVILEGED[Intent.MESSAGE_CONTENT])

    def message_json(self, message: Message, viewer: User | None = None) -> Json:
        """A message in full, as a viewer sees it."""
        mentioned = [self.users[user_id] for user_id in message.pings.users if user_id in self.users]
        shown = payloads.message(message, mentioned=mentioned, viewer=viewer.id if viewer else "")
        answered = (message.reference or {}).get("message_id")
        if answered:
            original = self.channel(message.channel_id).messages.get(answered)
            shown["referenced_message"] = original and payloads.message(original, mentioned=[])
        return shown

    def message_for(self, message: Message, app: Application) -> Json:
        """A message as the REST API shows it to an application."""
        shown = self.message_json(message, app.bot)
        return shown if self.reads(app, message) else shown | WITHHELD

    def seen_by(self, guild: Guild, user: User) -> list[Channel]:
        """The guild's channels and threads a user may view."""
        return [
            channel
            for channel in guild.channels.values()
            if permissions.has(self.rights(channel, user), "view_channel")
        ]

    def direct_channel(self, one: User, other: User) -> Channel:
        """The direct channel of two users, made where there was none."""
        for channel in self.channels.values():
            if (
                channel.type is ChannelType.DIRECT
                and one in channel.recipients
                and other in channel.recipients
            ):
                return channel
        made = Channel(id=self.ids.make(), type=ChannelType.DIRECT, recipients=[one, other])
        self.channels[made.id] = made
        return made
