"""What a person typed into a slash command, as the application gets it, if the client let it pass."""

from typing import Any

from tests.stand_ins.discord import payloads
from tests.stand_ins.discord.command_rules import Option
from tests.stand_ins.discord.entities import Channel, Json, Role, User
from tests.stand_ins.discord.offered import NotPossible, Offer
from tests.stand_ins.discord.world import World

PLAIN: dict[int, type | tuple[type, ...]] = {
    Option.STRING: str,
    Option.INTEGER: int,
    Option.BOOLEAN: bool,
    Option.NUMBER: (int, float),
}
NESTED = (Option.SUBCOMMAND, Option.GROUP)


def command_data(  # noqa: PLR0913 - who types what of which command
    world: World,
    user: User,
    offer: Offer,
    path: list[str],
    values: dict[str, Any],
    *,
    typing: str | None = None,
) -> Json:
    """The data of a slash command. path names sub-commands; typing the option still being typed."""
    levels, options = _descend(offer.command, path)
    given, resolved = _given(world, user, options, values, typing)
    for level in reversed(levels):
        given = [{"name": level["name"], "type": level["type"], "options": given}]
    data = {"id": offer.command["id"], "name": offer.command["name"], "type": 1, "options": given}
    of_guild = {"guild_id": offer.command["guild_id"]} if "guild_id" in offer.command else {}
    return data | of_guild | ({"resolved": resolved} if resolved else {})


def _descend(command: Json, path: list[str]) -> tuple[list[Json], list[Json]]:
    """The groups and sub-commands of a path, and the options of the last."""
    levels: list[Json] = []
    options = command.get("options") or []
    for word in path:
        level = next((each for each in options if each["name"] == word and each["type"] in NESTED), None)
        if level is None:
            raise NotPossible(f"/{command['name']} has no sub-command {word!r}")
        levels.append(level)
        options = level.get("options") or []
    if any(each["type"] in NESTED for each in options):
        raise NotPossible(f"/{command['name']} needs one of {[each['name'] for each in options]}")
    return levels, options


def _given(
    world: World, user: User, options: list[Json], values: dict[str, Any], typing: str | None
) -> tuple[list[Json], Json]:
    known = {option["name"]: option for option in options}
    unknown = set(values) - set(known)
    if unknown:
        raise NotPossible(f"there is no option {sorted(unknown)}; there are {sorted(known)}")
    missing = [each["name"] for each in options if each.get("required") and each["name"] not in values]
    if missing and typing is None:
        raise NotPossible(f"required: {missing}")
    given: list[Json] = []
    resolved: Json = {}
    for name, value in values.items():
        option = known[name]
        if name == typing:
            given.append({"name": name, "type": option["type"], "value": str(value), "focused": True})
        else:
            given.append(
                {"name": name, "type": option["type"], "value": _value(world, user, option, value, resolved)}
            )
    return given, resolved


def _value(world: World, user: User, option: Json, value: Any, resolved: Json) -> Any:
    """A value the client would let pass; people, channels and roles as ids, described in resolved."""
    kind = option["type"]
    if kind in PLAIN:
        if not isinstance(value, PLAIN[kind]) or (isinstance(value, bool) and kind != Option.BOOLEAN):
            raise NotPossible(f"{option['name']} takes no {type(value).__name__}")
        _within(option, value)
        return value
    match value:
        case User():
            resolved.setdefault("users", {})[value.id] = payloads.user(value)
        case Channel():
            if option.get("channel_types") and int(value.type) not in option["channel_types"]:
                raise NotPossible(f"{option['name']} takes no channel of the type {value.type!r}")
            partial = payloads.channel(value) | {"permissions": str(world.rights(value, user))}
            resolved.setdefault("channels", {})[value.id] = partial
        case Role():
            resolved.setdefault("roles", {})[value.id] = payloads.role(value, 1)
        case _:
            raise NotPossible(f"{option['name']} takes no {type(value).__name__}")
    assert value.id in world.users or isinstance(value, Channel | Role)
    return value.id


def _within(option: Json, value: Any) -> None:
    """Refuses what is outside an option's choices, range or length."""
    choices = [choice["value"] for choice in option.get("choices") or ()]
    if choices and value not in choices:
        raise NotPossible(f"{option['name']} is one of {choices}")
    size, least, most = (
        (len(value), option.get("min_length"), option.get("max_length", 6000))
        if isinstance(value, str)
        else (value, option.get("min_value"), option.get("max_value"))
    )
    if (least is not None and size < least) or (most is not None and size > most):
        raise NotPossible(f"{option['name']}: {value!r} is outside {least} to {most}")
