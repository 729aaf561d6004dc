"""Tells whoever runs the bot about alerts, on each platform that has a channel for it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from itertools import chain
from typing import Final, TypeAlias

import msgspec

from bot.app import Services
from bot.digests.poster import OutcomeUnknown
from bot.errors import BotError
from bot.monitoring.alerts import Alerts, Trouble, advance
from bot.monitoring.state import Observer
from bot.monitoring.troubles import of_digests, of_state

log: Final = logging.getLogger("anbot")

EVERY: Final = 120.0
"""Seconds from one look to the next."""
_LOGGED: Final = 500
"""The latest deliveries, among which those that wait are."""
Tell: TypeAlias = Callable[[Services, str], Awaitable[None]]
"""Posts a text for whoever runs the bot; raises BotError if it was not posted, OutcomeUnknown if nobody knows."""


class Teller:
    """Tells on one platform.

    What was told is written down before it is sent, so no restart and no second process
    tells it again; a message that surely did not leave is tried again later.
    """

    def __init__(
        self,
        platform: str,
        tell: Tell,
        services: Services,
        observer: Observer,
        refused: Mapping[str, BotError],
    ) -> None:
        """`refused` says why a platform is not served, now and later."""
        self._name = f"alerts.{platform}"
        self._platform = platform
        self._tell = tell
        self._services = services
        self._observer = observer
        self._refused = refused

    async def run(self, stop: asyncio.Event) -> None:
        """Look over and over, until all is to stop; a failure is logged, and the next look may do."""
        while not stop.is_set():
            try:
                await self.look()
            except BotError as error:
                log.warning("alerts: %s", error)
            except Exception:
                log.exception("alerts: a defect; they go on")
            await self._services.clock.sleep_unless(stop, EVERY)

    async def look(self) -> None:
        """Tell what is to be told now."""
        memo, now = self._services.store.memo, self._services.clock()
        written = await memo.recall(self._name)
        known = _decoded(written)
        after, lines = advance(known, await self._troubles(), now)
        if after == known or not await memo.replace(self._name, written, _encoded(after)):
            return
        if lines:
            await self._send(lines, known, after)

    async def _send(self, lines: Sequence[str], known: Alerts, after: Alerts) -> None:
        try:
            await self._tell(self._services, "\n".join(lines))
        except OutcomeUnknown as error:
            log.warning("an alert may not have arrived on %s: %s", self._platform, error)
        except BotError as error:
            log.warning("an alert could not be sent on %s: %s", self._platform, error)
            await self._services.store.memo.replace(self._name, _encoded(after), _encoded(known))

    async def _troubles(self) -> Sequence[Trouble]:
        store, now = self._services.store, self._services.clock()
        state = await self._observer.state()
        troubles = of_state(state, self._refused)
        if not state.database:
            return list(troubles)
        deliveries = await store.outbox.log(None, _LOGGED)
        return list(chain(troubles, of_digests(await store.subscriptions.all(), deliveries, now)))


def _encoded(alerts: Alerts) -> str:
    return msgspec.json.encode(alerts).decode()


def _decoded(written: str | None) -> Alerts:
    """What was written; nothing if that cannot be read."""
    try:
        return msgspec.json.decode(written or "{}", type=Alerts)
    except msgspec.MsgspecError:
        return Alerts()
