"""The shape of what Slack sends, as far as the bot leans on it.

https://docs.slack.dev/reference/interaction-payloads
"""

from typing import Annotated, Any, Final, TypeAlias

import msgspec

Id: TypeAlias = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9._|-]{0,255}$")]
_Address: TypeAlias = Annotated[
    str, msgspec.Meta(pattern=r"^(https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[\w./-]{0,500})?)?$")
]
_Objects: TypeAlias = list[dict[str, Any]]


class Named(msgspec.Struct):
    """A workspace, a channel or an organisation."""

    id: Id


class User(msgspec.Struct):
    """Who did something."""

    id: Id
    team_id: Id | None = None


class Command(msgspec.Struct):
    """A slash command that was used."""

    command: str
    team_id: Id
    channel_id: Id
    user_id: Id
    trigger_id: Id
    text: str | None = None
    channel_name: str | None = None
    response_url: _Address = ""
    enterprise_id: Id | None = None


class Picked(msgspec.Struct):
    """An option that was chosen."""

    value: str


class Value(msgspec.Struct):
    """A field, or an element that was used."""

    type: str
    action_id: str | None = None
    block_id: str | None = None
    value: str | None = None
    selected_option: Picked | None = None
    selected_options: list[Picked] | None = None
    selected_conversation: Id | None = None
    rich_text_value: dict[str, Any] | None = None


class State(msgspec.Struct):
    """The fields of a form, by block and name."""

    values: dict[str, dict[str, Value]] = {}


class Block(msgspec.Struct):
    """A part of a message or a view."""

    type: str
    block_id: str | None = None
    elements: _Objects | None = None


class View(msgspec.Struct):
    """A form, a window or the App Home."""

    id: Id
    type: str
    hash: str
    callback_id: str = ""
    private_metadata: str = ""
    app_installed_team_id: Id | None = None
    team_id: Id | None = None
    state: State | None = None
    blocks: list[Block] = []


class Message(msgspec.Struct):
    """A message; of one that somebody sees alone Slack tells less."""

    ts: Id | None = None
    thread_ts: Id | None = None
    user: Id | None = None
    bot_id: Id | None = None
    subtype: str | None = None
    text: str | None = None
    blocks: list[Block] | None = None
    attachments: _Objects | None = None


class Container(msgspec.Struct):
    """What an element that was used is in."""

    message_ts: Id | None = None
    is_ephemeral: bool | None = None
    app_unfurl_url: str | None = None


class Interaction(msgspec.Struct):
    """Somebody used an element, a form or a shortcut, or typed into a menu."""

    type: str
    user: User
    team: Named | None = None
    enterprise: Named | None = None
    channel: Named | None = None
    view: View | None = None
    message: Message | None = None
    container: Container | None = None
    actions: list[Value] | None = None
    callback_id: str | None = None
    action_id: str | None = None
    block_id: str | None = None
    value: str | None = None
    trigger_id: Id = ""
    response_url: _Address = ""

    def __post_init__(self) -> None:
        """Raise ValueError if it lacks what it is about."""
        needed = _ABOUT.get(self.type)
        if needed and not getattr(self, needed):
            raise ValueError(f"{self.type} needs {needed}")


class Link(msgspec.Struct):
    """An address in a message."""

    url: str
    domain: str | None = None


class Tokens(msgspec.Struct):
    """Whose tokens ended."""

    bot: list[Id] | None = None


class Happening(msgspec.Struct):
    """What an event is about."""

    type: str
    user: Id | None = None
    channel: Id | None = None
    text: str | None = None
    ts: Id | None = None
    thread_ts: Id | None = None
    subtype: str | None = None
    bot_id: Id | None = None
    message: Message | None = None
    previous_message: Message | None = None
    deleted_ts: Id | None = None
    links: list[Link] | None = None
    message_ts: Id | None = None
    unfurl_id: Id | None = None
    source: str | None = None
    tab: str | None = None
    tokens: Tokens | None = None

    def __post_init__(self) -> None:
        """Raise ValueError if an event that the bot hears of lacks where or by whom."""
        needed = _NEEDED.get(self.type, ())
        if not all(getattr(self, name) for name in needed):
            raise ValueError(f"{self.type} needs {' and '.join(needed)}")


class Authorization(msgspec.Struct):
    """By whose installation an event is told."""

    team_id: Id | None = None
    enterprise_id: Id | None = None
    user_id: Id | None = None


class Event(msgspec.Struct):
    """Something happened."""

    event: Happening
    event_id: Id
    team_id: Id | None = None
    context_team_id: Id | None = None
    enterprise_id: Id | None = None
    authorizations: list[Authorization] | None = None


_ABOUT: Final = {"message_action": "message", "block_actions": "actions", "view_submission": "view"}
_NEEDED: Final = {
    "message": ("channel",),
    "app_home_opened": ("user",),
    "link_shared": ("channel", "message_ts"),
}


def check(body: Any) -> None:
    """Raise msgspec.ValidationError for a body that is none of Slack's; its sentence has nothing of the body.

    Raises UnicodeEncodeError for one that is no text.
    """
    msgspec.json.encode(body)
    match body:
        case {"command": _}:
            msgspec.convert(body, Command)
        case {"event": _}:
            msgspec.convert(body, Event)
        case {"user": _}:
            msgspec.convert(body, Interaction)
        case _:  # such as Slack's question whether the address is right
            msgspec.convert(body, dict[str, Any])
