"""Alerts: whoever runs the bot is told once when something has failed for long, and once when it is well again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from bot.text.phrases import span

CALM: Final = timedelta(minutes=10)
"""What failed counts as well again after so long without failing."""
APART: Final = timedelta(hours=1)
"""The least time between two messages: what comes meanwhile is told together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Something that fails now, under a name that stays the same while it does.

    `since` is None if that is not known; it is told after `patience`.
    """

    name: str
    sentence: str
    patience: timedelta
    since: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """A trouble that is followed; `well` is when it was first gone, None while it lasts."""

    name: str
    sentence: str
    since: datetime
    announced: bool = False
    well: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alerts:
    """All that is followed, and when the last message was sent."""

    followed: tuple[Alert, ...] = ()
    last: datetime | None = None


def advance(known: Alerts, troubles: Iterable[Trouble], now: datetime) -> tuple[Alerts, Sequence[str]]:
    """The alerts now, and the lines to tell: none if there is nothing new, or it is too soon."""
    present = {trouble.name: trouble for trouble in troubles}
    before = {alert.name: alert for alert in known.followed}
    failing = [_failing(trouble, before.get(name), now) for name, trouble in present.items()]
    ended = [
        replace(alert, well=min(alert.well or now, now))
        for alert in known.followed
        if alert.name not in present and alert.announced
    ]
    quiet = known.last is not None and timedelta() <= now - known.last < APART
    due = [] if quiet else [each.name for each in failing if _is_due(each, present[each.name], now)]
    over = [] if quiet else [each for each in ended if each.well and now - each.well >= CALM]
    lines = [f"Fails for {span(now - each.since)}: {each.sentence}" for each in failing if each.name in due]
    lines += [f"Well again after {span((each.well or now) - each.since)}: {each.sentence}" for each in over]
    followed = [
        *(replace(each, announced=each.announced or each.name in due) for each in failing),
        *(each for each in ended if each not in over),
    ]
    return Alerts(followed=tuple(followed), last=now if lines else known.last), lines


def _failing(trouble: Trouble, known: Alert | None, now: datetime) -> Alert:
    """What is known of it stays, but no time lies ahead: a clock may have been."""
    since = min(trouble.since or (known.since if known else now), now)
    announced = known is not None and known.announced
    return Alert(name=trouble.name, sentence=trouble.sentence, since=since, announced=announced)


def _is_due(alert: Alert, trouble: Trouble, now: datetime) -> bool:
    return not alert.announced and now - alert.since >= trouble.patience
