"""How the processes on one database share a platform."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What one of `workers` has of a platform that is cut into `shards`, numbered from 0.

    `held` are the fences of the shards that it holds, `offered` those of them that another
    worker may take over. `coming` are shards that another has taken over and does not serve yet.
    """

    shards: int
    workers: int = 1
    held: Mapping[int, int]
    offered: frozenset[int] = frozenset()
    coming: frozenset[int] = frozenset()
