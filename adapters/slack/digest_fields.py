"""The fields of the form that `/digest` opens: those that apply to what is chosen."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from slack_sdk.models.blocks import (
    Block,
    CheckboxesElement,
    ConversationFilter,
    ConversationSelectElement,
    ExternalDataSelectElement,
    InputBlock,
    NumberInputElement,
    Option,
    RadioButtonsElement,
    RichTextInputElement,
    StaticMultiSelectElement,
    StaticSelectElement,
)

from adapters.slack.digest_message import GROUP
from adapters.slack.escape import cut
from adapters.slack.render import plain
from bot.digests.schedule import DAYS, HOUR
from bot.digests.wording import NAMES
from bot.model.digests import DigestKind, DigestOptions, WeeklySlot

CHANNEL: Final = "digest:channel"
KIND: Final = "digest:kind"
WHEN: Final = "digest:when"
DAY: Final = "digest:day"
"""In place of `WHEN` for a reading club: Slack keeps what was chosen in a field of the same name,
also if it is no choice there any more.
"""
TIME: Final = "digest:time"
ZONE: Final = "digest:zone"
START: Final = "digest:start"
HOW: Final = "digest:how"
SECTIONS: Final = "digest:sections"
MENTION: Final = "digest:mention"
"""Each field's block and action have the same id."""
EACH: Final = "each"
HIGHLIGHTS: Final = "highlights"
FULL: Final = "full"
THREAD: Final = "thread"
_HOWS: Final = {
    HIGHLIGHTS: "Only what the newsletter highlighted",
    FULL: "With the texts, not only as headlines",
    THREAD: "A thread below each, for its other parts and for discussion",
}
_MOST_SECTIONS: Final = 100
_LABEL: Final = 75


def channel_field(channel: str) -> Iterator[Block]:
    """The channel, named as Slack does; none in a direct message, which is no choice of others."""
    if not channel.startswith("D"):
        menu = ConversationSelectElement(
            action_id=CHANNEL,
            initial_conversation=channel,
            filter=ConversationFilter(include=["public", "private"]),
        )
        yield _input(CHANNEL, "Channel", menu)


def fields_of(options: DigestOptions, sections: Sequence[str], timezone: str) -> Iterator[Block]:
    """The fields below the channel, filled in with the options; `timezone` is that of a new hour."""
    club = options.kind is DigestKind.CLUB
    kinds = [option_of(name, kind.value) for kind, name in NAMES.items()]
    chosen = kinds[list(NAMES).index(options.kind)]
    what = RadioButtonsElement(action_id=KIND, options=kinds, initial_option=chosen)
    yield _heard(_input(KIND, "What", what))
    days = [option_of(f"Weekly, on {day}s", str(number)) for number, day in enumerate(DAYS)]
    whens = days if club else [option_of("As each issue appears", EACH), *days]
    slot = options.slot or (WeeklySlot(weekday=0, hour=HOUR, timezone=timezone) if club else None)
    when = days[slot.weekday] if slot else whens[0]
    name = DAY if club else WHEN
    field = _input(name, "When", StaticSelectElement(action_id=name, options=whens, initial_option=when))
    yield field if club else _heard(field)
    if slot:
        hours = [option_of(f"{hour:02d}:00", str(hour)) for hour in range(24)]
        hour = StaticSelectElement(action_id=TIME, options=hours, initial_option=hours[slot.hour])
        yield _input(TIME, "Hour", hour)
        yield _input(ZONE, "Timezone of that hour", _zone_menu(slot.timezone))
    if club:
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
        action_id=ZONE, initial_option=option_of(timezone, timezone), min_query_length=1
    )


def _how_boxes(options: DigestOptions) -> CheckboxesElement:
    boxes = {name: option_of(label, name) for name, label in _HOWS.items()}
    ticked = {HIGHLIGHTS: options.highlights, FULL: options.full, THREAD: options.thread}
    initial = [boxes[name] for name, on in ticked.items() if on]
    return CheckboxesElement(action_id=HOW, options=list(boxes.values()), initial_options=initial or None)


def _section_menu(options: DigestOptions, sections: Sequence[str]) -> StaticMultiSelectElement:
    names = list(dict.fromkeys((*options.sections, *sections)))[:_MOST_SECTIONS]
    offered = {name: option_of(cut(name, _LABEL), name) for name in names}
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


def _input(name: str, label: str, element: Any, *, optional: bool = False, hint: str = "") -> InputBlock:
    shown = plain(hint) if hint else None
    return InputBlock(
        block_id=name, label=plain(label), element=element, optional=optional or None, hint=shown
    )


def _heard(field: InputBlock) -> InputBlock:
    """The field, of whose choices we hear at once, to show what applies to them."""
    field.dispatch_action = True
    return field


def option_of(label: str, value: str) -> Option:
    """An option of a menu."""
    return Option(text=plain(label), value=value)
