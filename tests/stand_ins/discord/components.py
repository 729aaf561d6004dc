"""What Discord refuses in the components of messages and modals."""

from collections.abc import Callable, Iterator
from enum import IntEnum
from typing import Any

from tests.stand_ins.discord.entities import Json
from tests.stand_ins.discord.form import Form, Where


class Kind(IntEnum):
    ROW = 1
    BUTTON = 2
    SELECT = 3
    TEXT_INPUT = 4
    USER_SELECT = 5
    ROLE_SELECT = 6
    MENTIONABLE_SELECT = 7
    CHANNEL_SELECT = 8
    SECTION = 9
    TEXT = 10
    THUMBNAIL = 11
    GALLERY = 12
    FILE = 13
    SEPARATOR = 14
    CONTAINER = 17
    LABEL = 18
    RADIO_GROUP = 21
    CHECKBOX_GROUP = 22


GROUPS = (Kind.RADIO_GROUP, Kind.CHECKBOX_GROUP)
SELECTS = (Kind.SELECT, Kind.USER_SELECT, Kind.ROLE_SELECT, Kind.MENTIONABLE_SELECT, Kind.CHANNEL_SELECT)
LINK, PREMIUM = 5, 6  # button styles
CHOICES = 10  # of a group of radio buttons or checkboxes
ROWS, ROW_WIDTH, CUSTOM_ID = 5, 5, 100
LABEL, OPTION, PLACEHOLDER, OPTIONS = 80, 100, 150, 25
V2_IN_ALL, V2_TEXT = 40, 4000
V2_TOP = (Kind.ROW, Kind.SECTION, Kind.TEXT, Kind.GALLERY, Kind.FILE, Kind.SEPARATOR, Kind.CONTAINER)

DEFAULTS: dict[int, Json] = {
    **{kind: {"min_values": 1, "max_values": 1} for kind in SELECTS},
    Kind.SEPARATOR: {"divider": True, "spacing": 1},
    Kind.CONTAINER: {"accent_color": None, "spoiler": False},
}

Check = Callable[[Form, Where, Json], None]


def check(form: Form, components: Any, *, v2: bool) -> None:
    """Reports what is wrong with a message's components."""
    where: Where = ("components",)
    listed = form.objects(where, components, most=V2_IN_ALL if v2 else ROWS)
    for index, component in listed:
        _check_one(form, (*where, index), component, V2_TOP if v2 else (Kind.ROW,))
    if not form.errors:
        _check_together(form, [component for _, component in listed])


def _check_one(form: Form, where: Where, component: Json, allowed: tuple[Kind, ...]) -> None:
    kind = component.get("type")
    if not form.choice((*where, "type"), kind, [int(each) for each in allowed]):
        return
    CHECKS[Kind(component["type"])](form, where, component)


def _check_together(form: Form, components: list[Json]) -> None:
    """What holds for all components of a message at once."""
    every = list(walk(components))
    if len(every) > V2_IN_ALL:
        form.report(
            ("components",),
            "COMPONENT_MAX_TOTAL_EXCEEDED",
            f"Must be {V2_IN_ALL} or fewer components in all.",
        )
    if sum(len(each.get("content", "")) for each in every if each["type"] == Kind.TEXT) > V2_TEXT:
        form.report(
            ("components",),
            "COMPONENT_MAX_TEXT_EXCEEDED",
            f"Text must be {V2_TEXT} or fewer in length in all.",
        )
    seen: set[str] = set()
    for each in every:
        custom_id = each.get("custom_id")
        if custom_id in seen:
            form.report(
                ("components",), "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated"
            )
        seen.update([custom_id] if custom_id else [])


def walk(components: list[Json]) -> Iterator[Json]:
    """Every component with all that it holds."""
    for component in components:
        yield component
        children = component.get("components") or []
        single = [component[key] for key in ("accessory", "component") if component.get(key)]
        yield from walk([*children, *single])


def stored(components: list[Json]) -> list[Json]:
    """The components as Discord returns them: each with an id of its own."""
    for number, component in enumerate(walk(components), start=1):
        for key, value in {"id": number, **DEFAULTS.get(component["type"], {})}.items():
            component.setdefault(key, value)
    return components


def _row(form: Form, where: Where, row: Json) -> None:
    where = (*where, "components")
    children = form.objects(where, row.get("components"), least=1, most=ROW_WIDTH, required=True)
    for index, component in children:
        _check_one(form, (*where, index), component, (Kind.BUTTON, *SELECTS))
    if len(children) > 1 and any(each.get("type") in SELECTS for _, each in children):
        form.report(
            where, "COMPONENT_LAYOUT_WIDTH_EXCEEDED", "The specified component exceeds the maximum width"
        )


