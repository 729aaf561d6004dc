"""Guilds, their channels, members and roles."""

from tests.stand_ins.discord import payloads, permissions
from tests.stand_ins.discord.call import EMPTY, Call, Reply, Routes
from tests.stand_ins.discord.entities import Guild, Member
from tests.stand_ins.discord.errors import missing_access, unknown
from tests.stand_ins.discord.form import Form

routes = Routes()


def _guild(call: Call) -> Guild:
    """The guild of the path, if the application is in it."""
    guild = call.world.guilds.get(call.path["guild_id"])
    if guild is None:
        raise unknown("Guild")
    if call.app.bot.id not in guild.members:
        raise missing_access()
    return guild


def _member(call: Call, guild: Guild) -> Member:
    wanted = call.path["user_id"]
    if wanted not in guild.members:
        raise unknown("Member" if wanted in call.world.users else "User")
    return guild.members[wanted]


@routes.on("GET", "/users/@me/guilds")
async def mine(call: Call) -> Reply:
    return 200, [
        {
            "id": guild.id,
            "name": guild.name,
            "icon": None,
            "banner": None,
            "owner": guild.owner_id == call.app.bot.id,
            "permissions": str(permissions.in_guild(guild, guild.members[call.app.bot.id])),
            "features": [],
        }
        for guild in call.world.guilds.values()
        if call.app.bot.id in guild.members
    ]


@routes.on("DELETE", "/users/@me/guilds/{guild_id}")
async def leave(call: Call) -> Reply:
    call.site.build.remove(_guild(call), call.app.bot)
    return EMPTY


@routes.on("GET", "/guilds/{guild_id}")
async def read(call: Call) -> Reply:
    return 200, payloads.guild(_guild(call))


@routes.on("GET", "/guilds/{guild_id}/channels")
async def channels(call: Call) -> Reply:
    guild = _guild(call)
    seen = call.world.seen_by(guild, call.app.bot)
    return 200, [payloads.channel(each) for each in seen if not each.is_thread]


@routes.on("GET", "/guilds/{guild_id}/roles")
async def roles(call: Call) -> Reply:
    return 200, payloads.guild(_guild(call))["roles"]


@routes.on("GET", "/guilds/{guild_id}/members/{user_id}")
async def member(call: Call) -> Reply:
    return 200, payloads.member(_member(call, _guild(call)))


@routes.on("GET", "/guilds/{guild_id}/members")
async def members(call: Call) -> Reply:
    """By id, after and limit; all members need the intent for them, which is not asked here."""
    guild, form = _guild(call), Form()
    after, limit = call.query.get("after", "0"), call.query.get("limit", "1")
    for key, value in (("after", after), ("limit", limit)):
        if not value.isdecimal():
            form.report((key,), "NUMBER_TYPE_COERCE", f'Value "{value}" is not int.')
    form.finish()
    ids = sorted(int(each) for each in guild.members if int(each) > int(after))[: int(limit)]
    return 200, [payloads.member(guild.members[str(each)]) for each in ids]
