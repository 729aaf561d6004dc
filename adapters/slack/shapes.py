"""The shape of what Slack sends, where the bot would trip over another one.

Only what is for the bot is looked at, and of that only what it takes as it comes. All else may be as it
likes: fields and kinds that are new, and what only bolt reads.
https://docs.slack.dev/reference/interaction-payloads
"""

from collections.abc import Mapping
from typing import Annotated, Any, Final, TypeAlias

import msgspec

COMPOSER: Final = "composer"
"""The source of links in a message that is being written."""
Id: TypeAlias = Annotated[str, msgspec.Meta(max_length=255)]
"""It becomes part of addresses."""
_Address: TypeAlias = Annotated[
    str, msgspec.Meta(pattern=r"^(https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?([/?][^\s]{0,500})?)?$")
]
_Empty: TypeAlias = Annotated[list[Any], msgspec.Meta(max_length=0)]
"""How Slack writes an object that is empty, at times."""


class Command(msgspec.Struct):
    """A slash command that was used."""

    command: str
    team_id: Id
    channel_id: Id
    user_id: Id
    trigger_id: str
    text: str | None = None
    channel_name: str | None = None
    response_url: _Address | None = None
    enterprise_id: Id | None = None


class Named(msgspec.Struct):
    """A workspace, a channel or an organisation."""

    id: Id


class User(msgspec.Struct):
    """Who did something."""

    id: Id
    team_id: Id | None = None


class Picked(msgspec.Struct):
    """An option that was chosen."""

    value: str


class Value(msgspec.Struct):
    """A field, or an element that was used."""

    value: str | None = None
    selected_option: Picked | None = None
    selected_options: list[Picked] | None = None
    selected_conversation: Id | None = None
    rich_text_value: dict[str, Any] | None = None


class Element(Value, kw_only=True):
    """An element that was used."""

    type: str
    action_id: str
    block_id: str | None = None


class State(msgspec.Struct):
    """The fields of a form, by block and name."""

    values: dict[str, dict[str, Value]] | _Empty = {}


class View(msgspec.Struct):
    """A form, a window or the App Home."""

    id: Id
    app_installed_team_id: Id | None = None
    private_metadata: str | None = None
    state: State | _Empty | None = None
    blocks: list[dict[str, Any]] = []


class Interaction(msgspec.Struct):
    """Somebody did something."""

    user: User
    team: Named | None = None
    enterprise: Named | None = None
    channel: Named | None = None
    view: View | None = None
    trigger_id: str | None = None
    response_url: _Address | None = None


class Press(Interaction, kw_only=True):
    """Somebody used an element of a message or a view."""

    actions: Annotated[list[Element], msgspec.Meta(min_length=1)]
    message: dict[str, Any] | None = None
    container: dict[str, Any] | None = None


class Shortcut(Interaction, kw_only=True):
    """Somebody used a shortcut of a message."""

    message: dict[str, Any]


class Submission(Interaction, kw_only=True):
    """Somebody filled in a form."""

    view: View


class Authorization(msgspec.Struct):
    """By whose installation an event is told."""

    team_id: Id | None = None
    enterprise_id: Id | None = None


class Event(msgspec.Struct):
    """Something happened; what, is another shape's."""

    event_id: str
    team_id: Id | None = None
    context_team_id: Id | None = None
    enterprise_id: Id | None = None
    authorizations: list[Authorization] | None = None


class Message(msgspec.Struct):
    """A message; of what is no person's Slack tells less."""

    ts: Id | None = None
    thread_ts: Id | None = None
    user: Id | None = None
    subtype: str | None = None
    text: str | None = None


class Written(Message, kw_only=True):
    """A message was written, edited or deleted."""

    channel: Id
    message: Message | None = None
    previous_message: Message | None = None
    deleted_ts: Id | None = None


class Link(msgspec.Struct):
    """An address in a message."""

    url: str


class Shared(msgspec.Struct):
    """Links were shared. A message that is still being composed is nowhere yet."""

    links: list[Link]
    user: Id | None = None
    channel: Id | None = None
    message_ts: Id | None = None
    unfurl_id: str | None = None
    source: str | None = None

    def __post_init__(self) -> None:
        """Raise ValueError if it does not say where a preview goes."""
        needed = ("unfurl_id",) if self.source == COMPOSER else ("channel", "message_ts")
        if not all(getattr(self, name) for name in needed):
            raise ValueError(f"it needs {' and '.join(needed)}")


class Opened(msgspec.Struct):
    """Somebody opened the App Home."""

    user: Id


_INTERACTIONS: Final[Mapping[str, type[Interaction]]] = {
    "block_actions": Press,
    "message_action": Shortcut,
    "view_submission": Submission,
}
_EVENTS: Final[Mapping[str, Any]] = {
    "message": Written,
    "link_shared": Shared,
    "app_home_opened": Opened,
    "app_uninstalled": dict[str, Any],
    "tokens_revoked": dict[str, Any],
}


def check(body: Any) -> None:
    """Raise msgspec.ValidationError for a body that the bot would trip over; its sentence has nothing of the body.

    Raises UnicodeEncodeError for one that is no text.
    """
    msgspec.json.encode(body)
    match body:
        case {"command": _}:
            msgspec.convert(body, Command)
        case {"event": {"type": str(kind)} as event} if kind in _EVENTS:
            msgspec.convert(body, Event)
            msgspec.convert(event, _EVENTS[kind])
        case {"type": str(kind)} if kind in _INTERACTIONS:
            msgspec.convert(body, _INTERACTIONS[kind])
        case _:  # what the bot has no use for, such as Slack's question whether the address is right
            msgspec.convert(body, dict[str, Any])
