"""The rows of subscriptions and deliveries, and the tables they stand in."""

from datetime import UTC, datetime
from typing import Any, Final, NamedTuple

import msgspec

from bot.model.digests import Delivery, DeliveryState, DigestOptions, Subscription
from bot.model.places import Place

TABLES: Final = (
    """
    CREATE TABLE subscription (
        id TEXT PRIMARY KEY,
        platform TEXT NOT NULL,
        server TEXT NOT NULL,
        channel TEXT NOT NULL,
        kind TEXT NOT NULL,
        options TEXT NOT NULL,
        by TEXT NOT NULL,
        by_name TEXT NOT NULL,
        since INTEGER NOT NULL,
        seen INTEGER NOT NULL,
        upcoming INTEGER NOT NULL,
        digests INTEGER NOT NULL,
        due INTEGER,
        paused TEXT NOT NULL,
        missed INTEGER NOT NULL,
        version INTEGER NOT NULL,
        UNIQUE (platform, server, channel, kind)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE delivery (
        id TEXT PRIMARY KEY,
        subscription TEXT NOT NULL,
        platform TEXT NOT NULL,
        server TEXT NOT NULL,
        channel TEXT NOT NULL,
        digest INTEGER NOT NULL,
        part INTEGER NOT NULL,
        parts INTEGER NOT NULL,
        payload TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('pending', 'sending', 'sent', 'failed')),
        thread INTEGER NOT NULL,
        message TEXT NOT NULL,
        fence INTEGER NOT NULL,
        tries INTEGER NOT NULL,
        began INTEGER,
        again INTEGER,
        planned INTEGER NOT NULL,
        settled INTEGER,
        problem TEXT NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE INDEX delivery_owed ON delivery (subscription, digest, part, again)
    WHERE state IN ('pending', 'sending')
    """,
    "CREATE INDEX delivery_place ON delivery (platform, server, planned)",
    """
    CREATE TABLE appearance (
        id INTEGER PRIMARY KEY,
        issue INTEGER NOT NULL UNIQUE,
        names TEXT NOT NULL,
        news INTEGER NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE lease (
        platform TEXT PRIMARY KEY,
        holder TEXT NOT NULL,
        fence INTEGER NOT NULL,
        until INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
)
"""What the migration that brings digests creates. Moments are milliseconds since 1970."""


class SubscriptionRow(NamedTuple):
    """A row of `subscription`, but for its kind, which the options tells as well."""

    id: str
    platform: str
    server: str
    channel: str
    options: str
    by: str
    by_name: str
    since: int
    seen: int
    upcoming: int
    digests: int
    due: int | None
    paused: str
    missed: int
    version: int


class DeliveryRow(NamedTuple):
    """A row of `delivery`."""

    id: str
    subscription: str
    platform: str
    server: str
    channel: str
    digest: int
    part: int
    parts: int
    payload: str
    state: str
    thread: int
    message: str
    fence: int
    tries: int
    began: int | None
    again: int | None
    planned: int
    settled: int | None
    problem: str


SUBSCRIPTION: Final = ", ".join(SubscriptionRow._fields)
DELIVERY: Final = ", ".join(DeliveryRow._fields)


def subscription_of(row: SubscriptionRow) -> Subscription:
    """The subscription that the row holds. Raises msgspec.MsgspecError for a damaged one."""
    return Subscription(
        id=row.id,
        place=Place(platform=row.platform, server=row.server, channel=row.channel),
        options=msgspec.json.decode(row.options, type=DigestOptions),
        by=row.by,
        by_name=row.by_name,
        since=moment(row.since),
        seen=row.seen,
        upcoming=row.upcoming,
        digests=row.digests,
        due=moment_or_none(row.due),
        paused=row.paused,
        missed=bool(row.missed),
        version=row.version,
    )


def row_of_subscription(subscription: Subscription) -> SubscriptionRow:
    """The row that holds it."""
    return SubscriptionRow(
        **_placed(subscription.place),
        id=subscription.id,
        options=msgspec.json.encode(subscription.options).decode(),
        by=subscription.by,
        by_name=subscription.by_name,
        since=stamp(subscription.since),
        seen=subscription.seen,
        upcoming=subscription.upcoming,
        digests=subscription.digests,
        due=stamp_or_none(subscription.due),
        paused=subscription.paused,
        missed=int(subscription.missed),
        version=subscription.version,
    )


def delivery_of(row: DeliveryRow, root: str = "") -> Delivery:
    """The delivery that the row holds, with the message of its digest's first part."""
    return Delivery(
        id=row.id,
        subscription=row.subscription,
        place=Place(platform=row.platform, server=row.server, channel=row.channel),
        digest=row.digest,
        part=row.part,
        parts=row.parts,
        payload=row.payload,
        state=DeliveryState(row.state),
        thread=bool(row.thread),
        root=root,
        message=row.message,
        fence=row.fence,
        tries=row.tries,
        began=moment_or_none(row.began),
        again=moment_or_none(row.again),
        planned=moment(row.planned),
        settled=moment_or_none(row.settled),
        problem=row.problem,
    )


def row_of_delivery(delivery: Delivery) -> DeliveryRow:
    """The row that holds it."""
    return DeliveryRow(
        **_placed(delivery.place),
        id=delivery.id,
        subscription=delivery.subscription,
        digest=delivery.digest,
        part=delivery.part,
        parts=delivery.parts,
        payload=delivery.payload,
        state=delivery.state.value,
        thread=int(delivery.thread),
        message=delivery.message,
        fence=delivery.fence,
        tries=delivery.tries,
        began=stamp_or_none(delivery.began),
        again=stamp_or_none(delivery.again),
        planned=stamp(delivery.planned),
        settled=stamp_or_none(delivery.settled),
        problem=delivery.problem,
    )


def _placed(place: Place) -> dict[str, Any]:
    return {"platform": place.platform, "server": place.server, "channel": place.channel}


def stamp(at: datetime) -> int:
    """The moment as it is kept."""
    return round(at.timestamp() * 1000)


def stamp_or_none(at: datetime | None) -> int | None:
    """The same, of one that may be missing."""
    return None if at is None else stamp(at)


def moment(kept: int) -> datetime:
    """The moment that is kept, in UTC."""
    return datetime.fromtimestamp(kept / 1000, UTC)


def moment_or_none(kept: int | None) -> datetime | None:
    """The same, of one that may be missing."""
    return None if kept is None else moment(kept)
