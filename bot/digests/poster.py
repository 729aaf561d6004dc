"""What digests need of a platform: to post, to look whether something was posted, and to tell.

Every failure is one of five, and which of them decides what is done next.
"""

from collections.abc import Sequence
from typing import Protocol

from bot.digests.compose import Part
from bot.errors import BotError
from bot.model.digests import Delivery, Digest, Subscription


class ChannelClosed(BotError):
    """The place is closed to the bot; the sentence says why. Nothing was posted."""


class RetryLater(BotError):
    """Nothing was posted, and after `seconds` it may be tried again."""

    def __init__(self, sentence: str, seconds: float) -> None:
        super().__init__(sentence)
        self.seconds = seconds


class Rejected(BotError):
    """The platform does not take this part, and never will. Nothing was posted."""


class OutcomeUnknown(BotError):
    """It may have been posted or not: a lost connection, a time-out, a server's error."""


class HistoryUnreadable(BotError):
    """The bot may not read what was posted there, so nobody can say."""


class Poster(Protocol):
    """Posts on one platform."""

    @property
    def platform(self) -> str:
        """Its name, as places have it."""

    def rate_bucket(self, server: str) -> str:
        """What shares a limit with others has the same: no lane waits for another."""

    def parts(self, digest: Digest) -> Sequence[Part]:
        """The digest in as many messages as it takes; none where nothing in it is wished for."""

    def payload(self, digest: Digest, part: Part, name: str) -> str:
        """The message of that part, under the name of its delivery."""

    async def post(self, delivery: Delivery) -> str:
        """Post it, and tell the id of the message.

        Raises Gone, Later, Refused or Unsure.
        """

    async def find(self, delivery: Delivery) -> str | None:
        """The id of the message, where the delivery was posted since it `began`.

        Raises Gone, Later, Unsure or Unsearchable.
        """

    async def notify(self, subscription: Subscription, reason: str) -> None:
        """Notify the subscriber alone of the reason, as far as that is possible; never raises."""
