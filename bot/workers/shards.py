"""The part that this process has in a platform: shards, by leases that it renews.

A shard of Discord is one as Discord numbers them; of Slack, a group of workspaces. Whoever holds
the lease of a shard serves it and delivers its digests.
"""

import asyncio
import secrets
import zlib
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import timedelta
from typing import Final

from bot.model.shards import Share, Worker
from bot.ports import Lease
from bot.runtime.clock import Clock

LEASE: Final = 30.0
"""Seconds that a lease lasts; it is renewed long before they end."""


def hashed(server: str, shards: int) -> int:
    """A shard for the server, the same in every process."""
    return zlib.crc32(server.encode()) % shards


class Shards:
    """What this process holds of a platform, as it was when the leases were renewed last. If it is
    `leaving`, it holds only what nobody has taken over yet.
    """

    def __init__(  # noqa: PLR0913 - a lease, and what there is to say of a platform
        self,
        lease: Lease,
        platform: str,
        clock: Clock,
        *,
        shards: int = 1,
        shard_of: Callable[[str, int], int] = hashed,
        serving: Collection[int] | None = None,
    ) -> None:
        """`shards` is how many there are, unless other processes say otherwise; `shard_of` returns
        that of a server. Digests are delivered on those that are `serving`, None for all.
        """
        self._lease = lease
        self._clock = clock
        self._shard_of = shard_of
        self._serving = serving
        self._worker = Worker(platform=platform, name=secrets.token_hex(8), shards=shards)
        self._turn = asyncio.Lock()
        self._sure = 0.0
        self.leaving = False
        self.share = Share(shards=shards, fences={})

    async def renew(self) -> Share:
        """Renew the leases, and take others up to this process's share, unless it leaves."""
        async with self._turn:
            now, ticks = self._clock(), self._clock.ticks()
            serving = None if self._serving is None else frozenset(self._serving)
            worker = replace(self._worker, shards=self.share.shards, serving=serving, leaving=self.leaving)
            self.share = await self._lease.share(worker, now, now + timedelta(seconds=LEASE))
            self._sure = ticks + LEASE
            return self.share

    async def release(self) -> None:
        """Give all leases up."""
        self.share = Share(shards=self.share.shards, fences={})
        await self._lease.release(self._worker)

    @property
    def are_sure(self) -> bool:
        """Whether the leases have not ended since they were renewed: no other process can have taken them."""
        return self._clock.ticks() < self._sure

    @property
    def fences(self) -> frozenset[int]:
        """The fences of the shards that are served here."""
        serving = self.share.fences.keys() if self._serving is None else self._serving
        return frozenset(fence for shard, fence in self.share.fences.items() if shard in serving)

    @property
    def part(self) -> float:
        """The part of the platform that is served here, from 0 to 1, and of what all together may request of it."""
        return len(self.fences) / self.share.shards

    def of(self, server: str) -> int:
        """The shard of the server."""
        return self._shard_of(server, self.share.shards)

    def fence(self, server: str) -> int | None:
        """The fence for digests of the server; None if they are another process's."""
        shard = self.of(server)
        serves = self._serving is None or shard in self._serving
        return self.share.fences.get(shard) if serves else None
