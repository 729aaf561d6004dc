"""Digests: who wants them, and what became of them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.model.digests import Arrival, Delivery, DeliveryState, Subscription
from bot.model.places import Place


class Outbox(Protocol):
    """Subscriptions to digests, and what became of each part of each digest."""

    async def add(self, subscription: Subscription) -> bool:
        """Keep a new one; False where the place has one of its kind."""

    async def change(self, subscription: Subscription) -> bool:
        """Keep how it is now; False where it was changed since it was read."""

    async def remove(self, subscription: str) -> None:
        """Drop it, and what it was still owed."""

    async def pause(self, subscription: str, reason: str) -> Subscription | None:
        """Post nothing to it until it is resumed; None where it is paused already."""

    async def pause_all(self, place: Place, reason: str) -> int:
        """The same for all of that place (of its whole server, if it names no channel);
        how many were not paused before.
        """

    async def subscriptions(self, place: Place | None = None) -> Sequence[Subscription]:
        """All of that place (of its whole server, if it names no channel), or all there are."""

    async def appearances(self) -> Sequence[Arrival]:
        """Every issue that came into the library, in the order they came."""

    async def note(self, appearances: Sequence[Arrival]) -> int:
        """Note more of them, whose ids are given here; tell the last id of all."""

    async def news(self, seen: int, newest: int) -> Sequence[int]:
        """The numbers of issues that are news, of the appearances after `seen` up to `newest`."""

    async def lease(self, platform: str, holder: str, now: datetime, until: datetime) -> int | None:
        """Be the one who delivers on the platform until then: the fence, None while another is."""

    async def release(self, platform: str, holder: str) -> None:
        """Let another deliver."""

    async def due(self, platform: str, now: datetime, newest: int) -> Sequence[Subscription]:
        """Those on the platform, not paused, that something may have to be posted to."""

    async def plan(self, after: Subscription, deliveries: Sequence[Delivery], fence: int) -> bool:
        """Write the deliveries down and how the subscription stands then, together;
        False, and nothing, where it was changed since or the fence is outdated.
        """

    async def ready(self, platform: str, now: datetime) -> Sequence[tuple[str, str]]:
        """The subscriptions whose next delivery may be sent now, each with its server."""

    async def head(self, subscription: str) -> Delivery | None:
        """The first part that is neither sent nor failed; None where the subscription is paused."""

    async def begin(self, delivery: str, fence: int, now: datetime) -> bool:
        """Mark a pending one as being sent; False where the fence is outdated."""

    async def sent(self, delivery: str, message: str, now: datetime) -> None:
        """It stands there, as that message."""

    async def postpone(self, delivery: str, state: DeliveryState, again: datetime, problem: str) -> None:
        """Bring it into that state, to be looked at again then."""

    async def fail(self, delivery: str, problem: str, now: datetime) -> None:
        """Give it up for good."""

    async def sweep(self, before: datetime) -> None:
        """Forget deliveries that were settled before then."""

    async def log(self, place: Place | None, limit: int) -> Sequence[Delivery]:
        """The last deliveries of that place (or its server), the newest first."""
