"""Writes what is due to the outbox, before any of it is sent."""

import logging
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final, Protocol, TypeAlias

from bot.digests.arrivals import QUIET, record_arrivals
from bot.digests.compose import wanted
from bot.digests.poster import Poster
from bot.digests.rendering import Rendering
from bot.digests.schedule import WEEK, next_slot, same_week
from bot.errors import BotError, StoreError
from bot.model.digests import Digest, DigestKind, Plan, Subscription, WeeklySlot
from bot.model.newsletter import Issue
from bot.ports import ArrivalLog, DigestStore, Library

log: Final = logging.getLogger("anbot.digests")

READ_THROUGH: Final = "The archive is read through: there is no issue left."
"""The reason why a finished reading club is paused."""
RETRY: Final = timedelta(minutes=5)
"""After a failure the subscription is planned again that much later."""
BATCH: Final = 32
"""Subscriptions that are written together; between two batches others have their turn."""

FenceOf: TypeAlias = Callable[[str], int | None]
"""The fence of a server's shard; None if this process does not hold it."""


class Planner:
    """Turns what is due on one platform into deliveries."""

    def __init__(
        self, library: Library, store: DigestStore, poster: Poster, *, quiet: timedelta = QUIET
    ) -> None:
        """A new issue is planned if nothing was added for the time `quiet`."""
        self._library = library
        self._quiet = quiet
        self._retries: dict[tuple[str, int], datetime] = {}
        self._subscriptions = store.subscriptions
        self._arrivals = store.arrivals
        self._outbox = store.outbox
        self._poster = poster

    async def plan(self, now: datetime, fence: FenceOf) -> int:
        """Plan all that is due where there is a fence; the number of subscriptions that were due there.

        Nothing is posted from the embedded sample.
        """
        if (await self._library.origin()).sample:
            return 0
        newest = await record_arrivals(self._library, self._arrivals, now, self._quiet)
        rendering = Rendering(self._poster)
        issues = _Issues(self._library, self._arrivals)
        fenced: dict[int, list[Subscription]] = defaultdict(list)
        for each in await self._subscriptions.due(self._poster.platform, now, newest):
            if (number := fence(each.place.server)) is not None:
                fenced[number].append(each)
        for number, due in fenced.items():
            for start in range(0, len(due), BATCH):
                plans = []
                for subscription in due[start : start + BATCH]:
                    retry = self._retries.get((subscription.id, subscription.version), now)
                    waits = now < retry <= now + RETRY
                    if not waits and (
                        plan := await self._plan_alone(subscription, now, newest, issues, rendering)
                    ):
                        plans.append(plan)
                await self._write(plans, number)
        return sum(map(len, fenced.values()))

    async def recompute(self, now: datetime, fence: FenceOf) -> None:
        """Set times that were computed by other rules of a timezone than those in force, or
        by a clock that was ahead, where there is a fence: no digest is due later than at its next hour.
        """
        for subscription in await self._subscriptions.due_later(self._poster.platform, now):
            slot, due = subscription.options.slot, subscription.due
            if slot is None or due is None or fence(subscription.place.server) is None:
                continue
            try:
                after = replace(subscription, due=await self._due(subscription, slot, due, now))
            except BotError:
                continue  # planning says so
            if after != subscription and await self._subscriptions.change(after):
                log.info("subscription %s is due at %s, not at %s", after.id, after.due, due)

    async def _due(
        self, subscription: Subscription, slot: WeeklySlot, due: datetime, now: datetime
    ) -> datetime:
        """When it is due by the rules of today. Later than at its next hour only if it was posted for that already."""
        due, coming = same_week(slot, due), next_slot(slot, now)
        if due <= coming:
            return due
        last = await self._outbox.planned(subscription)
        early = last is not None and last > coming - WEEK
        return min(due, next_slot(slot, coming)) if early else coming

    async def _plan_alone(
        self, subscription: Subscription, now: datetime, newest: int, issues: "_Issues", rendering: Rendering
    ) -> Plan | None:
        """The plan of one subscription. Whatever is wrong with it stops no other; it is tried again later."""
        try:
            digest, after = await next_digest(issues, issues, subscription, now, newest)
            if after.paused and await self._outbox.head(subscription.id):
                # It ends once its deliveries are through: a paused subscription is posted nothing.
                return None
            deliveries = rendering.deliveries(digest, now) if digest else []
        except StoreError:
            raise  # of the database, hence of all
        except Exception as error:
            self._retries[subscription.id, subscription.version] = now + RETRY
            if await self._subscriptions.note(subscription.id, problem_of(error)):
                log.exception("subscription %s cannot be planned; the others can", subscription.id)
            return None
        self._retries.pop((subscription.id, subscription.version), None)
        return replace(after, problem="", digests=after.digests + bool(deliveries)), deliveries

    async def _write(self, plans: Sequence[Plan], fence: int) -> None:
        planned = set(await self._outbox.plan_all(plans, fence)) if plans else set()
        for after, _ in plans:
            if after.id not in planned:
                log.info("subscription %s changed meanwhile, or another process plans", after.id)
            elif after.paused:
                await self._poster.notify(after, after.paused)


def problem_of(error: Exception) -> str:
    """What went wrong, in a sentence that members may read: a defect is named by its class alone."""
    return str(error) if isinstance(error, BotError) else f"A defect of the bot ({type(error).__name__})."


class _News(Protocol):
    """What `next_digest` needs of the arrivals."""

    async def news(self, seen: int, newest: int) -> Sequence[int]:
        """As in `bot.ports.ArrivalLog`."""


class _Shelf(Protocol):
    """What `next_digest` needs of the library."""

    async def numbers(self) -> Sequence[int]:
        """As in `bot.ports.Library`."""

    async def issue(self, number: int) -> Issue | None:
        """As in `bot.ports.Library`."""


class _Issues:
    """Issues and news, each read once: many channels ask for the same."""

    def __init__(self, library: Library, arrivals: ArrivalLog) -> None:
        self._library = library
        self._arrivals = arrivals
        self._numbers: Sequence[int] | None = None
        self._issues: dict[int, Issue | None] = {}
        self._news: dict[tuple[int, int], Sequence[int]] = {}

    async def numbers(self) -> Sequence[int]:
        if self._numbers is None:
            self._numbers = await self._library.numbers()
        return self._numbers

    async def issue(self, number: int) -> Issue | None:
        if number not in self._issues:
            self._issues[number] = await self._library.issue(number)
        return self._issues[number]

    async def news(self, seen: int, newest: int) -> Sequence[int]:
        if (seen, newest) not in self._news:
            self._news[seen, newest] = await self._arrivals.news(seen, newest)
        return self._news[seen, newest]


async def next_digest(
    library: _Shelf, arrivals: _News, subscription: Subscription, now: datetime, newest: int
) -> tuple[Digest | None, Subscription]:
    """The digest that is due, None for nothing, and the subscription's state after it.
    `newest` is the last arrival that counts.
    """
    slot = subscription.options.slot
    after = replace(subscription, due=next_slot(slot, now) if slot else None)
    if subscription.options.kind is DigestKind.CLUB:
        return await _next_of_club(library, subscription, after)
    numbers = set(await arrivals.news(subscription.seen, newest)) - set(subscription.skipped)
    issues = [issue for number in sorted(numbers) if (issue := await library.issue(number))]
    after = replace(after, seen=max(newest, subscription.seen))
    return (Digest(subscription=subscription, issues=tuple(issues)) if issues else None), after


async def _next_of_club(
    library: _Shelf, subscription: Subscription, after: Subscription
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
