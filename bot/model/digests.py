"""Subscriptions and deliveries: frozen values, all moments in UTC."""

import enum
from dataclasses import dataclass
from datetime import datetime

from bot.model.newsletter import Issue
from bot.model.places import Place


class DigestKind(enum.StrEnum):
    """What a digest is made of; a channel has at most one subscription of each."""

    NEWS = "news"
    """Issues that are new."""
    CLUB = "club"
    """The archive, one issue a week."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklySlot:
    """An hour of the week: `weekday` 0 for Monday to 6, `hour` 0 to 23, `timezone` by
    its IANA name ("Europe/London").
    """

    weekday: int
    hour: int
    timezone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestOptions:
    """What somebody asked for.

    Without a `slot` an issue is posted as it appears; a club always has one, and
    the number of the issue it begins with as `start`. `sections` are names of
    sections at any depth, () for all. `mention` is the platform's id of the role or
    group to mention, "" for none.
    """

    kind: DigestKind = DigestKind.NEWS
    slot: WeeklySlot | None = None
    sections: tuple[str, ...] = ()
    highlights: bool = False
    full: bool = False
    thread: bool = False
    mention: str = ""
    start: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A place's standing wish.

    `seen` is the last appearance that was dealt with, `upcoming` the number of the
    issue a club reads next, `digests` how many were planned so far, `due` when
    the next weekly one is. `paused` says why nothing is posted, "" while it is;
    `missed` that it stopped without anybody wishing it, so that what appears
    meanwhile is still owed. `version` counts its changes.
    """

    id: str
    place: Place
    options: DigestOptions
    by: str
    by_name: str
    since: datetime
    seen: int = 0
    upcoming: int = 0
    digests: int = 0
    due: datetime | None = None
    paused: str = ""
    missed: bool = False
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """That an issue came into the library: `id` counts them. What is no `news`
    was there from the first, belongs to the archive, or had another number before.
    `names` are what the issue is known again by.
    """

    id: int
    issue: int
    names: frozenset[str]
    news: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """Issues to be posted to one place together, in the order of their numbers."""

    subscription: Subscription
    issues: tuple[Issue, ...]


class DeliveryState(enum.StrEnum):
    """What became of a delivery. `SENDING` is written before the request leaves:
    after a crash it means that nobody knows.
    """

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One part of one digest.

    `id` is its name on the platform as well, at most 25 characters of `[a-z0-9-]`.
    `payload` is what the platform's poster made of it. `root` is the message of
    the first part, "" before that is sent. `began` and `fence` tell of the last
    attempt, of which there were `tries`.
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
    message: str = ""
    fence: int = 0
    tries: int = 0
    began: datetime | None = None
    again: datetime | None = None
    settled: datetime | None = None
    problem: str = ""


def delivery_id(subscription: str, digest: int, part: int) -> str:
    """The same for the same part for ever.

    >>> delivery_id("k3jx92ab", 12, 3)
    'k3jx92ab-12-03'
    """
    return f"{subscription}-{digest}-{part:02d}"
