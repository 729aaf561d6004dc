"""What was shown where lately, so that it is not shown again too soon."""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Final

_SILENCE: Final = timedelta(minutes=30)
_KEPT: Final = 10_000


class Lately:
    """Kept in memory: a restart forgets it, and so does what comes after ten thousand others."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._shown: OrderedDict[tuple[str, str], datetime] = OrderedDict()

    def shown(self, place: str, name: str) -> bool:
        """Whether it was shown there within the last 30 minutes."""
        at = self._shown.get((place, name))
        return at is not None and self._clock() - at < _SILENCE

    def note(self, place: str, names: Iterable[str]) -> None:
        """They are shown there now; of what is shown already the first time counts."""
        for name in names:
            if not self.shown(place, name):
                self._shown[place, name] = self._clock()
                self._shown.move_to_end((place, name))
        while len(self._shown) > _KEPT:
            self._shown.popitem(last=False)

    def forget(self, place: str, names: Iterable[str]) -> None:
        """They are not to be seen there any more."""
        for name in names:
            self._shown.pop((place, name), None)
