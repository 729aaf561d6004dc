"""What happens in a scenario, all of it drawn from its seed."""

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum, auto

from bot.model.digests import DigestKind, WeeklySlot


class Trouble(Enum):
    """What becomes of one request for a digest; what was TAKEN was carried out, what
    was ANSWERED was also told.
    """

    KILL = auto()
    KILL_TAKEN = auto()
    CUT = auto()
    CUT_TAKEN = auto()
    ERROR = auto()
    ERROR_TAKEN = auto()
    SILENCE = auto()
    SILENCE_TAKEN = auto()
    TOO_MANY = auto()
    FREEZE = auto()
    FREEZE_TAKEN = auto()
    STOP = auto()
    KILL_ANSWERED = auto()


KILLS = frozenset({Trouble.KILL, Trouble.KILL_TAKEN, Trouble.KILL_ANSWERED})
FREEZES = frozenset({Trouble.FREEZE, Trouble.FREEZE_TAKEN})
TAKEN = frozenset(trouble for trouble in Trouble if trouble.name.endswith("_TAKEN"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """An hour of some week on a wall, and when it is, worked out by hand."""

    slot: WeeklySlot
    due: datetime


def _moment(weekday: int, hour: int, timezone: str, due: str) -> Moment:
    return Moment(
        slot=WeeklySlot(weekday=weekday, hour=hour, timezone=timezone),
        due=datetime.fromisoformat(due).replace(tzinfo=UTC),
    )


MOMENTS = (
    _moment(0, 9, "Asia/Kathmandu", "2026-11-23T03:15"),
    _moment(6, 1, "Europe/London", "2027-03-28T01:00"),  # left out by the clock: it jumps then
    _moment(6, 1, "Europe/London", "2026-10-25T00:00"),  # comes twice: the first
    _moment(6, 2, "America/New_York", "2027-03-14T07:00"),
    _moment(6, 1, "America/New_York", "2026-11-01T05:00"),
    _moment(4, 0, "UTC", "2027-01-01T00:00"),
    _moment(1, 12, "Europe/Berlin", "2028-02-29T11:00"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """`troubles` are by the count of the request they strike, from 0. With `twins`
    two processes run from the first. A platform that `forgets` knows no nonces, so that
    only looking can tell. `weeks` is how long none runs before what is due.

    Of the newsletter, `rows`: the new issue comes in entry by entry; `archive`: the whole
    archive is taken in meanwhile. Of the database, `poisoned`: nine more channels have digests,
    of which one cannot be planned; `rules`: the stored time was computed by former rules of its timezone.
    In a `crowd` people write 4,000 messages while the digest is posted, half of them before the
    first trouble, half of them when it strikes. `forum`: the channel is one.
    """

    seed: int
    platform: str
    kind: DigestKind
    moment: Moment | None
    thread: bool
    twins: bool
    forgets: bool
    weeks: int
    rows: bool
    archive: bool
    poisoned: bool
    rules: bool
    crowd: bool
    forum: bool
    troubles: dict[int, Trouble]

    @property
    def start(self) -> datetime:
        """A little before something is due."""
        return (
            self.moment.due - timedelta(seconds=10) if self.moment else datetime(2026, 11, 20, 12, tzinfo=UTC)
        )

    def __str__(self) -> str:
        what = f"{self.platform} {self.kind}" + (f" {self.moment.due:%Y-%m-%dT%H:%M}" if self.moment else "")
        troubles = " ".join(f"{at}:{trouble.name.lower()}" for at, trouble in sorted(self.troubles.items()))
        extra = (
            " thread" * self.thread
            + " twins" * self.twins
            + " forgets" * self.forgets
            + (f" {self.weeks} weeks down" * bool(self.weeks))
            + " rows" * self.rows
            + " archive" * self.archive
            + " poisoned" * self.poisoned
            + " rules" * self.rules
            + " crowd" * self.crowd
            + " forum" * self.forum
        )
        return f"seed {self.seed}: {what}{extra} [{troubles}]"


PLATFORMS = ("discord", "slack")
STEPS = 13
"""Requests that a digest of ten parts, its thread and looking for a part take, and a few more."""
ROUND = len(PLATFORMS) * STEPS * len(Trouble)
"""Scenarios after which every trouble has struck every step on every platform."""


CROWDED = 0.1
"""How many of the scenarios have a crowd."""
FORUMS = 0.2
"""How many of the others on Discord post to a forum."""


def scenario(seed: int) -> Scenario:
    """The scenario of that seed, the same for ever: its first trouble is the seed's turn, the rest is drawn."""
    turn, platform = divmod(seed, len(PLATFORMS))
    turn, first = divmod(turn, STEPS)
    draw = random.Random(seed)  # noqa: S311 - no secret
    kind = draw.choice((DigestKind.NEWS, DigestKind.NEWS, DigestKind.CLUB))
    weekly = kind is DigestKind.CLUB or draw.random() < 0.4
    others = draw.sample(range(STEPS), k=draw.choice((0, 0, 0, 1, 2)))
    troubles = {at: draw.choice(list(Trouble)) for at in others}
    moment = draw.choice(MOMENTS) if weekly else None
    thread, twins = draw.random() < 0.4, draw.random() < 0.3
    forgets = PLATFORMS[platform] == "slack" or draw.random() < 0.5
    weeks = 3 if weekly and draw.random() < 0.25 else 0
    more = random.Random(f"more {seed}")  # noqa: S311 - no secret
    rows = kind is DigestKind.NEWS and not weekly and more.random() < 0.4
    archive = kind is DigestKind.NEWS and more.random() < 0.5
    poisoned = more.random() < 0.5
    rules = weekly and more.random() < 0.5
    crowd = more.random() < CROWDED
    return Scenario(
        seed=seed,
        platform=PLATFORMS[platform],
        kind=kind,
        moment=moment,
        thread=thread,
        twins=twins,
        forgets=forgets,
        weeks=weeks,
        rows=rows,
        archive=archive,
        poisoned=poisoned,
        rules=rules,
        crowd=crowd,
        forum=PLATFORMS[platform] == "discord" and not crowd and more.random() < FORUMS,
        troubles=troubles | {first: list(Trouble)[turn % len(Trouble)]},
    )
