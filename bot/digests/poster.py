"""What digests need of a platform: to post, to look for a posted message, and to notify a subscriber.

Every failure is one of five, and its class decides what is done next.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.digests.compose import Part
from bot.errors import BotError
from bot.model.digests import Delivery, Digest, Subscription


class ChannelClosed(BotError):
    """The channel is closed to the bot; the message says why. Nothing was posted."""


class RetryLater(BotError):
    """Nothing was posted, and after `seconds` it may be tried again."""

    def __init__(self, sentence: str, seconds: float) -> None:
        super().__init__(sentence)
        self.seconds = seconds


class Rejected(BotError):
    """The platform rejects this part for good. Nothing was posted."""


class OutcomeUnknown(BotError):
    """It may have been posted or not: a lost connection, a time-out, a server error."""


class HistoryUnreadable(BotError):
    """The bot may not read the channel's history, so the outcome stays unknown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """The id of a message that is there, and the `problem` if something that belongs to it could
    not be done, such as publishing it; "" for none.
    """

    message: str
    problem: str = ""


class Poster(Protocol):
    """Posts on one platform."""

    @property
    def platform(self) -> str:
        """Its name, as places have it."""

    def rate_bucket(self, server: str) -> str:
        """The name of the rate limit that the server's messages share; one bucket never waits for another."""

    def parts(self, digest: Digest) -> Sequence[Part]:
        """The digest in as many messages as it needs; none if nothing in it was asked for."""

    def payload(self, digest: Digest, part: Part, name: str) -> str:
        """The message of that part; `name` is the id of its delivery."""

    def literal(self, text: str) -> str:
        """A name as the message of a digest holds it in its last line."""

    async def post(self, delivery: Delivery) -> Posted:
        """Post it.

        Raises ChannelClosed, RetryLater, Rejected or OutcomeUnknown.
        """

    async def find(self, delivery: Delivery) -> Posted | None:
        """The message if the delivery was posted since it `began`; what belongs to it is done now.

        Raises ChannelClosed, RetryLater, OutcomeUnknown or HistoryUnreadable.
        """

    async def notify(self, subscription: Subscription, reason: str) -> None:
        """Write the reason to the subscriber alone, if that is possible; never raises."""
