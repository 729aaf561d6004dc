"""Places where the bot talks, and their preferences."""

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
    """The length of a card's page."""

    SHORT = "short"
    NORMAL = "normal"
    LONG = "long"


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """Preferences of a place; None for what it leaves open.

    `private`: only the asker sees an answer until they share it. `linking`:
    messages that mention a summary get a reply. `proxies`: those too that a proxy bot
    posts for people. `channel_name`: what the channel is called if every member of the server may
    see it, "" if not; None unless its platform said so.
    """

    private: bool | None = None
    linking: bool | None = None
    length: Length | None = None
    proxies: bool | None = None
    channel_name: str | None = None
