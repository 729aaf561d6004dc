"""Sends deliveries of the outbox, and settles those whose outcome is unknown.

A delivery is marked as being sent before its request leaves. If the answer does not
arrive, the platform is asked whether the message is there; a delivery is never sent
again on a guess.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.digests.deadline import leaving_within
from bot.digests.planner import RETRY, problem_of
from bot.digests.poster import (
    ChannelClosed,
    HistoryUnreadable,
    OutcomeUnknown,
    Posted,
    Poster,
    Rejected,
    RetryLater,
)
from bot.digests.wording import position
from bot.errors import StoreError
from bot.model.digests import LONGEST_WAIT, Delivery, DeliveryState
from bot.ports import DigestStore
from bot.runtime.clock import Clock

log: Final = logging.getLogger("anbot.digests")

SENDING: Final = 20.0
"""Seconds that a request may take; after that its outcome is unknown."""
SETTLING: Final = 3.0
"""Seconds from a request with an unknown outcome to the search for its message: it may still be on its way."""
LOST: Final = SENDING + 10.0
"""Seconds after which a request of another process has surely left it, or never will."""
_FOREIGN: Final = "another process was sending it"
_FIRST_WAIT: Final = 2.0
_LONGEST_WAIT: Final = 300.0


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryEnded:
    """A delivery that was sent or failed."""

    platform: str
    state: DeliveryState


def unheard(_: DeliveryEnded) -> None:
    """Nobody listens."""


class Dispatcher:
    """Delivers for the holder of a fence: a number that grows if another process takes
    over, and without which nothing is sent.
    """

    def __init__(
        self,
        store: DigestStore,
        poster: Poster,
        clock: Clock,
        ended: Callable[[DeliveryEnded], None] = unheard,
    ) -> None:
        self._subscriptions = store.subscriptions
        self._outbox = store.outbox
        self._poster = poster
        self._clock = clock
        self._ended = ended

    async def deliver(self, subscription: str, fence: int) -> None:
        """Send the subscription's deliveries, part after part, until none is left or the
        next one has to wait.
        """
        while delivery := await self._outbox.head(subscription):
            now = self._clock()
            if delivery.again and now < delivery.again <= now + LONGEST_WAIT:
                return
            if not await self._step(delivery, fence, now):
                return

    async def _step(self, delivery: Delivery, fence: int, now: datetime) -> bool:
        """Advance one delivery; False if the next one has to wait."""
        try:
            async with self._clock.timeout(SENDING):
                if delivery.state is DeliveryState.SENDING:
                    return await self._settle(delivery, fence, now)
                return await self._send(delivery, fence, now)
        except ChannelClosed as closed:
            await self._outbox.postpone(delivery.id, fence, delivery.state, self._clock(), str(closed))
            if paused := await self._subscriptions.pause(delivery.subscription, str(closed)):
                log.warning("subscription %s is paused: %s", delivery.subscription, closed)
                await self._poster.notify(paused, str(closed))
        except RetryLater as later:
            await self._wait(delivery, fence, delivery.state, str(later), later.seconds)
        except Rejected as rejected:
            return await self._fail(delivery, fence, str(rejected))
        except (OutcomeUnknown, TimeoutError) as unknown:
            problem = str(unknown) or "no answer in time"
            state = await self._state(delivery)
            await self._wait(delivery, fence, state, problem, max(SETTLING, _backing_off(delivery)))
        except StoreError:
            raise  # of the database, hence of all
        except Exception as error:
            problem = problem_of(error)
            if delivery.problem != problem:
                log.exception("delivery %s fails; the others do not", delivery.id)
            await self._wait(delivery, fence, await self._state(delivery), problem, RETRY.total_seconds())
        return False

    async def _send(self, delivery: Delivery, fence: int, now: datetime) -> bool:
        with leaving_within(SENDING, self._clock):
            if not await self._outbox.begin(delivery.id, fence, now):
                return False
            posted = await self._poster.post(delivery)
        await self._sent(delivery, posted, now)
        return True

    async def _settle(self, delivery: Delivery, fence: int, now: datetime) -> bool:
        """Look for the message; if it is not there, the delivery may be sent again."""
        if delivery.began is None:  # nobody sent it
            return await self._outbox.postpone(
                delivery.id, fence, DeliveryState.PENDING, now, delivery.problem
            )
        left = LOST - (now - delivery.began).total_seconds()
        if delivery.fence != fence and left > 0 and delivery.problem != _FOREIGN:
            # At most once: if it began in the future, a clock was ahead.
            await self._wait(delivery, fence, DeliveryState.SENDING, _FOREIGN, min(left, LOST))
            return False
        try:
            posted = await self._poster.find(delivery)
        except HistoryUnreadable as unreadable:
            return await self._fail(delivery, fence, str(unreadable))
        if posted is not None:
            await self._sent(delivery, posted, delivery.began)
            return True
        problem = "" if delivery.problem == _FOREIGN else delivery.problem
        return await self._outbox.postpone(delivery.id, fence, DeliveryState.PENDING, now, problem)

    async def _sent(self, delivery: Delivery, posted: Posted, began: datetime) -> None:
        now = self._clock()
        await self._outbox.sent(delivery.id, posted.message, now, posted.problem)
        seconds = (now - began).total_seconds()
        state = DeliveryState.SENT
        log.info("%s was posted in %.1f s", _name(delivery), seconds, extra=_fields(delivery, state))
        self._ended(DeliveryEnded(platform=delivery.place.platform, state=state))

    async def _fail(self, delivery: Delivery, fence: int, problem: str) -> bool:
        if not await self._outbox.fail(delivery.id, fence, problem, self._clock()):
            return False
        state = DeliveryState.FAILED
        log.error("%s was not posted: %s", _name(delivery), problem, extra=_fields(delivery, state))
        self._ended(DeliveryEnded(platform=delivery.place.platform, state=state))
        return True

    async def _state(self, delivery: Delivery) -> DeliveryState:
        """Its state now: the database may have been too busy to mark it as being sent."""
        current = await self._outbox.head(delivery.subscription)
        return current.state if current and current.id == delivery.id else delivery.state

    async def _wait(
        self, delivery: Delivery, fence: int, state: DeliveryState, problem: str, seconds: float
    ) -> None:
        again = self._clock() + timedelta(seconds=min(seconds, LONGEST_WAIT.total_seconds()))
        await self._outbox.postpone(delivery.id, fence, state, again, problem)


def _name(delivery: Delivery) -> str:
    return f"delivery {delivery.id} ({position(delivery)}, {delivery.place.platform})"


def _fields(delivery: Delivery, state: DeliveryState) -> dict[str, str]:
    """What a log that is read by programs says beside the sentence."""
    place = delivery.place
    return {
        "delivery": delivery.id,
        "platform": place.platform,
        "server": place.server,
        "channel": place.channel,
        "state": state.value,
    }


def _backing_off(delivery: Delivery) -> float:
    """Seconds to the next try: twice as long each time."""
    return min(_FIRST_WAIT * 2.0 ** min(delivery.tries, 10), _LONGEST_WAIT)
