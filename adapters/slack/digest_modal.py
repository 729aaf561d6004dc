"""The form that `/digest` opens, and what was filled in."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from slack_sdk.models.blocks import (
    Block,
    CheckboxesElement,
    ExternalDataSelectElement,
    InputBlock,
    NumberInputElement,
    Option,
    RadioButtonsElement,
    RichTextInputElement,
    StaticMultiSelectElement,
    StaticSelectElement,
)
from slack_sdk.models.views import View

from adapters.slack.digest_message import GROUP
from adapters.slack.escape import cut
from adapters.slack.render import plain, section
from bot.digests.schedule import DAYS, HOUR
from bot.digests.timezone_names import timezones_like
from bot.digests.wording import NAMES
from bot.model.digests import DigestKind, DigestOptions, WeeklySlot
from bot.model.newsletter import SectionCount

FORM: Final = "digest_form"
"""The callback id."""
KIND: Final = "digest:kind"
WHEN: Final = "digest:when"
TIME: Final = "digest:time"
ZONE: Final = "digest:zone"
START: Final = "digest:start"
HOW: Final = "digest:how"
SECTIONS: Final = "digest:sections"
MENTION: Final = "digest:mention"
"""Each field's block and action have the same id."""
_EACH: Final = "each"
_HIGHLIGHTS: Final = "highlights"
_FULL: Final = "full"
_THREAD: Final = "thread"
_HOWS: Final = {
    _HIGHLIGHTS: "Only what the newsletter highlighted",
    _FULL: "With the texts, not only as headlines",
    _THREAD: "What takes several messages goes in a thread",
}
_MOST_SECTIONS: Final = 100
_LABEL: Final = 75
_VALUE: Final = 150


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """The field that a problem belongs to."""

    name: str
    problem: str


def form_of(
    options: DigestOptions, sections: Sequence[str], timezone: str, *, metadata: str, lead: str
) -> dict[str, Any]:
    """The modal, filled in with the options, below a `lead`. `metadata` comes back with
    what was filled in; `timezone` is that of options without one.
    """
    view = View(
        type="modal",
        callback_id=FORM,
        private_metadata=metadata,
        title="Digests",
        submit="Change" if lead else "Subscribe",
        close="Cancel",
        blocks=[*([section(lead)] if lead else []), *_fields(options, sections, timezone)],
    )
    return dict(view.to_dict())


def section_names(counts: Sequence[SectionCount]) -> list[str]:
    """The newsletter's headings that fit a menu, in its order."""
    names = dict.fromkeys(step for count in counts for step in count.path)
    return [name for name in names if name.strip() and len(name) <= _VALUE]


def zone_options(typed: str) -> list[dict[str, Any]]:
    """Timezones that begin as what was typed so far."""
    return [_option(timezone, timezone).to_dict() for timezone in timezones_like(typed)]


def filled_in(state: Mapping[str, Any]) -> DigestOptions | Field:
    """The options that the form's values make, or the field that is wrong."""
    values = {name: value for block in state["values"].values() for name, value in block.items()}
    kind, when = DigestKind(_picked(values, KIND)), _picked(values, WHEN)
    hows = {option["value"] for option in values.get(HOW, {}).get("selected_options") or ()}
    slot = None
    if when != _EACH:
        slot = WeeklySlot(weekday=int(when), hour=int(_picked(values, TIME)), timezone=_picked(values, ZONE))
    if kind is DigestKind.CLUB and slot is None:
        return Field(name=WHEN, problem="A reading club needs a day of the week.")
    mention = _mentioned(values.get(MENTION, {}).get("rich_text_value"))
    if mention is None:
        return Field(name=MENTION, problem="Mention one user group, as you would in a message: @readers.")
    start = values.get(START, {}).get("value")
    return DigestOptions(
        kind=kind,
        slot=slot,
        sections=tuple(option["value"] for option in values.get(SECTIONS, {}).get("selected_options") or ()),
        highlights=_HIGHLIGHTS in hows,
        full=_FULL in hows,
        thread=_THREAD in hows,
        mention=mention,
        start=int(start) if start and kind is DigestKind.CLUB else 1,
    )


def field_of(options: DigestOptions, problem: str) -> Field:
    """The field that a sentence about a problem belongs to."""
    if options.kind is DigestKind.CLUB and f"AN #{options.start}" in problem:
        return Field(name=START, problem=problem)
    if any(f"“{name}”" in problem for name in options.sections):
        return Field(name=SECTIONS, problem=problem)
    return Field(name=WHEN, problem=problem)