def _button(form: Form, where: Where, button: Json) -> None:
    style = button.get("style")
    if not form.choice((*where, "style"), style, range(1, 7)):
        return
    form.text((*where, "label"), button.get("label"), most=LABEL)
    if style != PREMIUM and not button.get("label") and not button.get("emoji"):
        form.report(where, "BUTTON_COMPONENT_EMPTY", "A button must have a label or an emoji")
    _emoji(form, (*where, "emoji"), button.get("emoji"))
    if style == LINK:
        if button.get("custom_id"):
            form.report(
                where, "BUTTON_COMPONENT_CUSTOM_ID_URL", "A custom id and url cannot both be specified"
            )
        if not button.get("url"):
            form.required((*where, "url"))
        form.url((*where, "url"), button.get("url"), schemes=("http", "https", "discord"))
        form.text((*where, "url"), button.get("url"), most=512)
    elif style != PREMIUM:
        form.text((*where, "custom_id"), button.get("custom_id"), most=CUSTOM_ID, required=True)


def _emoji(form: Form, where: Where, emoji: Any) -> None:
    """A custom emoji by id, or one character that is an emoji (letters and digits are none)."""
    if emoji is None or not form.object(where, emoji):
        return
    name = str(emoji.get("name") or "")
    if not emoji.get("id") and (not name or name.isalnum() or len(name) > 16):
        form.report((*where, "name"), "COMPONENT_INVALID_EMOJI", "Invalid emoji")


def _select(form: Form, where: Where, select: Json) -> None:
    form.text((*where, "custom_id"), select.get("custom_id"), most=CUSTOM_ID, required=True)
    form.text((*where, "placeholder"), select.get("placeholder"), most=PLACEHOLDER)
    form.number((*where, "min_values"), select.get("min_values"), least=0, most=OPTIONS)
    form.number((*where, "max_values"), select.get("max_values"), least=1, most=OPTIONS)
    if select["type"] == Kind.SELECT:
        _options(form, (*where, "options"), select)


def choices(form: Form, where: Where, group: Json) -> None:
    """Radio buttons (two at least) or checkboxes; only a modal has them."""
    radio = group["type"] == Kind.RADIO_GROUP
    form.text((*where, "custom_id"), group.get("custom_id"), most=CUSTOM_ID, required=True)
    form.number((*where, "min_values"), group.get("min_values"), least=0, most=CHOICES)
    form.number((*where, "max_values"), group.get("max_values"), least=1, most=CHOICES)
    _options(form, (*where, "options"), group, least=2 if radio else 1, most=CHOICES)


def _options(form: Form, where: Where, select: Json, *, least: int = 1, most: int = OPTIONS) -> None:
    options = form.objects(where, select.get("options"), least=least, most=most, required=True)
    values: set[str] = set()
    for index, option in options:
        at = (*where, index)
        for key in ("label", "value"):
            form.text((*at, key), option.get(key), most=OPTION, required=True)
        form.text((*at, "description"), option.get("description"), most=OPTION)
        _emoji(form, (*at, "emoji"), option.get("emoji"))
        if str(option.get("value")) in values:
            form.report(
                (*at, "value"),
                "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
                "The specified option value is already used",
            )
        values.add(str(option.get("value")))
    chosen = select.get("max_values")
    if options and isinstance(chosen, int) and chosen > len(options):
        form.report(where, "BASE_TYPE_BAD_LENGTH", "Must have at least max_values options.")


def _nested(*allowed: Kind, most: int) -> Check:
    def checked(form: Form, where: Where, component: Json) -> None:
        inside = (*where, "components")
        children = form.objects(inside, component.get("components"), least=1, most=most, required=True)
        for index, each in children:
            _check_one(form, (*inside, index), each, allowed)

    return checked


def _section(form: Form, where: Where, section: Json) -> None:
    _nested(Kind.TEXT, most=3)(form, where, section)
    accessory = section.get("accessory")
    if accessory is None:
        form.required((*where, "accessory"))
    elif form.object((*where, "accessory"), accessory):
        _check_one(form, (*where, "accessory"), accessory, (Kind.BUTTON, Kind.THUMBNAIL))


def _text(form: Form, where: Where, text: Json) -> None:
    form.text((*where, "content"), text.get("content"), most=V2_TEXT, required=True)


def _anything(form: Form, where: Where, component: Json) -> None:
    """Media and separators: a type alone is checked."""


CHECKS: dict[Kind, Check] = {
    Kind.ROW: _row,
    Kind.BUTTON: _button,
    **dict.fromkeys(SELECTS, _select),
    Kind.SECTION: _section,
    Kind.TEXT: _text,
    Kind.THUMBNAIL: _anything,
    Kind.GALLERY: _anything,
    Kind.FILE: _anything,
    Kind.SEPARATOR: _anything,
    Kind.CONTAINER: _nested(*(kind for kind in V2_TOP if kind is not Kind.CONTAINER), most=V2_IN_ALL),
}
