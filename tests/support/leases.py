"""A platform that is not cut, held by one process."""

from datetime import datetime

from bot.ports import Lease


async def acquired(lease: Lease, platform: str, holder: str, now: datetime, until: datetime) -> int | None:
    """The fence of the holder; None if another process holds the lease."""
    return (await lease.share(platform, holder, 1, now, until)).fences.get(0)
