"""The form that `/digest` opens, and what was filled in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import msgspec
from slack_sdk.models.views import View

from adapters.slack.digest_fields import (
    CHANNEL,
    DAY,
    EACH,
    FULL,
    HIGHLIGHTS,
    HOW,
    KIND,
    MENTION,
    SECTIONS,
    START,
    THREAD,
    TIME,
    WHEN,
    ZONE,
    channel_field,
    fields_of,
    option_of,
)
from adapters.slack.digest_message import GROUP
from adapters.slack.events import objects
from adapters.slack.render import section
from bot.digests.schedule import HOUR
from bot.digests.timezone_names import timezones_like
from bot.errors import InputError
from bot.model.digests import DigestKind, DigestOptions, WeeklySlot
from bot.model.newsletter import SectionCount

FORM: Final = "digest_form"
"""The callback id."""
_VALUE: Final = 150


class Metadata(msgspec.Struct):
    """What the form brings back: the command's channel, the response_url that came along, the
    kind of digest that it changes, "" for none, and the person's timezone.
    """

    channel: str
    address: str
    changes: str
    timezone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """The field that a problem belongs to."""

    name: str
    problem: str


def form_of(
    options: DigestOptions, sections: Sequence[str], metadata: Metadata, lead: str = ""
) -> dict[str, Any]:
    """The modal, filled in with the options, below a `lead`, with the fields that apply to them.
    `metadata` comes back with what was filled in.
    """
    view = View(
        type="modal",
        callback_id=FORM,
        private_metadata=msgspec.json.encode(metadata).decode(),
        title="Digests",
        submit="Change" if lead else "Subscribe",
        close="Cancel",
        blocks=[
            *([section(lead)] if lead else []),
            *channel_field(metadata.channel),
            *fields_of(options, sections, metadata.timezone),
        ],
    )
    return dict(view.to_dict())


def shown_again(view: Mapping[str, Any], sections: Sequence[str]) -> dict[str, Any]:
    """The open form with the fields that apply to what was chosen in it so far, which stays."""
    metadata = metadata_of(view)
    options = _chosen(_values(view), metadata.timezone)
    fields = (
        *channel_field(channel_in(view)),
        *fields_of(options, sections, metadata.timezone),
    )
    leads = [block for block in view["blocks"] if block.get("type") == "section"]
    unchanged = ("type", "callback_id", "private_metadata", "title", "submit", "close")
    return {
        **{name: view[name] for name in unchanged if name in view},
        "blocks": [*leads, *(field.to_dict() for field in fields)],
    }


def metadata_of(view: Mapping[str, Any]) -> Metadata:
    """What the form was given to bring back. Raises InputError if it does not, as one of another version."""
    try:
        return msgspec.json.decode(view.get("private_metadata") or "", type=Metadata)
    except msgspec.DecodeError as error:
        raise InputError("This form cannot be read any more. Open it anew with `/digest here`.") from error


def channel_in(view: Mapping[str, Any]) -> str:
    """The channel that was chosen, that of the command if there was no choice."""
    chosen = _values(view).get(CHANNEL, {}).get("selected_conversation")
    return str(chosen or metadata_of(view).channel)


def section_names(counts: Sequence[SectionCount]) -> list[str]:
    """The newsletter's headings that fit a menu, in its order."""
    names = dict.fromkeys(step for count in counts for step in count.path)
    return [name for name in names if name.strip() and len(name) <= _VALUE]


def zone_options(typed: str) -> list[dict[str, Any]]:
    """Timezones that begin as what was typed so far."""
    return [option_of(timezone, timezone).to_dict() for timezone in timezones_like(typed)]


def filled_in(view: Mapping[str, Any]) -> DigestOptions | Field:
    """The options that the form's values make, or the field that is wrong."""
    values = _values(view)
    try:
        options = _chosen(values, metadata_of(view).timezone)
    except InputError as error:
        return Field(name=KIND, problem=str(error))
    if options.kind is DigestKind.CLUB and _picked(values, WHEN) == EACH:
        return Field(name=WHEN, problem="A reading club needs a day of the week.")
    mention = _mentioned(values.get(MENTION, {}).get("rich_text_value"))
    if mention is None:
        return Field(name=MENTION, problem="Mention one user group, as you would in a message: @readers.")
    return replace(options, mention=mention)


def _values(view: Mapping[str, Any]) -> dict[str, Any]:
    """The values of the fields by their names."""
    values = (view.get("state") or {}).get("values") or {}  # what is empty, Slack may write as a list
    return {name: value for block in values.values() for name, value in block.items()}


def _chosen(values: Mapping[str, Any], timezone: str) -> DigestOptions:
    """What was chosen so far; a club has a day. The mention may be none of a group."""
    kind, when = DigestKind(_picked(values, KIND)), _picked(values, DAY) or _picked(values, WHEN)
    hows = {option["value"] for option in values.get(HOW, {}).get("selected_options") or ()}
    slot = None
    if when != EACH or kind is DigestKind.CLUB:
        slot = WeeklySlot(
            weekday=0 if when == EACH else int(when),
            hour=int(_picked(values, TIME) or HOUR),
            timezone=_picked(values, ZONE) or timezone,
        )
    start = values.get(START, {}).get("value")
    return DigestOptions(
        kind=kind,
        slot=slot,
        sections=tuple(option["value"] for option in values.get(SECTIONS, {}).get("selected_options") or ()),
        highlights=HIGHLIGHTS in hows,
        full=FULL in hows,
        thread=THREAD in hows,
        mention=_mentioned(values.get(MENTION, {}).get("rich_text_value")) or "",
        start=int(start) if start and kind is DigestKind.CLUB else 1,
    )


def field_of(view: Mapping[str, Any], options: DigestOptions, problem: str) -> Field:
    """The field of the form that a sentence about a problem belongs to."""
    if options.kind is DigestKind.CLUB and f"AN #{options.start}" in problem:
        return Field(name=START, problem=problem)
    if any(f"“{name}”" in problem for name in options.sections):
        return Field(name=SECTIONS, problem=problem)
    return Field(name=DAY if DAY in _values(view) else WHEN, problem=problem)


def _mentioned(rich_text: Mapping[str, Any] | None) -> str | None:
    """The id of the one group that a rich text mentions, "" if it is empty; None for anything else."""
    lines = objects((rich_text or {}).get("elements"))
    parts = [part for line in lines for part in objects(line.get("elements"))]
    match [part for part in parts if part.get("type") != "text" or str(part.get("text", "")).strip()]:
        case []:
            return ""
        case [{"type": "usergroup", "usergroup_id": str(group)}] if GROUP.fullmatch(group):
            return group
        case _:
            return None


def _picked(values: Mapping[str, Any], name: str) -> str:
    """The value that was picked, "" if the field was not shown."""
    return str(((values.get(name) or {}).get("selected_option") or {}).get("value", ""))
