"""What was done already: Slack brings some things again, and so does who replays them."""

from collections import OrderedDict
from typing import Final

_KEPT: Final = 10_000


class Once:
    """The last ten thousand names, in memory: Slack repeats within minutes, and a
    replayed request is too old after five.
    """

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
