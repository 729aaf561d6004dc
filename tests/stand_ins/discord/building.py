"""The test's side of the world: making, changing and removing what there is."""

from collections.abc import Iterable

from tests.stand_ins.common.planted import plant
from tests.stand_ins.discord import payloads, permissions
from tests.stand_ins.discord.entities import (
    Application,
    Channel,
    ChannelType,
    Guild,
    Member,
    Overwrite,
    Role,
    User,
)
from tests.stand_ins.discord.events import Event, Intent, flags_for
from tests.stand_ins.discord.world import World


class Builder:
    """Makes applications, guilds, channels and members. Whoever is connected hears of it."""

    def __init__(self, world: World) -> None:
        self._world = world

    def user(self, name: str, *, bot: bool = False) -> User:
        made = User(id=self._world.ids.make(), name=name, bot=bot)
        self._world.users[made.id] = made
        return made

    def application(
        self, name: str = "bot", *, token: str | None = None, privileged: tuple[str, ...] = ()
    ) -> Application:
        """An application with a bot; privileged names intents it may ask for ("message_content")."""
        bot = self.user(name, bot=True)
        made = Application(
            id=bot.id,
            name=name,
            token=token or f"token-of-{name}-{bot.id}",
            bot=bot,
            flags=flags_for(privileged),
            owner=self.user(f"owner of {name}"),
        )
        plant(made.token)
        self._world.applications[made.id] = made
        return made

    def guild(self, name: str = "guild", *, apps: Iterable[Application] = ()) -> Guild:
        """A guild with the usual rights for everyone, joined by the applications."""
        owner = self.user(f"owner of {name}")
        made = Guild(
            id=self._world.ids.make_apart(), name=name, owner_id=owner.id, created_at=self._world.clock.now()
        )
        made.roles[made.id] = Role(
            id=made.id, name="@everyone", permissions=permissions.bits(permissions.EVERYONE)
        )
        self._world.guilds[made.id] = made
        for who in (owner, *(app.bot for app in apps)):
            self.join(made, who)
        return made

    def join(self, guild: Guild, user: User) -> Member:
        """Makes a user a member; an application's own session hears GUILD_CREATE."""
        member = Member(user=user, joined_at=self._world.clock.now())
        guild.members[user.id] = member
        if user.id in self._world.applications:
            self._world.emit(
                Event(
                    name="GUILD_CREATE",
                    data=payloads.guild_create(guild, member, self._world.seen_by(guild, user)),
                    intent=Intent.GUILDS,
                    guild_id=guild.id,
                    only=self._world.applications[user.id],
                )
            )
        return member

    def remove(self, guild: Guild, user: User) -> None:
        """Takes a member out; an application that was kicked hears GUILD_DELETE."""
        del guild.members[user.id]
        if user.id in self._world.applications:
            self._world.emit(
                Event(
                    name="GUILD_DELETE",
                    data={"id": guild.id},
                    intent=Intent.GUILDS,
                    guild_id=guild.id,
                    only=self._world.applications[user.id],
                )
            )

    def role(self, guild: Guild, name: str, *grants: str, mentionable: bool = False) -> Role:
        """A role that grants the named permissions."""
        made = Role(
            id=self._world.ids.make(),
            name=name,
            permissions=permissions.bits(grants),
            mentionable=mentionable,
        )
        guild.roles[made.id] = made
        self._in_guild(
            "GUILD_ROLE_CREATE",
            guild,
            {"guild_id": guild.id, "role": payloads.role(made, len(guild.roles) - 1)},
        )
        return made

    def grant(self, guild: Guild, user: User, *roles: Role) -> None:
        """Gives a member roles."""
        member = guild.members[user.id]
        member.roles.extend(role.id for role in roles)
        app = self._world.applications.get(user.id)
        data = payloads.member(member) | {"guild_id": guild.id}
        intent = Intent.NONE if app else Intent.GUILD_MEMBERS
        self._world.emit(
            Event(name="GUILD_MEMBER_UPDATE", data=data, intent=intent, guild_id=guild.id, only=app)
        )

    def channel(
        self,
        guild: Guild,
        name: str = "general",
        *,
        type: ChannelType = ChannelType.TEXT,  # noqa: A002 - Discord's own word
        tags: Iterable[str] = (),
        tag_required: bool = False,
    ) -> Channel:
        """A channel; `tags` are the names of those of a forum."""
        made = Channel(
            id=self._world.ids.make(),
            type=type,
            name=name,
            guild_id=guild.id,
            tags={self._world.ids.make(): tag for tag in tags},
            tag_required=tag_required,
        )
        guild.channels[made.id] = self._world.channels[made.id] = made
        self._of_channel("CHANNEL_CREATE", made)
        return made

    def thread(
        self, parent: Channel, name: str, *, owner: User, thread_id: str | None = None, private: bool = False
    ) -> Channel:
        """A thread below a text channel."""
        made = Channel(
            id=thread_id or self._world.ids.make(),
            type=ChannelType.PRIVATE_THREAD if private else ChannelType.PUBLIC_THREAD,
            name=name,
            guild_id=parent.guild_id,
            parent_id=parent.id,
            owner_id=owner.id,
            created_at=self._world.clock.now(),
            thread_members={owner.id},
        )
        self._world.guilds[parent.guild_id or ""].channels[made.id] = self._world.channels[made.id] = made
        self._of_channel("THREAD_CREATE", made)
        return made

    def deny(self, channel: Channel, who: User | Role, *names: str) -> None:
        """Denies a member or a role the named permissions in a channel."""
        over = self._overwrite(channel, who)
        over.deny |= permissions.bits(names)
        over.allow &= ~over.deny
        self.announce(channel)

    def allow(self, channel: Channel, who: User | Role, *names: str) -> None:
        """Allows a member or a role the named permissions in a channel."""
        over = self._overwrite(channel, who)
        over.allow |= permissions.bits(names)
        over.deny &= ~over.allow
        self.announce(channel)

    def announce(self, channel: Channel) -> None:
        """Tells of what was changed in a channel or thread (archived, locked, named)."""
        self._of_channel("THREAD_UPDATE" if channel.is_thread else "CHANNEL_UPDATE", channel)

    def delete_channel(self, channel: Channel) -> None:
        """Deletes a channel with its threads, or one thread."""
        guild = self._world.guilds[channel.guild_id or ""]
        gone = [each for each in guild.channels.values() if channel.id in (each.id, each.parent_id)]
        self._of_channel("THREAD_DELETE" if channel.is_thread else "CHANNEL_DELETE", channel)
        for each in gone:
            del guild.channels[each.id]
            del self._world.channels[each.id]

    def _overwrite(self, channel: Channel, who: User | Role) -> Overwrite:
        return channel.overwrites.setdefault(who.id, Overwrite(id=who.id, of_member=isinstance(who, User)))

    def _of_channel(self, name: str, channel: Channel) -> None:
        self._world.emit(
            Event(
                name=name,
                data=payloads.channel(channel),
                intent=Intent.GUILDS,
                guild_id=channel.guild_id,
                channel=channel,
            )
        )

    def _in_guild(self, name: str, guild: Guild, data: dict[str, object]) -> None:
        self._world.emit(Event(name=name, data=data, intent=Intent.GUILDS, guild_id=guild.id))
