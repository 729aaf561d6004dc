"""Application commands: global ones and a guild's. Ids stay, versions change with what changed."""

from typing import Any

from tests.stand_ins.discord import command_rules
from tests.stand_ins.discord.call import EMPTY, Call, Reply, Routes
from tests.stand_ins.discord.entities import Json
from tests.stand_ins.discord.errors import ApiError, missing_access, unknown
from tests.stand_ins.discord.form import Form

routes = Routes()
GLOBAL, OF_GUILD = (
    "/applications/{application_id}/commands",
    "/applications/{application_id}/guilds/{guild_id}/commands",
)
DEFAULTS: Json = {
    "type": 1,
    "description": "",
    "default_member_permissions": None,
    "nsfw": False,
    "name_localizations": None,
    "description_localizations": None,
}
CHANGING = ("id", "version", "application_id", "guild_id")


def _scope(call: Call) -> dict[str, Json]:
    """The commands of the guild named in the path, or the global ones."""
    if call.path["application_id"] != call.app.id:
        raise ApiError(403, 20012, "You are not authorized to perform this action on this application")
    guild_id = call.path.get("guild_id", "")
    if guild_id and call.app.bot.id not in getattr(call.world.guilds.get(guild_id), "members", {}):
        raise missing_access()
    return call.app.commands.setdefault(guild_id, {})


def _made(call: Call, asked: Json, before: Json | None) -> Json:
    """The command as stored; the old one itself where nothing changed."""
    guild_id = call.path.get("guild_id")
    named = {key: asked[key] for key in asked if asked[key] is not None and key not in CHANGING}
    made = DEFAULTS | {"options": []} | named
    if guild_id is None:
        made = {"dm_permission": True, "contexts": None, "integration_types": [0]} | made
    if before and made == {key: before[key] for key in before if key not in CHANGING}:
        return before
    made |= {
        "id": before["id"] if before else call.world.ids.make(),
        "application_id": call.app.id,
        "version": call.world.ids.make(),
    }
    return made | ({"guild_id": guild_id} if guild_id else {})


def _same(commands: dict[str, Json], asked: Json) -> Json | None:
    """The stored command of the same name and kind."""
    key = (asked.get("name"), asked.get("type") or 1)
    return next((known for known in commands.values() if (known["name"], known["type"]) == key), None)


def _checked(call: Call, body: Any, others: list[Json]) -> Json:
    form = Form()
    command_rules.check_command(form, (), body, in_guild="guild_id" in call.path)
    form.finish()
    command_rules.check_all(Form(), [*others, body], in_guild="guild_id" in call.path)
    return dict(body)


@routes.on("GET", GLOBAL)
@routes.on("GET", OF_GUILD)
async def listed(call: Call) -> Reply:
    return 200, list(_scope(call).values())


@routes.on("PUT", GLOBAL)
@routes.on("PUT", OF_GUILD)
async def replace_all(call: Call) -> Reply:
    """All of a scope at once: what is not named goes, what stays keeps its id."""
    scope, form = _scope(call), Form()
    asked = form.items((), call.body, most=sum(command_rules.PER_KIND.values()))
    form.finish()
    command_rules.check_all(form, asked, in_guild="guild_id" in call.path)
    made = [_made(call, each, _same(scope, each)) for each in asked]
    scope.clear()
    scope.update({each["id"]: each for each in made})
    call.world.changes.notify()
    return 200, made


@routes.on("POST", GLOBAL)
@routes.on("POST", OF_GUILD)
async def create(call: Call) -> Reply:
    """Makes one, or overwrites the one of the same name."""
    scope = _scope(call)
    before = _same(scope, call.fields)
    asked = _checked(call, call.body, [each for each in scope.values() if each is not before])
    made = _made(call, asked, before)
    scope[made["id"]] = made
    call.world.changes.notify()
    return (200 if before else 201), made


@routes.on("GET", GLOBAL + "/{command_id}")
@routes.on("GET", OF_GUILD + "/{command_id}")
async def one(call: Call) -> Reply:
    return 200, _known(call)


@routes.on("PATCH", GLOBAL + "/{command_id}")
@routes.on("PATCH", OF_GUILD + "/{command_id}")
async def change(call: Call) -> Reply:
    before, scope = _known(call), _scope(call)
    fields = {key: before[key] for key in before if key not in (*CHANGING, "dm_permission")}
    if "guild_id" in call.path:
        fields = {key: fields[key] for key in fields if key not in ("contexts", "integration_types")}
    asked = _checked(call, fields | call.fields, [each for each in scope.values() if each is not before])
    scope[before["id"]] = _made(call, asked, before)
    call.world.changes.notify()
    return 200, scope[before["id"]]


@routes.on("DELETE", GLOBAL + "/{command_id}")
@routes.on("DELETE", OF_GUILD + "/{command_id}")
async def remove(call: Call) -> Reply:
    del _scope(call)[_known(call)["id"]]
    call.world.changes.notify()
    return EMPTY


def _known(call: Call) -> Json:
    command = _scope(call).get(call.path["command_id"])
    if command is None:
        raise unknown("application command")
    return command
