"""How the processes on one database share a platform."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What one of `workers` has of a platform that is cut into `shards`, numbered from 0.

    `fences` are those of the shards that it holds, `offered` those shards of them that another
    worker may take over. `coming` are shards that another has taken over and does not serve yet.
    """

    shards: int
    workers: int = 1
    fences: Mapping[int, int]
    offered: frozenset[int] = frozenset()
    coming: frozenset[int] = frozenset()
