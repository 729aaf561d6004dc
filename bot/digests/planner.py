"""Writes what is due to the outbox, before any of it is sent."""

import logging
from dataclasses import replace
from datetime import datetime
from typing import Final

from bot.digests.arrivals import record_arrivals
from bot.digests.compose import Part, wanted
from bot.digests.poster import Poster
from bot.digests.schedule import next_slot
from bot.model.digests import Delivery, Digest, DigestKind, DigestOptions, Subscription, delivery_id
from bot.ports import ArrivalLog, DigestStore, Library

log: Final = logging.getLogger("anbot.digests")

READ_THROUGH: Final = "The archive is read through: there is no issue left."
"""The reason why a finished reading club is paused."""
_Composed = dict[tuple[DigestOptions, tuple[int | None, ...]], tuple[Part, ...]]


class Planner:
    """Turns what is due on one platform into deliveries."""

    def __init__(self, library: Library, store: DigestStore, poster: Poster) -> None:
        self._library = library
        self._subscriptions = store.subscriptions
        self._arrivals = store.arrivals
        self._outbox = store.outbox
        self._poster = poster

    async def plan(self, now: datetime, fence: int) -> int:
        """Plan all that is due; the number of subscriptions that were due.

        Nothing is posted from the embedded sample.
        """
        if (await self._library.origin()).sample:
            return 0
        newest = await record_arrivals(self._library, self._arrivals, now)
        composed: _Composed = {}
        due = await self._subscriptions.due(self._poster.platform, now, newest)
        for subscription in due:
            digest, after = await next_digest(self._library, self._arrivals, subscription, now, newest)
            if after.paused and await self._outbox.head(subscription.id):
                continue  # it ends once its deliveries are through: a paused subscription is posted nothing
            await self._plan_one(digest, after, now, fence, composed)
        return len(due)

    async def _plan_one(
        self, digest: Digest | None, after: Subscription, now: datetime, fence: int, composed: _Composed
    ) -> None:
        deliveries: list[Delivery] = []
        if digest:
            deliveries = self._deliveries(digest, now, composed)
        if deliveries:
            after = replace(after, digests=after.digests + 1)
        if not await self._outbox.plan(after, deliveries, fence):
            log.info("subscription %s changed meanwhile, or another process plans", after.id)
        elif after.paused:
            await self._poster.notify(after, after.paused)

    def _deliveries(self, digest: Digest, now: datetime, composed: _Composed) -> list[Delivery]:
        subscription = digest.subscription
        alike = replace(subscription.options, mention="", slot=None)
        # Many channels ask for the same.
        name = (alike, tuple(issue.number for issue in digest.issues))
        parts = composed.get(name)
        if parts is None:
            parts = composed[name] = tuple(self._poster.parts(digest))
        made = []
        for part in parts:
            known_as = delivery_id(subscription.id, subscription.digests + 1, part.number)
            made.append(
                Delivery(
                    id=known_as,
                    subscription=subscription.id,
                    place=subscription.place,
                    digest=subscription.digests + 1,
                    part=part.number,
                    parts=part.count,
                    payload=self._poster.payload(digest, part, known_as),
                    thread=subscription.options.thread,
                    planned=now,
                    again=now,
                )
            )
        return made


async def next_digest(
    library: Library, arrivals: ArrivalLog, subscription: Subscription, now: datetime, newest: int
) -> tuple[Digest | None, Subscription]:
    """The digest that is due, None for nothing, and the subscription's state after it.
    `newest` is the last arrival that counts.
    """
    slot = subscription.options.slot
    after = replace(subscription, due=next_slot(slot, now) if slot else None)
    if subscription.options.kind is DigestKind.CLUB:
        return await _next_of_club(library, subscription, after)
    numbers = await arrivals.news(subscription.seen, newest)
    issues = [issue for number in sorted(numbers) if (issue := await library.issue(number))]
    after = replace(after, seen=max(newest, subscription.seen))
    return (Digest(subscription=subscription, issues=tuple(issues)) if issues else None), after


async def _next_of_club(
    library: Library, subscription: Subscription, after: Subscription
) -> tuple[Digest | None, Subscription]:
    """The next issue with an entry that was asked for."""
    for number in await library.numbers():
        if number < subscription.upcoming:
            continue
        issue = await library.issue(number)
        if issue and wanted(issue, subscription.options):
            digest = Digest(subscription=subscription, issues=(issue,))
            return digest, replace(after, upcoming=number + 1)
    return None, replace(after, paused=READ_THROUGH)
