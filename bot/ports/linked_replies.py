"""Replies to messages that mention summaries."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.model.places import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class SentReply:
    """A reply to a message.

    `id` is the platform's own, "" once the reply was removed. `names` are the
    issues and summaries that it shows. `text_hash` is the hash of the message's
    text when the reply was made.
    """

    id: str
    names: frozenset[str]
    text_hash: str


class LinkedReplies(Protocol):
    """Replies and what they show, so that nothing is shown twice; no message's text is kept.

    A place is always a channel here.
    """

    async def reply(self, place: Place, message: str) -> SentReply | None:
        """The reply to that message; a very old one may be forgotten."""

    async def put(self, place: Place, message: str, reply: SentReply) -> None:
        """Set the reply to that message."""

    async def drop(self, place: Place, message: str) -> None:
        """Delete the reply to that message."""

    async def shown(self, place: Place, names: Collection[str], since: datetime) -> frozenset[str]:
        """The names among these that were shown in that place after `since`."""

    async def claim(
        self, place: Place, message: str, names: Collection[str], now: datetime, since: datetime
    ) -> frozenset[str]:
        """Record that the message's reply shows these names now, except those shown in
        that place after `since`; the names that it may show. Of two claims at once, one gets a name.
        """

    async def release(self, place: Place, message: str, names: Collection[str]) -> None:
        """Record that the message's reply shows these names no longer."""

    async def opted_out(self, platform: str, person: str) -> bool:
        """Whether that person wants no replies."""

    async def set_opted_out(self, platform: str, person: str, *, opted_out: bool) -> None:
        """Set whether that person wants no replies anywhere on the platform."""
