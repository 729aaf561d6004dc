"""How the processes on one database share a platform."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Worker:
    """A process as it takes part in a platform, under a name that no other has.

    It would cut the platform into so many `shards`, and serves those that are `serving`, None for
    all that it holds. If it is `leaving`, others are to take over what it holds.
    """

    platform: str
    name: str
    shards: int = 1
    serving: frozenset[int] | None = None
    leaving: bool = False

    def serves(self, shard: int) -> bool:
        """Whether it serves the shard if it holds it."""
        return self.serving is None or shard in self.serving


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What a worker has of a platform that is cut into `shards`, numbered from 0.

    `fences` are those of the shards that it holds, `offered` those shards of them that another
    worker may take over. `coming` are shards that another has taken over and does not serve yet.
    """

    shards: int
    fences: Mapping[int, int]
    offered: frozenset[int] = frozenset()
    coming: frozenset[int] = frozenset()
