"""The log of requests that were refused: why, and nothing of what was sent."""

import logging
import time
from typing import Final

log: Final = logging.getLogger("anbot.slack")

_LINES: Final = 10
_WINDOW: Final = 60.0


class Refusals:
    """Logs a line for each refusal, at most ten a minute; those beyond are counted in the
    first line of a later minute.
    """

    def __init__(self) -> None:
        self._since = time.monotonic()
        self._lines = 0
        self._silent = 0

    def note(self, reason: str) -> None:
        """Log the reason. It must have nothing of the request in it."""
        now = time.monotonic()
        if now - self._since > _WINDOW:
            self._since, self._lines = now, 0
        if self._lines >= _LINES:
            self._silent += 1
            return
        self._lines += 1
        more = f" ({self._silent} more in the minutes before)" if self._silent else ""
        self._silent = 0
        log.warning("refused a request: %s%s", reason, more)
