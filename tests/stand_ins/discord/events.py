"""What the gateway may tell of, and the intent that must have been asked for to hear it."""

from dataclasses import dataclass
from enum import IntFlag

from tests.stand_ins.discord.entities import Application, Channel, Json, Message


class Intent(IntFlag):
    NONE = 0
    GUILDS = 1 << 0
    GUILD_MEMBERS = 1 << 1
    PRESENCES = 1 << 8
    GUILD_MESSAGES = 1 << 9
    GUILD_REACTIONS = 1 << 10
    DIRECT_MESSAGES = 1 << 12
    DIRECT_REACTIONS = 1 << 13
    MESSAGE_CONTENT = 1 << 15


# An application's flags say which privileged intents it may ask for (the second is for small bots).
PRIVILEGED = {
    Intent.PRESENCES: (1 << 12) | (1 << 13),
    Intent.GUILD_MEMBERS: (1 << 14) | (1 << 15),
    Intent.MESSAGE_CONTENT: (1 << 18) | (1 << 19),
}
HIGHEST_INTENT = 1 << 25


def flags_for(names: tuple[str, ...]) -> int:
    """The application flags that allow the named intents.

    >>> flags_for(("message_content",)) == 1 << 19
    True
    """
    named = {intent.name.lower(): flags for intent, flags in PRIVILEGED.items() if intent.name}
    return sum(named[name] & ~(named[name] >> 1) for name in names)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One happening. It reaches the applications that are in the guild, or in the direct
    channel, and may view the channel; or only the one it is for.
    """

    name: str
    data: Json
    intent: Intent = Intent.NONE
    guild_id: str | None = None
    channel: Channel | None = None
    only: Application | None = None
    message: Message | None = None  # whose content is withheld from those who may not read it
