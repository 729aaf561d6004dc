"""What was done already: people press twice, and platforms bring some things again."""

from collections import OrderedDict
from typing import Final

_KEPT: Final = 10_000


class Seen:
    """The last ten thousand names, in memory: what is repeated is repeated within minutes."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, None] = OrderedDict()

    def first(self, name: str) -> bool:
        """Whether this is the first time; the name is known from then on."""
        if name in self._known:
            return False
        self._known[name] = None
        if len(self._known) > _KEPT:
            self._known.popitem(last=False)
        return True

    def forget(self, name: str) -> None:
        """Let it be done again."""
        self._known.pop(name, None)
