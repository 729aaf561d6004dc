"""What a person does with what blocks offer, and how Slack tells of it."""

from collections.abc import Mapping
from typing import Any

from tests.stand_ins.slack.blocks import elements
from tests.stand_ins.slack.entities import Json
from tests.stand_ins.slack.errors import NotPossible

ONE_OF = ("static_select", "radio_buttons", "overflow")
SOME_OF = ("multi_static_select", "checkboxes")
TYPED = ("plain_text_input", "number_input")
CHOSEN = {
    "external_select": "selected_option",
    "rich_text_input": "rich_text_value",
    "users_select": "selected_user",
    "channels_select": "selected_channel",
    "conversations_select": "selected_conversation",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
}


def find(blocks: list[Json], name: str) -> tuple[Json, Json]:
    """The block and element of an action_id, or of a button's text."""
    offered = [(block, each) for block in blocks for each in elements(block) if "action_id" in each]
    for block, element in offered:
        if name in (element["action_id"], element.get("text", {}).get("text")):
            return block, element
    raise NotPossible(f"there is no {name!r}; there are {[each['action_id'] for _, each in offered]}")


def used(element: Json, value: Any) -> Json:
    """What an element holds after a person used it: {"type": …, "value": …} or what was selected."""
    kind = element["type"]
    if kind == "button":
        return {"type": kind, "text": element["text"], **_kept(element, "value")}
    if kind in TYPED:
        return {"type": kind, "value": _typed(element, value)}
    if kind in ONE_OF:
        return {"type": kind, "selected_option": _option(element, value)}
    if kind in SOME_OF:
        return {"type": kind, "selected_options": [_option(element, each) for each in value or ()]}
    return {"type": kind, CHOSEN[kind]: value}


def _kept(element: Json, *names: str) -> Json:
    return {name: element[name] for name in names if name in element}


def _typed(element: Json, value: Any) -> str | None:
    if value is None:
        return None
    if not element.get("min_length", 0) <= len(value) <= element.get("max_length", 3000):
        raise NotPossible(f"{len(value)} characters do not fit {element['action_id']}")
    return str(value)


def _option(element: Json, value: Any) -> Json | None:
    if value is None:
        return None
    groups = element.get("option_groups", ())
    options = element.get("options") or [option for group in groups for option in group["options"]]
    for option in options:
        if option["value"] == value:
            return dict(option)
    raise NotPossible(f"{value!r} is none of {[option['value'] for option in options]}")


def initial(element: Json) -> Any:
    """What an element holds before anyone uses it."""
    if element["type"] == "external_select":
        return element.get("initial_option")
    if "initial_option" in element:
        return element["initial_option"]["value"]
    if "initial_options" in element:
        return [option["value"] for option in element["initial_options"]]
    return next((value for name, value in element.items() if name.startswith("initial_")), None)


def state(blocks: list[Json], values: Mapping[str, Any], *, complete: bool = False) -> Json:
    """What all fields hold, by block_id and action_id; complete: as a form may be handed in."""
    state: Json = {}
    offered = {each["action_id"] for block in blocks for each in elements(block) if "action_id" in each}
    if unknown := values.keys() - offered:
        raise NotPossible(f"there is no {sorted(unknown)}; there are {sorted(offered)}")
    for block in blocks:
        for element in elements(block):
            name = element.get("action_id")
            if name is None or element["type"] in ("button", "overflow"):
                continue
            value = values.get(name, initial(element))
            needed = complete and block["type"] == "input" and not block.get("optional")
            if needed and value in (None, "", []):
                raise NotPossible(f"{name} must be filled in")
            state.setdefault(block["block_id"], {})[name] = used(element, value)
    return {"values": state}
