"""What is kept of places and of servers."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.model.places import Place, Preferences


class PreferenceStore(Protocol):
    """What the bot keeps about places and about itself; survives a restart."""

    async def preferences(self, place: Place) -> Preferences:
        """What holds there: what the channel wants, else what its server wants."""

    async def prefer(self, place: Place, preferences: Preferences) -> None:
        """Keep what is not None for that place; without a channel, for the server."""

    async def forget_preferences(self, place: Place) -> None:
        """Leave everything open again for exactly that place."""

    async def linking_in(self, platform: str, server: str) -> Sequence[str]:
        """The channels of that server where linking was switched on by themselves."""

    async def recall(self, name: str) -> str | None:
        """What was remembered under the name last."""

    async def remember(self, name: str, value: str) -> None:
        """Keep a value under the name, in place of an earlier one."""


class Installations(Protocol):
    """Which servers let the bot in, and with what; never one server's to another."""

    async def keep(self, platform: str, server: str, held: str) -> None:
        """Keep what lets the bot in there, in place of an earlier one."""

    async def of(self, platform: str, server: str) -> str | None:
        """What is kept for exactly that server."""

    async def drop(self, platform: str, server: str) -> None:
        """Forget everything of a server that wants the bot no more, its preferences too."""

    async def issue(self, state: str, until: datetime) -> None:
        """Remember that an installation was begun."""

    async def consume(self, state: str, now: datetime) -> bool:
        """Whether an installation was begun with that state and may still end: once."""
