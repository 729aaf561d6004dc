"""Preferences of places, installations on servers, and what the bot remembers."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.model.places import Place, Preferences


class PreferenceStore(Protocol):
    """Preferences of channels and servers. A place without a channel is its server."""

    async def of(self, place: Place, within: Place | None = None) -> Preferences:
        """The channel's preferences; for what it leaves open those of the channel that it is
        `within`, if it is a thread, and then its server's.
        """

    async def put(self, place: Place, preferences: Preferences) -> None:
        """Set the place's preferences that are not None."""

    async def forget(self, place: Place) -> None:
        """Delete the preferences of exactly that place."""

    async def linking_channels(self, platform: str, server: str) -> Sequence[str]:
        """The channels of the server that have linking switched on themselves."""

    async def public_channels(self, platform: str, server: str) -> Mapping[str, str]:
        """The names of the channels of the server that every member may see, as far as they are known."""


class Memo(Protocol):
    """Values that the bot remembers over a restart."""

    async def recall(self, name: str) -> str | None:
        """The value of that name, None if there is none."""

    async def remember(self, name: str, value: str) -> None:
        """Set the value of that name."""

    async def replace(self, name: str, before: str | None, value: str) -> bool:
        """Set the value of that name if it is `before`, None for no value; False if it is not."""


class Installations(Protocol):
    """The servers that installed the bot, each with its credentials."""

    async def put(self, platform: str, server: str, credentials: str) -> None:
        """Set the credentials for that server."""

    async def of(self, platform: str, server: str) -> str | None:
        """The credentials for exactly that server."""


class Forgetting(Protocol):
    """Forgets servers and people. docs/privacy.md lists what is kept of them."""

    async def server(self, platform: str, server: str) -> int:
        """Delete all that is kept of the server; the number of rows."""

    async def person(self, platform: str, person: str) -> int:
        """Delete all that is kept of the person; the number of rows. Their digests go on without their name."""

    async def left(self, platform: str, server: str, now: datetime) -> None:
        """Note that the server removed the bot, unless that is noted."""

    async def returned(self, platform: str, server: str) -> None:
        """Note that the bot is on the server."""

    async def left_before(self, platform: str, before: datetime) -> Sequence[str]:
        """The servers that removed the bot at that time or before."""

    async def servers(self, platform: str) -> Sequence[str]:
        """The servers of which anything is kept."""
