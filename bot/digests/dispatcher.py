"""Sends what is written down, and settles what became of it.

A delivery is marked as being sent before its request leaves. What then is not
answered for sure is settled by asking the platform whether it stands there,
never by sending it again at a guess.
"""

import logging
from datetime import datetime, timedelta
from typing import Final

from bot.digests.poster import ChannelClosed, HistoryUnreadable, OutcomeUnknown, Poster, Rejected, RetryLater
from bot.model.digests import Delivery, DeliveryState
from bot.ports import DigestStore
from bot.runtime.clock import Clock

log: Final = logging.getLogger("anbot.digests")

SENDING: Final = 20.0
"""Seconds that a request may take; what takes longer is unsure."""
SETTLING: Final = 3.0
"""Seconds between an unsure request and looking for what became of it: it may still be on its way."""
LOST: Final = SENDING + 10.0
"""Seconds after which what another process was sending has surely left it or never will."""
_FIRST_WAIT: Final = 2.0
_LONGEST_WAIT: Final = 300.0


class Dispatcher:
    """Delivers for the holder of a fence: a number that grows whenever another
    process takes over, and without which nothing is sent.
    """

    def __init__(self, store: DigestStore, poster: Poster, clock: Clock) -> None:
        self._subscriptions = store.subscriptions
        self._outbox = store.outbox
        self._poster = poster
        self._clock = clock

    async def deliver(self, subscription: str, fence: int) -> None:
        """Send what the subscription is owed, part after part, until there is nothing
        left, or nothing that may be sent now.
        """
        while delivery := await self._outbox.head(subscription):
            now = self._clock()
            if delivery.again and delivery.again > now:
                return
            if not await self._step(delivery, fence, now):
                return

    async def _step(self, delivery: Delivery, fence: int, now: datetime) -> bool:
        """Bring one delivery further; False where what follows has to wait."""
        try:
            async with self._clock.timeout(SENDING):
                if delivery.state is DeliveryState.SENDING:
                    return await self._settle(delivery, fence, now)
                return await self._send(delivery, fence, now)
        except ChannelClosed as gone:
            await self._outbox.postpone(delivery.id, delivery.state, self._clock(), str(gone))
            if paused := await self._subscriptions.pause(delivery.subscription, str(gone)):
                log.warning("subscription %s is paused: %s", delivery.subscription, gone)
                await self._poster.notify(paused, str(gone))
        except RetryLater as later:
            await self._wait(delivery, delivery.state, str(later), later.seconds)
        except Rejected as refused:
            log.error("delivery %s was refused: %s", delivery.id, refused)  # noqa: TRY400 - the platform's sentence is all
            await self._outbox.fail(delivery.id, str(refused), self._clock())
            return True
        except (OutcomeUnknown, TimeoutError) as unsure:
            told = str(unsure) or "no answer in time"
            await self._wait(delivery, DeliveryState.SENDING, told, max(SETTLING, _backing_off(delivery)))
        return False

    async def _send(self, delivery: Delivery, fence: int, now: datetime) -> bool:
        if not await self._outbox.begin(delivery.id, fence, now):
            return False
        message = await self._poster.post(delivery)
        await self._outbox.sent(delivery.id, message, self._clock())
        return True

    async def _settle(self, delivery: Delivery, fence: int, now: datetime) -> bool:
        """Ask whether it stands there; if not, it is free to be sent again."""
        began = delivery.began or now
        if delivery.fence != fence and now < began + timedelta(seconds=LOST):
            left = (began + timedelta(seconds=LOST) - now).total_seconds()
            await self._wait(delivery, DeliveryState.SENDING, "another process was sending it", left)
            return False
        try:
            message = await self._poster.find(delivery)
        except HistoryUnreadable as unsearchable:
            await self._outbox.fail(delivery.id, str(unsearchable), self._clock())
            return True
        if message is not None:
            await self._outbox.sent(delivery.id, message, self._clock())
            return True
        await self._outbox.postpone(delivery.id, DeliveryState.PENDING, now, delivery.problem)
        return True

    async def _wait(self, delivery: Delivery, state: DeliveryState, told: str, seconds: float) -> None:
        again = self._clock() + timedelta(seconds=seconds)
        await self._outbox.postpone(delivery.id, state, again, told)


def _backing_off(delivery: Delivery) -> float:
    """Seconds to the next try: twice as long each time."""
    return min(_FIRST_WAIT * 2.0 ** min(delivery.tries, 10), _LONGEST_WAIT)