def _fields(options: DigestOptions, sections: Sequence[str], timezone: str) -> Iterator[Block]:
    slot = options.slot or WeeklySlot(weekday=0, hour=HOUR, timezone=timezone)
    kinds = [_option(name, kind.value) for kind, name in NAMES.items()]
    whens = [_option("As each issue appears", _EACH)]
    whens += [_option(f"Weekly, on {day}s", str(number)) for number, day in enumerate(DAYS)]
    hours = [_option(f"{hour:02d}:00", str(hour)) for hour in range(24)]
    when = whens[slot.weekday + 1] if options.slot else whens[0]
    chosen = kinds[list(NAMES).index(options.kind)]
    yield _input(KIND, "What", RadioButtonsElement(action_id=KIND, options=kinds, initial_option=chosen))
    yield _input(WHEN, "When", StaticSelectElement(action_id=WHEN, options=whens, initial_option=when))
    hour = StaticSelectElement(action_id=TIME, options=hours, initial_option=hours[slot.hour])
    yield _input(TIME, "Hour, if weekly", hour)
    yield _input(ZONE, "Timezone of that hour", _zone_menu(slot.timezone))
    number = NumberInputElement(
        action_id=START, is_decimal_allowed=False, min_value="1", initial_value=str(options.start)
    )
    yield _input(START, "The reading club begins with AN #", number, optional=True)
    yield _input(HOW, "How", _how_boxes(options), optional=True)
    if sections:
        hint = "All if none is chosen."
        yield _input(SECTIONS, "Sections", _section_menu(options, sections), optional=True, hint=hint)
    hint = "Whom each digest notifies: nobody if it is empty."
    yield _input(MENTION, "User group to mention", _mention_box(options.mention), optional=True, hint=hint)


def _zone_menu(timezone: str) -> ExternalDataSelectElement:
    return ExternalDataSelectElement(
        action_id=ZONE, initial_option=_option(timezone, timezone), min_query_length=1
    )


def _how_boxes(options: DigestOptions) -> CheckboxesElement:
    boxes = {name: _option(label, name) for name, label in _HOWS.items()}
    ticked = {_HIGHLIGHTS: options.highlights, _FULL: options.full, _THREAD: options.thread}
    initial = [boxes[name] for name, on in ticked.items() if on]
    return CheckboxesElement(action_id=HOW, options=list(boxes.values()), initial_options=initial or None)


def _section_menu(options: DigestOptions, sections: Sequence[str]) -> StaticMultiSelectElement:
    names = list(dict.fromkeys((*options.sections, *sections)))[:_MOST_SECTIONS]
    offered = {name: _option(cut(name, _LABEL), name) for name in names}
    initial = [offered[name] for name in options.sections if name in offered]
    return StaticMultiSelectElement(
        action_id=SECTIONS,
        options=list(offered.values()),
        initial_options=initial or None,
    )


def _mention_box(mention: str) -> RichTextInputElement:
    """A box in which a mention stays one: it gives the group's id without a scope."""
    group = {"type": "usergroup", "usergroup_id": mention}
    line = {"type": "rich_text_section", "elements": [group]}
    initial = {"type": "rich_text", "elements": [line]} if GROUP.fullmatch(mention) else None
    return RichTextInputElement(action_id=MENTION, initial_value=initial)


def _mentioned(rich_text: Mapping[str, Any] | None) -> str | None:
    """The id of the one group that a rich text mentions, "" if it is empty; None for anything else."""
    lines = (rich_text or {}).get("elements") or ()
    parts = [part for line in lines for part in line.get("elements") or ()]
    match [part for part in parts if part.get("type") != "text" or str(part.get("text", "")).strip()]:
        case []:
            return ""
        case [{"type": "usergroup", "usergroup_id": str(group)}] if GROUP.fullmatch(group):
            return group
        case _:
            return None


def _input(name: str, label: str, element: Any, *, optional: bool = False, hint: str = "") -> InputBlock:
    shown = plain(hint) if hint else None
    return InputBlock(
        block_id=name, label=plain(label), element=element, optional=optional or None, hint=shown
    )


def _option(label: str, value: str) -> Option:
    return Option(text=plain(label), value=value)


def _picked(values: Mapping[str, Any], name: str) -> str:
    return str(values[name]["selected_option"]["value"])
