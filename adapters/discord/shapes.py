"""The shape of what Discord's gateway tells, where the bot would trip over another one.

discord.py reads an event first, and what it cannot read is left out. Here is only what it takes as it
comes, or passes over without a word, and the bot then needs. All else may be as it likes: fields and kinds
that are new, and what only discord.py reads.
https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object
"""

from typing import Annotated, Any, TypeAlias

import msgspec

Id: TypeAlias = Annotated[str, msgspec.Meta(pattern="^[1-9][0-9]{0,19}$")]
_Token: TypeAlias = Annotated[str, msgspec.Meta(pattern=r"^[^\s/?#]{1,2000}$")]
"""It is part of the address that an answer goes to."""


class Person(msgspec.Struct, kw_only=True):
    """Whoever writes or asks: without all that is required here discord.py has nobody."""

    id: Id
    username: str
    discriminator: Any
    avatar: Any
    global_name: str | None = None


class Member(msgspec.Struct):
    """Somebody in a server."""

    user: Person
    nick: str | None = None


class Channel(msgspec.Struct):
    """Where it happened."""

    id: Id
    name: str | None = None


class Embed(msgspec.Struct):
    """An embed of a message."""

    author: dict[str, Any] = {}
    footer: dict[str, Any] = {}
    fields: list[dict[str, Any]] = []


class Message(msgspec.Struct):
    """A message that summaries are looked for in."""

    embeds: list[Embed] = []


class Resolved(msgspec.Struct):
    """What ids in the data mean."""

    messages: dict[Id, Message] = {}


class Card(msgspec.Struct):
    """The message that something was used in."""

    flags: int = 0


class Data(msgspec.Struct):
    """What was used, and what was picked."""

    values: list[str] = []
    resolved: Resolved | None = None


class Interaction(msgspec.Struct):
    """Somebody used a command, a component or a form."""

    id: Id
    token: _Token
    data: Data
    guild_id: Id | None = None
    channel: Channel | None = None
    user: Person | None = None
    member: Member | None = None
    message: Card | None = None

    def __post_init__(self) -> None:
        """Raise ValueError if nobody did it."""
        if not (self.member if self.guild_id else self.user):
            raise ValueError("it does not say who did it")


class Written(msgspec.Struct):
    """A message was written or edited."""

    id: Id
    channel_id: Id
    author: Person
    content: str
    type: int
    guild_id: Id | None = None


class Deleted(msgspec.Struct):
    """A message was deleted, or several."""

    channel_id: Id
    id: Id | None = None
    ids: list[Id] = []
    guild_id: Id | None = None


def check(name: str, data: Any) -> None:
    """Raise msgspec.ValidationError for an event of that name that the bot would trip over.

    Raises UnicodeEncodeError for one that is no text.
    """
    shape: type[msgspec.Struct]
    match name, data:
        case "INTERACTION_CREATE", {"type": 2 | 3 | 4 | 5}:  # used, pressed, typed, filled in
            shape = Interaction
        case "MESSAGE_CREATE" | "MESSAGE_UPDATE", _:
            shape = Written
        case "MESSAGE_DELETE" | "MESSAGE_DELETE_BULK", _:
            shape = Deleted
        case _:  # of others nothing but ids is read
            return
    msgspec.json.encode(data)
    msgspec.convert(data, shape)
