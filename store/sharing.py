"""Who has which shard: the shares of all workers come to differ by one at most.

One worker decides at a time, for itself alone: it offers what it has above its quota, and takes
what is free or offered up to it. As few shards as possible change hands, and nothing does once
the shares are even.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Final, NamedTuple

from bot.model.shards import Worker

_TOLERANCE: Final = 1000
"""Milliseconds that clocks of one machine may differ."""


class LeaseRow(NamedTuple):
    """A row of `lease` of one platform."""

    shard: int
    holder: str = ""
    fence: int = 0
    until: int = 0
    offered: int = 0
    serves: int = 0


class Span(NamedTuple):
    """From now until when a lease ends that is taken now."""

    now: int
    until: int

    def holds(self, until: int) -> bool:
        """Whether it ends later than now. One that ends later than a new one was written by a clock
        that was ahead.
        """
        return self.now < until <= self.until + _TOLERANCE


def renewed(
    rows: Sequence[LeaseRow], worker: Worker, others: Collection[str], span: Span, newest: int
) -> list[LeaseRow]:
    """The leases that the worker has from now on. `rows` are those of all shards, `others` the workers
    that are alive beside it and not leaving, `newest` is the last fence that was given.
    """
    live = [row for row in rows if row.holder == worker.name or span.holds(row.until)]
    held = Counter(row.holder for row in live)
    staying = [*others] if worker.leaving else [*others, worker.name]
    quotas = _quotas(len(rows), {name: held[name] for name in staying})
    quota = quotas.get(worker.name, 0)
    had = [row for row in live if row.holder == worker.name]
    had.sort(key=lambda row: not worker.serves(row.shard))  # what it serves is the last that it offers
    free = [row for row in rows if row.holder != worker.name and not span.holds(row.until)]
    free += _offered(live, {name: count - quotas.get(name, 0) for name, count in held.items()})
    taken = [
        row._replace(holder=worker.name, fence=newest + more)
        for more, row in enumerate(free[: max(quota - len(had), 0)], 1)
    ]
    return [
        row._replace(until=span.until, offered=int(place >= quota), serves=int(worker.serves(row.shard)))
        for place, row in enumerate((*had, *taken))
    ]


def _quotas(shards: int, held: Mapping[str, int]) -> dict[str, int]:
    """How many shards each worker is to have, by how many it holds. One more than others have those
    that have it already: so the quotas stay as they are while shards change hands.
    """
    least, more = divmod(shards, len(held)) if held else (0, 0)
    ordered = sorted(held, key=lambda name: (held[name] <= least, name))
    return {name: least + (place < more) for place, name in enumerate(ordered)}


def _offered(live: Sequence[LeaseRow], surplus: dict[str, int]) -> list[LeaseRow]:
    """What others offer, and have above their quotas still: others may have come or gone since they offered it."""
    offered = []
    for row in live:
        if row.offered and surplus[row.holder] > 0:
            surplus[row.holder] -= 1
            offered.append(row)
    return offered
