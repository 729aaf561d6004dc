"""A platform that is not cut, held by one process."""

from datetime import datetime

from bot.model.shards import Worker
from bot.ports import Lease


async def acquired(lease: Lease, platform: str, name: str, now: datetime, until: datetime) -> int | None:
    """The fence of the worker of that name; None if another holds the lease."""
    return (await lease.share(Worker(platform=platform, name=name), now, until)).fences.get(0)


async def released(lease: Lease, platform: str, name: str) -> None:
    """The worker of that name gives all leases up."""
    await lease.release(Worker(platform=platform, name=name))
