"""Checks if anything was written by a clock that was ahead of this one."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import datetime, timedelta
from typing import Final

from bot.digests.schedule import next_slot
from bot.digests.timezones import UnknownTimezone
from bot.doctor.patient import Patient
from bot.model.digests import LONGEST_WAIT, Subscription
from bot.model.findings import Finding, bad
from bot.sources.backoff import LONGEST_ASKED
from bot.sources.named import standing
from bot.text.phrases import span
from bot.workers.shards import LEASE

_TOLERATED: Final = timedelta(minutes=1)
_CHECKED: Final = 500
_SHOWN: Final = 5
_ADVICE: Final = "Have the clock of this machine set by NTP. If it is right now, `anbot run` corrects these times by itself."


async def clock(patient: Patient) -> Sequence[Finding]:
    """Findings on times that are later than they can be."""
    ahead = [each async for each in _ahead(patient)]
    if not ahead:
        return []
    more = f", and {len(ahead) - _SHOWN} more" if len(ahead) > _SHOWN else ""
    shown = "; ".join(ahead[:_SHOWN])
    return [bad(f"The clock is behind now, or was ahead when this was written: {shown}{more}", _ADVICE)]


async def _ahead(patient: Patient) -> AsyncIterator[str]:
    now, store = patient.now, patient.store
    for platform, ends in (await store.lease.ends()).items():
        if ends > now + timedelta(seconds=LEASE) + _TOLERATED:
            yield f"the lease of {platform} ends in {span(ends - now)}"
    for each in await store.subscriptions.all():
        if each.due and each.due > _next(each, now) + _TOLERATED:
            yield f"digest {each.id} is due in {span(each.due - now)}, later than at its next hour"
    for delivery in await store.outbox.log(None, _CHECKED):
        if delivery.again and not delivery.settled and delivery.again > now + LONGEST_WAIT:
            yield f"delivery {delivery.id} is tried in {span(delivery.again - now)}"
        elif (delivery.settled or delivery.planned) > now + _TOLERATED:
            moment = delivery.settled or delivery.planned
            yield f"delivery {delivery.id} was dealt with in {span(moment - now)}"
    for source in await asyncio.to_thread(standing, patient.settings.sources):
        state = await store.sources.state(source.name)
        if state and state.due > now + LONGEST_ASKED:
            yield f"{state.name} is asked in {span(state.due - now)}"


def _next(subscription: Subscription, now: datetime) -> datetime:
    """The next hour of an active weekly subscription; the end of time for others."""
    slot = subscription.options.slot
    if slot is None or subscription.paused:
        return datetime.max.replace(tzinfo=now.tzinfo) - _TOLERATED
    try:
        return next_slot(slot, now)
    except UnknownTimezone:
        return datetime.max.replace(tzinfo=now.tzinfo) - _TOLERATED
