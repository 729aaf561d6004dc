"""Values that wait for a person to decide, for some minutes."""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final, Generic, TypeVar

T = TypeVar("T")
PATIENCE: Final = timedelta(minutes=10)


class Pending(Generic[T]):
    """Keeps values under names that fit a button, until they are taken or time is over."""

    def __init__(self, clock: Callable[[], datetime], patience: timedelta = PATIENCE) -> None:
        self._clock = clock
        self._patience = patience
        self._values: dict[str, tuple[datetime, T]] = {}

    def put(self, value: T) -> str:
        """Keep the value; its name, of 16 characters."""
        now = self._clock()
        self._values = {name: entry for name, entry in self._values.items() if entry[0] >= now}
        name = secrets.token_hex(8)
        self._values[name] = now + self._patience, value
        return name

    def take(self, name: str) -> T | None:
        """The value of that name, once; None if it was taken, or time is over."""
        until, value = self._values.pop(name, (None, None))
        return value if until and until >= self._clock() else None
