"""What was answered unasked."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.model.places import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class SentReply:
    """What answers a message of a discussion.

    `id` is the platform's own, "" once the reply was removed; `names` are those
    of what it shows; `said` is a digest of what the message said then.
    """

    id: str
    names: frozenset[str]
    said: str


class LinkedReplies(Protocol):
    """What was answered unasked, and who wants no such answers; survives a restart.

    A place is always a channel here. No text of anybody is kept.
    """

    async def reply(self, place: Place, message: str) -> SentReply | None:
        """Our reply to that message; a very old one may be forgotten."""

    async def keep(self, place: Place, message: str, reply: SentReply) -> None:
        """Keep our reply to that message, in place of an earlier one."""

    async def drop(self, place: Place, message: str) -> None:
        """Keep our reply to that message no longer."""

    async def shown(self, place: Place, names: Collection[str], since: datetime) -> frozenset[str]:
        """Which of the names were shown there later than `since`."""

    async def claim(
        self, place: Place, message: str, names: Collection[str], now: datetime, since: datetime
    ) -> frozenset[str]:
        """Note as shown now beside the message what was not shown there later than
        `since`, and tell which that is; of two who claim the same at once, one gets it.
        """

    async def release(self, place: Place, message: str, names: Collection[str]) -> None:
        """They are not to be seen beside the message any more; what another shows stays noted."""

    async def ignores(self, platform: str, person: str) -> bool:
        """Whether that person wants no answer unasked."""

    async def ignore(self, platform: str, person: str, *, ignored: bool) -> None:
        """Keep whether they want none, anywhere on the platform."""
