"""Deduplication: people press twice, and platforms deliver some events twice."""

from collections import OrderedDict
from typing import Final

_CAPACITY: Final = 10_000


class Seen:
    """The last ten thousand names, in memory: repetitions come within minutes."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, None] = OrderedDict()

    def first(self, name: str) -> bool:
        """Remember the name; whether it is new."""
        if name in self._known:
            return False
        self._known[name] = None
        if len(self._known) > _CAPACITY:
            self._known.popitem(last=False)
        return True

    def forget(self, name: str) -> bool:
        """Forget the name, so that it is new again; whether it was known."""
        return self._known.pop(name, self) is None
