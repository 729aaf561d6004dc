"""The shape of what Discord's gateway tells, as far as the bot and discord.py lean on it.

https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object
"""

from collections.abc import Mapping
from typing import Annotated, Any, Final, TypeAlias

import msgspec

Id: TypeAlias = Annotated[str, msgspec.Meta(pattern="^[1-9][0-9]{0,19}$")]
_Token: TypeAlias = Annotated[str, msgspec.Meta(pattern=r"^[^\s/?#]{1,2000}$")]
"""It is part of the address that an answer goes to."""
_Number: TypeAlias = Annotated[str, msgspec.Meta(pattern="^[0-9]{1,30}$")]

_ROW: Final = 1
_ROW_WIDTH: Final = 5
_ROWS: Final = 5
_LAID_OUT: Final = 1 << 15
"""The flag of a message that is all components."""
_MENUS: Final = frozenset({3, 5, 6, 7, 8})


class User(msgspec.Struct):
    """A person or a bot."""

    id: Id
    username: str
    global_name: str | None = None
    bot: bool = False


class Asker(User, kw_only=True):
    """Whoever writes or asks: without all of this discord.py has nobody."""

    discriminator: str
    avatar: str | None


class Member(msgspec.Struct):
    """Somebody in a server; in a message without the user."""

    user: User | None = None
    roles: list[Id] = []
    permissions: _Number | None = None
    nick: str | None = None


class Channel(msgspec.Struct):
    """Where it happened."""

    id: Id
    type: int
    name: str | None = None
    permissions: _Number | None = None


class EmbedPart(msgspec.Struct):
    """The author, a field or the footer of an embed."""

    name: str | None = None
    value: str | None = None
    text: str | None = None
    url: str | None = None


class Embed(msgspec.Struct):
    """An embed of a message."""

    title: str | None = None
    description: str | None = None
    url: str | None = None
    author: EmbedPart | None = None
    footer: EmbedPart | None = None
    fields: list[EmbedPart] = []


class Option(msgspec.Struct):
    """What was typed into a command."""

    name: str
    type: int
    value: str | int | float | bool | None = None
    focused: bool = False
    options: list["Option"] = []


class Component(msgspec.Struct):
    """A part of a message or a form."""

    type: int
    custom_id: str | None = None
    label: str | None = None
    content: str | None = None
    url: str | None = None
    components: list["Component"] | None = None
    component: "Component | None" = None

    def __post_init__(self) -> None:
        """Raise ValueError if more is in a row than fits: five buttons, or one menu."""
        if self.type == _ROW and self.components:
            width = sum(_ROW_WIDTH if each.type in _MENUS else 1 for each in self.components)
            if width > _ROW_WIDTH:
                raise ValueError("a row is too long")


class Attachment(msgspec.Struct):
    """A file of a message."""

    id: Id
    description: str | None = None


class Reference(msgspec.Struct):
    """The message that another answers or forwards."""

    message_id: Id | None = None
    channel_id: Id | None = None
    guild_id: Id | None = None


class Message(msgspec.Struct):
    """A message; of one that changed Discord may tell less."""

    id: Id
    channel_id: Id
    guild_id: Id | None = None
    webhook_id: Id | None = None
    author: User | None = None
    member: Member | None = None
    content: str = ""
    type: int = 0
    flags: int = 0
    embeds: list[Embed] = []
    attachments: list[Attachment] = []
    components: list[Component] | msgspec.UnsetType = msgspec.UNSET
    mentions: list[User] = []
    message_reference: Reference | None = None

    def __post_init__(self) -> None:
        """Raise ValueError if it has more rows than fit; what is laid out in another way has its own limits."""
        rows = [each for each in self.components or () if each.type == _ROW]
        if len(rows) > _ROWS and not self.flags & _LAID_OUT:
            raise ValueError("it has too many rows")


class Resolved(msgspec.Struct):
    """What ids in the data mean."""

    messages: dict[Id, Message] = {}
    users: dict[Id, User] = {}
    members: dict[Id, Member] = {}
    roles: dict[Id, dict[str, Any]] = {}
    channels: dict[Id, Channel] = {}


class Whole(Message, kw_only=True):
    """A message that is told as a whole."""

    author: Asker


class Data(msgspec.Struct):
    """What was used, and what was typed, picked or filled in."""

    name: str | None = None
    type: int | None = None
    custom_id: str | None = None
    component_type: int | None = None
    target_id: Id | None = None
    options: list[Option] = []
    values: list[str] = []
    components: list[dict[str, Any]] = []
    resolved: Resolved | None = None


class Interaction(msgspec.Struct):
    """Somebody used a command, a component or a form."""

    id: Id
    application_id: Id
    token: _Token
    type: int
    data: Data
    channel_id: Id | None = None
    channel: Channel | None = None
    guild_id: Id | None = None
    user: Asker | None = None
    member: Member | None = None
    message: Message | None = None
    locale: str | None = None
    guild_locale: str | None = None
    app_permissions: _Number | None = None

    def __post_init__(self) -> None:
        """Raise ValueError if nobody did it, or in a message that shows nothing to use."""
        if not (self.member and self.member.user if self.guild_id else self.user):
            raise ValueError("it does not say who did it")
        if self.message and self.message.components is msgspec.UNSET:
            raise ValueError("its message has no components")


class Deleted(msgspec.Struct):
    """A message was deleted, or several."""

    channel_id: Id
    id: Id | None = None
    ids: list[Id] = []
    guild_id: Id | None = None


SHAPES: Final[Mapping[str, type[msgspec.Struct]]] = {
    "INTERACTION_CREATE": Interaction,
    "MESSAGE_CREATE": Whole,
    "MESSAGE_UPDATE": Message,
    "MESSAGE_DELETE": Deleted,
    "MESSAGE_DELETE_BULK": Deleted,
}
"""By the event; of others nothing but ids is read."""
