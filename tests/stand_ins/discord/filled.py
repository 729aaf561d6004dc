"""A modal as it was filled in."""

from typing import Any

from tests.stand_ins.discord.components import SELECTS, Kind
from tests.stand_ins.discord.entities import Json
from tests.stand_ins.discord.offered import NotPossible


def filled_in(shown: list[Json], values: dict[str, Any]) -> list[Json]:
    """The components of a form with values by custom id; what is not named keeps what it showed."""
    left = dict(values)
    filled = [_filled_one(component, left) for component in shown]
    if left:
        raise NotPossible(f"the form has no {sorted(left)}")
    return filled


def _filled_one(component: Json, left: dict[str, Any]) -> Json:
    match component["type"]:
        case Kind.ROW:
            inner = [_input(each, left) for each in component["components"]]
            return {"type": int(Kind.ROW), "id": 1, "components": inner}
        case Kind.LABEL:
            return {"type": int(Kind.LABEL), "id": 1, "component": _input(component["component"], left)}
        case kind:
            return {"type": kind, "id": 1}


def _input(component: Json, left: dict[str, Any]) -> Json:
    custom_id, kind = component["custom_id"], component["type"]
    filled: Json = {"type": kind, "id": 1, "custom_id": custom_id}
    if kind in (*SELECTS, Kind.CHECKBOX_GROUP):
        defaults = [each["value"] for each in component.get("options", ()) if each.get("default")]
        defaults += [str(each["id"]) for each in component.get("default_values", ())]
        return filled | {"values": _chosen(component, list(left.pop(custom_id, defaults)))}
    return filled | {"value": _written(component, str(left.pop(custom_id, component.get("value") or "")))}


def _chosen(component: Json, values: list[str]) -> list[str]:
    known = [each["value"] for each in component.get("options", ())]
    if known and not set(values) <= set(known):
        raise NotPossible(f"{values} are none of {known}")
    needed = component.get("min_values", 1) if component.get("required", True) else 0
    most = len(known) if component["type"] == Kind.CHECKBOX_GROUP else 1
    if not needed <= len(values) <= component.get("max_values", most):
        raise NotPossible(f"{component['custom_id']} does not take {len(values)} values")
    return values


def _written(component: Json, text: str) -> str:
    needed = component.get("required", True)
    if (needed and not text) or (text and len(text) < component.get("min_length", 0)):
        raise NotPossible(f"{component['custom_id']} is too short")
    if len(text) > component.get("max_length", 4000):
        raise NotPossible(f"{component['custom_id']} is too long")
    return text
