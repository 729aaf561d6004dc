"""Serves on several platforms at once, as long as one of them can be served."""

import asyncio
import logging
from collections.abc import Awaitable, Mapping, Sequence
from datetime import timedelta
from typing import Final

from bot.app import Platform, Services
from bot.errors import BotError
from bot.text.phrases import span

log: Final = logging.getLogger("anbot")

_FIRST_RETRY: Final = timedelta(minutes=1)
_LAST_RETRY: Final = timedelta(hours=1)
"""How long a platform that cannot be served waits for its next try: twice as long each time."""


class Serving:
    """A platform that cannot be served is tried again, as long as another can. The end of one
    ends the others in good order.
    """

    def __init__(self, chosen: Sequence[Platform], services: Services, stop: asyncio.Event) -> None:
        self._chosen = chosen
        self._services = services
        self._stop = stop
        self._down: dict[str, BotError] = {}

    @property
    def down(self) -> Mapping[str, BotError]:
        """Why platforms are not served, now and later."""
        return self._down

    async def run(self, *beside: Awaitable[None]) -> None:
        """Serve on all platforms, and do what is to be done beside.

        If none can be served, raises the error that may pass, so that a supervisor starts
        the bot again.
        """
        serving = [*map(self._serve, self._chosen), *map(_contained, beside)]
        served = await asyncio.gather(*serving, return_exceptions=True)
        failures = [failure for failure in served if isinstance(failure, BaseException)]
        failures.sort(key=lambda failure: isinstance(failure, BotError))  # a defect comes first
        for failure in failures[1:]:
            log.error("%s", failure)
        if failures:
            raise failures[0]

    async def _serve(self, platform: Platform) -> None:
        wait = _FIRST_RETRY
        try:
            while not (self._stop.is_set() or await self._is_served(platform, wait)):
                await self._services.clock.sleep_unless(self._stop, wait.total_seconds())
                del self._down[platform.name]
                wait = min(2 * wait, _LAST_RETRY)
        finally:
            self._stop.set()

    async def _is_served(self, platform: Platform, wait: timedelta) -> bool:
        """Serve until the end; False if that cannot be, and is to be tried again after the wait."""
        try:
            await platform.serve(self._services, self._stop)
        except BotError as error:
            others = tuple(self._down.values())
            self._down[platform.name] = error
            if self._stop.is_set() or len(self._down) == len(self._chosen):
                raise _hopeful(platform.name, error, others) from error.__cause__
            log.error("%s is not served: %s Next try in %s.", platform.name, error, span(wait))  # noqa: TRY400 - it says what is wrong
            return False
        return True


def _hopeful(platform: str, last: BotError, others: Sequence[BotError]) -> BotError:
    """The error to end with: one that may pass, if there is one. The last is logged if it is another's."""
    hopeful = max([last, *others], key=lambda error: error.exit_code)
    if hopeful is not last:
        log.error("%s is not served: %s", platform, last)
    return hopeful


async def _contained(work: Awaitable[None]) -> None:
    """Work beside serving, such as polling; a failure is logged, and people are served all the same."""
    try:
        await work
    except Exception:
        log.exception("polling or telling failed and stops until the next start")
