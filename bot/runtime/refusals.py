"""The log of what was refused: why, and nothing of what was sent."""

import logging
import os
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

_LINES: Final = 10
_WINDOW: Final = 60.0
_ROOT: Final = Path(__file__).parents[2]
_OURS: Final = tuple(f"{_ROOT / name}{os.sep}" for name in ("adapters", "bot", "store"))


class Refusals:
    """Logs a line for each refusal, at most ten a minute; those beyond are counted in the
    first line of a later minute. `what` was refused, as "a request".
    """

    def __init__(self, log: logging.Logger, what: str) -> None:
        self._log = log
        self._what = what
        self._since = time.monotonic()
        self._lines = 0
        self._silent = 0

    def note(self, reason: str) -> None:
        """Log the reason. It must have nothing in it of what was sent."""
        now = time.monotonic()
        if now - self._since > _WINDOW:
            self._since, self._lines = now, 0
        if self._lines >= _LINES:
            self._silent += 1
            return
        self._lines += 1
        more = f" ({self._silent} more in the minutes before)" if self._silent else ""
        self._silent = 0
        self._log.warning("refused %s: %s%s", self._what, reason, more)


@contextmanager
def errors_noted(refusals: Refusals, *loggers: logging.Logger) -> Iterator[None]:
    """Inside, an error that a library logs is noted in a line if no code of ours took part: the
    library could not read what it was sent. Errors of ours keep their traceback.
    """

    def is_ours(record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        if error is None or _took_part(error):
            return True
        refusals.note(unreadable(error))
        return False

    for logger in loggers:
        logger.addFilter(is_ours)
    try:
        yield
    finally:
        for logger in loggers:
            logger.removeFilter(is_ours)


def _took_part(error: BaseException) -> bool:
    return any(frame.filename.startswith(_OURS) for frame in traceback.extract_tb(error.__traceback__))


def unreadable(error: BaseException) -> str:
    """That something could not be read, and where that was noticed: nothing of its content."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"it could not be read ({type(error).__name__} in line {frame.lineno} of {frame.name})"
