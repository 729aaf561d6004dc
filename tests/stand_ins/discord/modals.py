"""What Discord refuses in a modal: the form a person fills in."""

from tests.stand_ins.discord import components
from tests.stand_ins.discord.components import CUSTOM_ID, GROUPS, SELECTS, Kind
from tests.stand_ins.discord.entities import Json
from tests.stand_ins.discord.form import Form, Where

TITLE, LABEL, DESCRIPTION, PLACEHOLDER, VALUE = 45, 45, 100, 100, 4000
MOST = 5


def check(form: Form, modal: Json) -> None:
    """Reports what is wrong with a modal's title, custom id and inputs."""
    where: Where = ("data",)
    form.text((*where, "title"), modal.get("title"), most=TITLE, required=True)
    form.text((*where, "custom_id"), modal.get("custom_id"), most=CUSTOM_ID, required=True)
    inside = (*where, "components")
    children = form.objects(inside, modal.get("components"), least=1, most=MOST, required=True)
    for index, component in children:
        _top(form, (*inside, index), component)
    if not form.errors:
        _once(form, inside, [component for _, component in children])


def _once(form: Form, where: Where, children: list[Json]) -> None:
    ids = [each["custom_id"] for each in components.walk(children) if each.get("custom_id")]
    if len(ids) != len(set(ids)):
        form.report(where, "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated")


def _top(form: Form, where: Where, component: Json) -> None:
    """A row with one text input, a label with one input, or a text."""
    match component.get("type"):
        case Kind.ROW:
            inside = (*where, "components")
            for _, child in form.objects(inside, component.get("components"), least=1, most=1, required=True):
                _text_input(form, (*inside, 0), child, labelled=True)
        case Kind.LABEL:
            form.text((*where, "label"), component.get("label"), most=LABEL, required=True)
            form.text((*where, "description"), component.get("description"), most=DESCRIPTION)
            only = component.get("component")
            if form.object((*where, "component"), only):
                _input(form, (*where, "component"), only or {})
        case Kind.TEXT:
            form.text((*where, "content"), component.get("content"), most=VALUE, required=True)
        case other:
            form.choice((*where, "type"), other, (int(Kind.ROW), int(Kind.TEXT), int(Kind.LABEL)))


def _input(form: Form, where: Where, component: Json) -> None:
    if component.get("type") in SELECTS:
        components.CHECKS[Kind(component["type"])](form, where, component)
    elif component.get("type") in GROUPS:
        components.choices(form, where, component)
    else:
        _text_input(form, where, component, labelled=False)


def _text_input(form: Form, where: Where, component: Json, *, labelled: bool) -> None:
    if not form.choice((*where, "type"), component.get("type"), (int(Kind.TEXT_INPUT),)):
        return
    form.text((*where, "custom_id"), component.get("custom_id"), most=CUSTOM_ID, required=True)
    form.text((*where, "label"), component.get("label"), most=LABEL, required=labelled)
    form.choice((*where, "style"), component.get("style"), (1, 2))
    form.text((*where, "placeholder"), component.get("placeholder"), most=PLACEHOLDER)
    form.text((*where, "value"), component.get("value"), most=VALUE)
    form.number((*where, "min_length"), component.get("min_length"), least=0, most=VALUE)
    form.number((*where, "max_length"), component.get("max_length"), least=1, most=VALUE)
