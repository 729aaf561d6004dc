"""Preferences of places, installations on servers, and what the bot remembers."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.model.places import Place, Preferences


class PreferenceStore(Protocol):
    """Preferences of channels and servers. A place without a channel is its server."""

    async def of(self, place: Place) -> Preferences:
        """The channel's preferences, and its server's for what the channel leaves open."""

    async def put(self, place: Place, preferences: Preferences) -> None:
        """Set the place's preferences that are not None."""

    async def forget(self, place: Place) -> None:
        """Delete the preferences of exactly that place."""

    async def linking_channels(self, platform: str, server: str) -> Sequence[str]:
        """The channels of the server that have linking switched on themselves."""


class Memo(Protocol):
    """Values that the bot remembers over a restart."""

    async def recall(self, name: str) -> str | None:
        """The value of that name, None if there is none."""

    async def remember(self, name: str, value: str) -> None:
        """Set the value of that name."""


class Installations(Protocol):
    """The servers that installed the bot, each with its credentials."""

    async def put(self, platform: str, server: str, credentials: str) -> None:
        """Set the credentials for that server."""

    async def of(self, platform: str, server: str) -> str | None:
        """The credentials for exactly that server."""

    async def drop(self, platform: str, server: str) -> None:
        """Delete all that is kept of a server that removed the bot, except its subscriptions."""

    async def issue_state(self, state: str, until: datetime) -> None:
        """Remember the state of an installation that was begun."""

    async def consume_state(self, state: str, now: datetime) -> bool:
        """Forget the state; whether it was issued and has not expired."""
