"""Checks if digests are posted in time, and which are paused or failed."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Final

from bot.digests.planner import READ_THROUGH
from bot.digests.subscriptions import BY_HAND, BY_OPERATOR
from bot.digests.wording import NAMES
from bot.doctor.patient import Patient
from bot.model.digests import OWED, Delivery, DeliveryState, Subscription
from bot.model.findings import Finding, ok, warn
from bot.text.phrases import counted, span

_LATE: Final = timedelta(minutes=10)
"""If a digest is that late, no process delivers."""
_STUCK: Final = timedelta(hours=1)
_LATELY: Final = timedelta(days=7)
_CHECKED: Final = 500
_SHOWN: Final = 10
_INTENDED: Final = frozenset({BY_HAND, BY_OPERATOR, READ_THROUGH})
"""Reasons to be paused that are no problem."""


async def digests(patient: Patient) -> Sequence[Finding]:
    """Findings on every subscription and the last deliveries."""
    subscriptions = await patient.store.subscriptions.all()
    if not subscriptions:
        return [ok("No channel is subscribed to digests")]
    logged = await patient.store.outbox.log(None, _CHECKED)
    troubles = [
        *await _late(patient, subscriptions),
        *_paused(subscriptions),
        *_faulty(subscriptions),
        *_stuck(patient, logged),
        *_failed(patient, logged),
    ]
    return troubles or [ok(f"{counted(len(subscriptions), 'digest')}: {_last(patient, logged)}")]


async def _late(patient: Patient, subscriptions: Sequence[Subscription]) -> Sequence[Finding]:
    then = patient.now - _LATE
    waiting = {each.id for each in subscriptions if not each.paused and each.due and each.due < then}
    for platform in {each.place.platform for each in subscriptions}:
        waiting.update(name for name, _ in await patient.store.outbox.ready(platform, then))
    if not waiting:
        return []
    late = sorted({each.place.platform for each in subscriptions if each.id in waiting})
    return [
        warn(
            f"{counted(len(waiting), 'digest')} should have been posted by now",
            f"Is `anbot run` running, on this database, with {' and '.join(late)} configured?",
        )
    ]


def _paused(subscriptions: Sequence[Subscription]) -> Iterator[Finding]:
    """Those that the bot, not a person, paused."""
    paused = [each for each in subscriptions if each.paused and each.paused not in _INTENDED]
    for each in paused[:_SHOWN]:
        yield warn(
            f"{_named(each)}: paused: {each.paused}",
            "Once that is solved, `/digest resume` there continues it; `/digest stop` ends it.",
        )
    if len(paused) > _SHOWN:
        yield warn(f"{len(paused) - _SHOWN} more digests are paused", "`anbot digest due` lists all.")


def _faulty(subscriptions: Sequence[Subscription]) -> Iterator[Finding]:
    """Those that the bot failed to plan."""
    for each in [each for each in subscriptions if each.problem and not each.paused][:_SHOWN]:
        yield warn(
            f"{_named(each)}: cannot be prepared: {each.problem}",
            "It is tried again every few minutes. `/digest here` changes it, `/digest stop` ends it.",
        )


def _named(subscription: Subscription) -> str:
    place = subscription.place
    return f"{NAMES[subscription.options.kind]} in {place.platform} channel {place.channel} of {place.server}"


def _stuck(patient: Patient, logged: Sequence[Delivery]) -> Iterator[Finding]:
    """Deliveries that fail again and again."""
    stuck = [
        each for each in logged if each.state in OWED and each.problem and each.planned < patient.now - _STUCK
    ]
    if stuck:
        parts = counted(len(stuck), "part of a digest waits", "parts of digests wait")
        yield warn(f"{parts} for over an hour, the last: {stuck[0].problem}", "See `anbot digest log`.")


def _failed(patient: Patient, logged: Sequence[Delivery]) -> Sequence[Finding]:
    """Deliveries that failed lately."""
    since = patient.now - _LATELY
    failed = [
        each
        for each in logged
        if each.state is DeliveryState.FAILED and each.settled and each.settled > since
    ]
    if not failed:
        return []
    parts = counted(len(failed), "part of a digest", "parts of digests")
    return [
        warn(
            f"{parts} could not be posted this week, the last: {failed[0].problem}", "See `anbot digest log`."
        )
    ]


def _last(patient: Patient, deliveries: Sequence[Delivery]) -> str:
    times = [each.settled for each in deliveries if each.state is DeliveryState.SENT and each.settled]
    return f"last posted {span(patient.now - max(times))} ago" if times else "nothing was due yet"
