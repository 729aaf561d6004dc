"""Places where the bot talks, and what they prefer."""

import enum
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place where the bot talks, by the platform's own ids.

    `channel` is "" for the whole server, `server` "" for a direct message.
    """

    platform: str
    server: str
    channel: str = ""


class Length(enum.StrEnum):
    """How much of a text a card shows at once."""

    SHORT = "short"
    NORMAL = "normal"
    LONG = "long"


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """What a place wants; None where it left that open.

    `private`: answers are for who asked alone until shared. `linking`: what a
    discussion mentions is answered unasked.
    """

    private: bool | None = None
    linking: bool | None = None
    length: Length | None = None
