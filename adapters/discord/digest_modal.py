"""The form that `/digest here` opens, and what was filled in.

A modal has at most five fields, and Discord changes none of them while it is open. So it
shows the fields of one kind of digest in one channel; what it does not show stays as it is.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import discord
import msgspec
from discord.ui import CheckboxGroup, Item, Label, Modal, RoleSelect, Select, TextInput

from adapters.discord.destination import MOST_TAGS, Destination
from adapters.discord.escape import cut, harmless
from bot.digests.options import format_when, parse_when
from bot.digests.wording import NAMES
from bot.errors import InputError
from bot.lookup.requests import issue_number
from bot.model.digests import DigestKind, DigestOptions
from bot.model.newsletter import SectionCount

FORM: Final = re.compile(r"digest:(?P<kind>news|club):(?P<change>[01]):(?P<channel>[0-9]{1,20})")
"""The custom ids of our forms: the kind, whether it changes a digest, and the channel."""
_WHEN: Final = "when"
_START: Final = "start"
_HOW: Final = "how"
_SECTIONS: Final = "sections"
_MENTION: Final = "mention"
_TAGS: Final = "tags"
_HIGHLIGHTS: Final = "highlights"
_FULL: Final = "full"
_THREAD: Final = "thread"
_PUBLISH: Final = "publish"
_ID: Final = re.compile(r"[0-9]{1,20}")
_NO_FORM: Final = "That form is not as Discord sends them, so nothing was done."
_MOST_OPTIONS: Final = 25
_TITLE: Final = 45
_LABEL: Final = 100


class _Field(msgspec.Struct):
    """A field as Discord sends it."""

    custom_id: str
    value: str | None = None
    values: list[str] | None = None


class _Row(msgspec.Struct):
    """What a field is in; a text between the fields has none."""

    component: _Field | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What a form says. `when` and `start` are as typed; the slot and the start of the
    `options` are those before. With `change`, the channel has a digest of that kind.
    """

    options: DigestOptions
    when: str
    start: str
    change: bool

    @classmethod
    def in_with(cls, options: DigestOptions, *, change: bool) -> "Filled":
        """A form with these options."""
        when = format_when(options.slot)
        return cls(options=options, when=when, start=str(options.start), change=change)

    def read(self, timezone: str) -> DigestOptions | str:
        """The options, or what is wrong with them. `timezone` is that of an hour without one."""
        slot = parse_when(self.when, self.options.slot.timezone if self.options.slot else timezone)
        if isinstance(slot, str):
            return slot
        start = issue_number(self.start)
        if start is None:
            return f"“{self.start[:40]}” is not the number of an issue. Such as: 58."
        return replace(self.options, slot=slot, start=start)


def form_of(destination: Destination, filled: Filled, sections: Sequence[SectionCount]) -> Modal:
    """The form, filled in. discord.py forgets it at once: its custom id says all that is needed."""
    options = filled.options
    title = f"{NAMES[options.kind]} in #{destination.name}"
    channel = destination.place.channel
    custom_id = f"digest:{options.kind.value}:{int(filled.change)}:{channel}"
    modal = Modal(title=cut(harmless(title), _TITLE), custom_id=custom_id)
    for field in _fields(destination, filled, sections):
        modal.add_item(field)
    modal.stop()
    return modal


def filled_in(
    data: Mapping[str, Any], destination: Destination, base: DigestOptions, *, change: bool
) -> Filled:
    """What was filled in. What the form does not show stays as it is in the `base`.

    Raises InputError for what no client sends.
    """
    values = _values(data)
    mention = next(iter(values.get(_MENTION) or ()), "")
    if mention and not _ID.fullmatch(mention):
        raise InputError(_NO_FORM)
    hows = set(values.get(_HOW) or ())
    options = replace(
        base,
        highlights=_HIGHLIGHTS in hows,
        full=_FULL in hows,
        thread=_THREAD in hows if destination.has_threads else base.thread,
        publish=_PUBLISH in hows if destination.is_announcing else base.publish,
        sections=tuple(values[_SECTIONS] or ()) if _SECTIONS in values else base.sections,
        tags=tuple(values[_TAGS] or ()) if _TAGS in values else base.tags,
        mention=mention,
    )
    start = str(values.get(_START) or base.start)
    return Filled(options=options, when=str(values.get(_WHEN) or ""), start=start, change=change)


