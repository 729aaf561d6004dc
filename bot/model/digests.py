"""Subscriptions, digests and deliveries. All times are in UTC."""

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, TypeAlias

from bot.model.newsletter import Issue
from bot.model.places import Place

LONGEST_WAIT: Final = timedelta(hours=2)
"""The longest time to the next try of a delivery; one that is further away was written by a
clock that was ahead.
"""


class DigestKind(enum.StrEnum):
    """What a digest contains. A channel has at most one subscription of each kind."""

    NEWS = "news"
    """New issues."""
    CLUB = "club"
    """Issues of the archive, one a week: a reading club."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklySlot:
    """An hour of the week: `weekday` from 0 for Monday to 6, `hour` from 0 to 23, `timezone`
    an IANA name ("Europe/London").
    """

    weekday: int
    hour: int
    timezone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestOptions:
    """What a subscription posts, and when.

    Without a `slot`, an issue is posted when it arrives; a club always has a slot,
    and begins with issue number `start`. `sections` are names of sections at any
    depth, () for all. With `thread` there is a thread below the first part, which holds the
    others. `mention` is the platform's id of the role or group to
    mention, "" for none. `publish` is for announcement channels of Discord, and `tags`,
    the ids of at most five, for its forums.
    """

    kind: DigestKind = DigestKind.NEWS
    slot: WeeklySlot | None = None
    sections: tuple[str, ...] = ()
    highlights: bool = False
    full: bool = False
    thread: bool = False
    mention: str = ""
    start: int = 1
    publish: bool = False
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A place's subscription to digests of one kind.

    `by` and `by_name` are the subscriber's id and name. `seen` is the last arrival
    that was handled, `skipped` the issues that were coming in when it began, which are no news to it,
    `upcoming` the number of the issue that a club reads next,
    `digests` the number of digests planned so far, `due` the time of the next
    weekly one. `paused` is the reason why nothing is posted, "" if it is active;
    `missed`: nobody asked for the pause, so issues that arrive meanwhile are still
    posted later. `problem` is why the bot failed to plan it last time, "" if it did not.
    `version` counts its changes.
    """

    id: str
    place: Place
    options: DigestOptions
    by: str
    by_name: str
    seen: int = 0
    skipped: tuple[int, ...] = ()
    upcoming: int = 0
    digests: int = 0
    due: datetime | None = None
    paused: str = ""
    missed: bool = False
    problem: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """The arrival of an issue in the library; `id` counts them. An issue is no `news` if it
    was there from the start, belongs to the archive, or had another number before.
    `names` identify the issue even if its number is corrected.
    """

    id: int
    issue: int
    names: frozenset[str]
    news: bool
    recorded: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """Issues to post to one place together, in the order of their numbers."""

    subscription: Subscription
    issues: tuple[Issue, ...]


class DeliveryState(enum.StrEnum):
    """The state of a delivery. `SENDING` is written before the request leaves, so
    after a crash it means that the outcome is unknown.
    """

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"


OWED: Final = (DeliveryState.PENDING, DeliveryState.SENDING)
"""The states of deliveries that are neither sent nor failed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One part of one digest.

    `id` is its name on the platform too, at most 25 characters of `[a-z0-9-]`.
    `payload` is what the platform's poster rendered, `title` names the issues. `root` is the message of the
    first part, `previous` that of the part before, "" until they are sent. `began` and `fence` are those of the last of
    `tries` attempts; `again` is when the next one may be.
    """

    id: str
    subscription: str
    place: Place
    digest: int
    part: int
    parts: int
    payload: str
    planned: datetime
    state: DeliveryState = DeliveryState.PENDING
    thread: bool = False
    root: str = ""
    previous: str = ""
    message: str = ""
    fence: int = 0
    tries: int = 0
    began: datetime | None = None
    again: datetime | None = None
    settled: datetime | None = None
    problem: str = ""
    title: str = ""


Plan: TypeAlias = tuple[Subscription, Sequence[Delivery]]
"""A subscription's state once these deliveries are planned."""


def delivery_id(subscription: str, digest: int, part: int) -> str:
    """The id of a part. Deterministic: a retry of the part gets the same id.

    >>> delivery_id("k3jx92ab", 12, 3)
    'k3jx92ab-12-03'
    """
    return f"{subscription}-{digest}-{part:02d}"
