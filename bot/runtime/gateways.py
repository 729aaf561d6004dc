"""The connections to platforms, for whoever asks whether they are up."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import TypeAlias

IsUp: TypeAlias = Callable[[], Awaitable[bool]]
"""Whether messages of the platform arrive now."""


class Gateways:
    """A platform has a gateway while it is served."""

    def __init__(self) -> None:
        self._open: dict[str, IsUp] = {}

    @contextmanager
    def serving(self, platform: str, is_up: IsUp) -> Iterator[None]:
        """The platform is served inside."""
        self._open[platform] = is_up
        try:
            yield
        finally:
            del self._open[platform]

    async def is_up(self, platform: str) -> bool:
        """Whether the platform is served and its messages arrive now."""
        is_up = self._open.get(platform)
        return is_up is not None and await is_up()
