"""A platform in memory that keeps what was posted, and fails as a scenario says."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bot.digests.compose import Part, parts_of
from bot.digests.deadline import check_deadline
from bot.digests.poster import ChannelClosed, HistoryUnreadable, OutcomeUnknown, Posted, Rejected, RetryLater
from bot.model.digests import Delivery, Digest, Subscription
from bot.text.rich_text import Block


class Killed(BaseException):
    """The process ended here, at once and for good."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """What happens to a request; `taken` says whether it was carried out nevertheless."""

    what: type[BaseException] | None = None
    taken: bool = False


@dataclass
class FakePlatform:
    """What stands in its channels, as (channel, root, name of the delivery)."""

    room: int = 150
    posted: list[tuple[str, str, str]] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    closed: set[str] = field(default_factory=set)
    notices: list[tuple[str, str]] = field(default_factory=list)
    searchable: bool = True
    before: Callable[[], None] = lambda: None
    """Is called when a request is about to leave."""
    platform: str = "fake"

    def rate_bucket(self, server: str) -> str:
        return server

    def parts(self, digest: Digest) -> Sequence[Part]:
        return parts_of(digest, self.room, _write)

    def payload(self, digest: Digest, part: Part, name: str) -> str:
        assert digest.issues
        return f"{name}: {part.title}"

    def literal(self, text: str) -> str:
        return text

    async def post(self, delivery: Delivery) -> Posted:
        if delivery.place.channel in self.closed:
            raise ChannelClosed("The channel is closed.")
        self.before()
        check_deadline()
        trouble = self.troubles.pop(0) if self.troubles else Trouble()
        if trouble.what is None or trouble.taken:
            self.posted.append((delivery.place.channel, delivery.root, delivery.id))
        _raise(trouble.what)
        return Posted(message=delivery.id)

    async def find(self, delivery: Delivery) -> Posted | None:
        if delivery.place.channel in self.closed:
            raise ChannelClosed("The channel is closed.")
        if not self.searchable:
            raise HistoryUnreadable("Nobody may look.")
        trouble = self.troubles.pop(0) if self.troubles else Trouble()
        _raise(trouble.what)
        return Posted(message=delivery.id) if delivery.id in self.names else None

    async def notify(self, subscription: Subscription, reason: str) -> None:
        self.notices.append((subscription.by, reason))

    @property
    def names(self) -> list[str]:
        return [name for _, _, name in self.posted]


def _write(block: Block) -> str:
    return block.mark + block.text


def _raise(what: type[BaseException] | None) -> None:
    if what is RetryLater:
        raise RetryLater("Slower, please.", 7)
    if what is not None:
        raise what("as the scenario says")


FAILURES: tuple[type[BaseException], ...] = (RetryLater, OutcomeUnknown, TimeoutError, Killed, Rejected)