def _values(data: Mapping[str, Any]) -> dict[str, Any]:
    """What the fields hold, by their names: a text, or a list of what was chosen."""
    try:
        rows = msgspec.convert(data.get("components"), list[_Row])
    except msgspec.ValidationError as error:
        raise InputError(_NO_FORM) from error
    fields = [row.component for row in rows if row.component]
    return {field.custom_id: field.value if field.values is None else field.values for field in fields}


def _fields(
    destination: Destination, filled: Filled, sections: Sequence[SectionCount]
) -> Iterator[Label[Any]]:
    """At most five."""
    club = filled.options.kind is DigestKind.CLUB
    often = (
        "A day and an hour: Monday 9 Europe/London" if club else "As each appears, or: Monday 9 Europe/London"
    )
    when: TextInput[Any] = TextInput(custom_id=_WHEN, default=filled.when, max_length=100)
    yield Label(text="When", description=often, component=when)
    if club:
        number: TextInput[Any] = TextInput(custom_id=_START, default=filled.start, max_length=20)
        yield Label(text="The club begins with AN #", component=number)
    yield Label(text="How", component=_hows(destination, filled.options))
    offered = _offered_sections(filled.options, sections)
    if offered and not (club and destination.tags):  # or there would be six
        yield Label(text="Sections", description="All if you choose none.", component=offered)
    yield Label(
        text="Role to mention", description="Nobody if you choose none.", component=_role(filled.options)
    )
    if destination.tags:
        needed = "This forum requires one." if destination.tag_required else "None if you choose none."
        yield Label(
            text="Tags of each post", description=needed, component=_tags(destination, filled.options)
        )


def _hows(destination: Destination, options: DigestOptions) -> Item[Any]:
    boxes = [
        (_HIGHLIGHTS, "Only what the newsletter highlighted", options.highlights),
        (_FULL, "Whole summaries instead of headlines", options.full),
    ]
    if destination.has_threads:
        boxes.append((_THREAD, "A thread below each, for its other parts and for discussion", options.thread))
    if destination.is_announcing:
        boxes.append((_PUBLISH, "Publish it to the channels that follow this one", options.publish))
    return CheckboxGroup(
        custom_id=_HOW,
        required=False,
        min_values=0,
        max_values=len(boxes),
        options=[
            discord.CheckboxGroupOption(label=label, value=value, default=on) for value, label, on in boxes
        ],
    )


def _offered_sections(options: DigestOptions, sections: Sequence[SectionCount]) -> Item[Any] | None:
    """Those that are chosen, and the largest of the others, in the newsletter's order."""
    sizes: dict[str, int] = {}
    for each in sections:
        for step in each.path:
            sizes[step] = sizes.get(step, 0) + each.count
    fit = [name for name in sizes if name.strip() and len(name) <= _LABEL]
    largest = sorted(fit, key=lambda name: (name not in options.sections, -sizes[name]))[:_MOST_OPTIONS]
    offered = [name for name in fit if name in largest]
    if not offered:
        return None
    return _menu(_SECTIONS, [(name, name) for name in offered], options.sections, len(offered))


def _role(options: DigestOptions) -> Item[Any]:
    kind = discord.SelectDefaultValueType.role
    chosen = [discord.SelectDefaultValue(id=int(options.mention), type=kind)] if options.mention else []
    return RoleSelect(custom_id=_MENTION, required=False, min_values=0, max_values=1, default_values=chosen)


def _tags(destination: Destination, options: DigestOptions) -> Item[Any]:
    tags = list(destination.tags.items())[:_MOST_OPTIONS]
    most = min(MOST_TAGS, len(tags))
    return _menu(_TAGS, tags, options.tags, most, required=destination.tag_required)


def _menu(
    name: str, pairs: Sequence[tuple[str, str]], chosen: Sequence[str], most: int, *, required: bool = False
) -> Item[Any]:
    options = [
        discord.SelectOption(
            label=cut(harmless(label), _LABEL) or value, value=value, default=value in chosen
        )
        for value, label in pairs
    ]
    menu: Select[Any] = Select(
        custom_id=name, required=required, min_values=int(required), max_values=most, options=options
    )
    return menu
