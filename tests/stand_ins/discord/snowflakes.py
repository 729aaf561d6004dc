"""Discord's ids: the milliseconds since 2015 in the upper bits, so that they sort by age."""

from tests.stand_ins.common.clock import Clock

EPOCH_MS = 1_420_070_400_000
SHIFT = 22


class Snowflakes:
    """Makes ids that only ever grow, dated by the clock."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last = 0

    def make(self) -> str:
        """A new id, larger than every one before."""
        self._last = max(self._last + 1, self._dated())
        return str(self._last)

    def make_apart(self) -> str:
        """A new id in a millisecond of its own, so that ids made in a row fall on different shards."""
        self._last = max(((self._last >> SHIFT) + 1) << SHIFT, self._dated())
        return str(self._last)

    def _dated(self) -> int:
        return (int(self._clock.now() * 1000) - EPOCH_MS) << SHIFT


def dated(snowflake: str) -> float:
    """When an id was made, in seconds since 1970.

    >>> dated("175928847299117063")
    1462015105.796
    """
    return ((int(snowflake) >> SHIFT) + EPOCH_MS) / 1000


def shard_of(guild_id: str | None, shards: int) -> int:
    """The shard a guild's events go to; direct messages go to the first."""
    return (int(guild_id) >> SHIFT) % shards if guild_id else 0
