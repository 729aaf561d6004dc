"""What would be posted where and when, without posting anything."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.digests.arrivals import latest
from bot.digests.planner import next_digest
from bot.model.digests import DigestKind, Subscription
from bot.ports import ArrivalLog, DigestStore, Library

MONTH: Final = timedelta(days=31)


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """A digest that will be due. `issues` are the numbers of those that are known today,
    () for whatever is new by then.
    """

    at: datetime
    subscription: Subscription
    issues: tuple[int, ...]


async def forecast(
    library: Library, store: DigestStore, now: datetime, until: datetime
) -> Sequence[Forecast]:
    """All digests that are due by then, the soonest first; none of paused subscriptions."""
    newest = await latest(store.arrivals)
    forecasts = [
        each
        for subscription in await store.subscriptions.all()
        async for each in _due(library, store.arrivals, subscription, now, until, newest)
    ]
    return sorted(forecasts, key=lambda each: (each.at, each.subscription.id))


async def _due(  # noqa: PLR0913, PLR0917 - what is asked, and of whom
    library: Library,
    arrivals: ArrivalLog,
    subscription: Subscription,
    now: datetime,
    until: datetime,
    newest: int,
) -> AsyncIterator[Forecast]:
    weekly = subscription.options.slot is not None
    while not subscription.paused:
        at = max(subscription.due or now, now)
        if at > until:
            return
        digest, after = await next_digest(library, arrivals, subscription, at, newest)
        issues = tuple(issue.number or 0 for issue in digest.issues) if digest else ()
        if issues or (weekly and subscription.options.kind is DigestKind.NEWS):
            yield Forecast(at=at, subscription=subscription, issues=issues)
        if not weekly:
            return
        subscription = after
