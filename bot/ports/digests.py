"""Digests: who subscribes, what arrived, and what is posted."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.model.digests import Arrival, Delivery, DeliveryState, Plan, Subscription
from bot.model.places import Place
from bot.model.shards import Share, Worker


class SubscriptionStore(Protocol):
    """Subscriptions to digests. A place without a channel means its whole server."""

    async def of(self, place: Place) -> Sequence[Subscription]:
        """The subscriptions of that place."""

    async def all(self) -> Sequence[Subscription]:
        """The subscriptions of all places."""

    async def due(self, platform: str, now: datetime, newest: int) -> Sequence[Subscription]:
        """The active subscriptions that may have to be posted to: the weekly ones
        whose time has come, and the others if `newest` is an arrival that they have not seen.
        """

    async def due_later(self, platform: str, now: datetime) -> Sequence[Subscription]:
        """The active weekly subscriptions whose time has not come."""

    async def add(self, subscription: Subscription) -> bool:
        """Add a new subscription; False if the place has one of that kind."""

    async def change(self, subscription: Subscription) -> bool:
        """Write its new state; False if it was changed since it was read."""

    async def note(self, subscription: str, problem: str) -> bool:
        """Set the subscription's problem; False if it has that one already."""

    async def remove(self, subscription: str) -> None:
        """Remove the subscription and its deliveries that are not sent yet."""

    async def pause(self, subscription: str, reason: str) -> Subscription | None:
        """Pause the subscription until it is resumed; None if it is paused already."""

    async def counts(self) -> Mapping[tuple[str, bool], int]:
        """How many subscriptions of each platform are paused, and how many are not."""

    async def pause_all(self, place: Place, reason: str) -> int:
        """Pause every subscription of that place; the number of those that were active."""


class ArrivalLog(Protocol):
    """The order in which issues came into the library."""

    async def all(self) -> Sequence[Arrival]:
        """Every arrival, the first first."""

    async def record(self, arrivals: Sequence[Arrival]) -> int:
        """Append the arrivals, whose ids are given here; the id of the last of all."""

    async def watch(self, contents: str, now: datetime) -> tuple[datetime, datetime]:
        """Note the contents of the issues that are not recorded yet; when the first of these
        contents were noted, and when they last changed. "" begins anew.
        """

    async def news(self, seen: int, newest: int) -> Sequence[int]:
        """The numbers of the issues that are news, of arrivals after `seen` up to `newest`."""


class Outbox(Protocol):
    """Deliveries: the parts of digests that are to be sent, and what became of them."""

    async def plan(self, after: Subscription, deliveries: Sequence[Delivery], fence: int) -> bool:
        """Write the deliveries and the subscription's state after them, together; write
        nothing and return False if the subscription was changed since or the fence is outdated.
        """

    async def plan_all(self, plans: Sequence[Plan], fence: int) -> Sequence[str]:
        """Write the plans together, each wholly or not at all: the ids of the subscriptions whose
        plans were written; none if the fence is outdated.
        """

    async def ready(self, platform: str, now: datetime) -> Sequence[tuple[str, str]]:
        """The subscriptions whose next delivery may be sent now, each with its server."""

    async def head(self, subscription: str) -> Delivery | None:
        """The first delivery that is neither sent nor failed; None if the subscription is paused."""

    async def planned(self, subscription: Subscription) -> datetime | None:
        """When the subscription's last digest was planned; None if there was none lately."""

    async def owed(self) -> Mapping[tuple[str, DeliveryState], int]:
        """How many deliveries of each platform are neither sent nor failed, by their state."""

    async def begin(self, delivery: str, fence: int, now: datetime) -> bool:
        """Mark a pending delivery as being sent; False if the fence is outdated."""

    async def sent(self, delivery: str, message: str, now: datetime, problem: str = "") -> None:
        """Mark the delivery as sent, as that message; `problem` is what could not be done beside it."""

    async def postpone(
        self, delivery: str, fence: int, state: DeliveryState, again: datetime, problem: str
    ) -> bool:
        """Give the delivery that state until it is tried again; False if the fence is outdated."""

    async def fail(self, delivery: str, fence: int, problem: str, now: datetime) -> bool:
        """Give the delivery up for good; False if the fence is outdated."""

    async def sweep(self, before: datetime, after: datetime) -> bool:
        """Delete some deliveries that were sent or given up before the one time or after the
        other: so few that nobody has to wait; whether there are more.
        """

    async def log(self, place: Place | None, limit: int) -> Sequence[Delivery]:
        """The latest deliveries of a place, or of all places, the newest first."""


class Lease(Protocol):
    """The right of one process to serve shards of a platform, and to deliver digests there."""

    async def share(self, worker: Worker, now: datetime, until: datetime) -> Share:
        """Renew the worker's leases until then, and take such as are free, up to its share.

        All workers take leases for as long, so one that ends later is not believed. They agree
        on the number of shards: it is that of the first of them. If a worker has more than its
        share, or is leaving, it keeps what another may take over until one does; leaving as the
        last one, it keeps nothing.
        """

    async def ends(self) -> Mapping[str, datetime]:
        """When the last lease of each platform ends."""

    async def release(self, worker: Worker) -> None:
        """Give all leases of the worker up, so that others may take them."""


class DigestStore(Protocol):
    """All that digests are kept in."""

    @property
    def subscriptions(self) -> SubscriptionStore:
        """Subscriptions to digests."""

    @property
    def arrivals(self) -> ArrivalLog:
        """The order in which issues came."""

    @property
    def outbox(self) -> Outbox:
        """Deliveries."""

    @property
    def lease(self) -> Lease:
        """The right to deliver."""
