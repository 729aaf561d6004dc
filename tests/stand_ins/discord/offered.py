"""Which commands Discord's own client would offer a person in a place."""

from dataclasses import dataclass

from tests.stand_ins.discord import permissions
from tests.stand_ins.discord.entities import Application, Channel, Json, User
from tests.stand_ins.discord.world import World

IN_GUILD, IN_BOT_DM, IN_OTHER_DM = 0, 1, 2  # contexts
GUILD_INSTALL, USER_INSTALL = 0, 1


class NotPossible(Exception):
    """Discord's client would not let a person do this; the sentence says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A command a person can use here, and by whose installation (as Discord tells the application)."""

    application: Application
    command: Json
    owners: dict[str, str]
    context: int


def offers(world: World, user: User, channel: Channel) -> list[Offer]:
    """Every command of every application that the person could use in a channel."""
    rights = world.rights(channel, user)
    if not permissions.has(rights, "use_application_commands"):
        return []
    return [
        Offer(application=app, command=command, owners=owners, context=_context(app, channel))
        for app in world.applications.values()
        for command in _commands(app, channel)
        if (owners := _owners(world, app, command, user, channel))
        and _allowed(app, command, rights, channel)
        and _context(app, channel) in (command.get("contexts") or (0, 1, 2))
    ]


def _commands(app: Application, channel: Channel) -> list[Json]:
    of_guild = app.commands.get(channel.guild_id, {}) if channel.guild_id else {}
    return [*of_guild.values(), *app.commands.get("", {}).values()]


def _context(app: Application, channel: Channel) -> int:
    if channel.guild_id:
        return IN_GUILD
    return IN_BOT_DM if app.bot in channel.recipients else IN_OTHER_DM


def _owners(world: World, app: Application, command: Json, user: User, channel: Channel) -> dict[str, str]:
    """By guild install in its guilds and its own direct messages, by user install anywhere."""
    kinds = command.get("integration_types") or [GUILD_INSTALL]
    owners = {}
    guild = world.guild_of(channel)
    here = app.bot.id in guild.members if guild else app.bot in channel.recipients
    if GUILD_INSTALL in kinds and here:
        owners[str(GUILD_INSTALL)] = guild.id if guild else "0"
    if USER_INSTALL in kinds and user.id in app.installed_by:
        owners[str(USER_INSTALL)] = user.id
    return owners


def _allowed(app: Application, command: Json, rights: int, channel: Channel) -> bool:
    needed = command.get("default_member_permissions")
    if needed is None or channel.guild_id is None or command["name"] in app.shown_to_all:
        return True
    return rights == permissions.ALL or (int(needed) > 0 and rights & int(needed) == int(needed))


def find(world: World, user: User, channel: Channel, name: str, kind: int) -> Offer:
    """The command of a name and kind (1 slash, 3 message); NotPossible where none is offered."""
    commands = [each for each in offers(world, user, channel) if each.command["type"] == kind]
    for offer in commands:
        if offer.command["name"] == name:
            return offer
    names = sorted(each.command["name"] for each in commands)
    raise NotPossible(f"{name!r} is not offered to {user.name} here; offered are {names}")
