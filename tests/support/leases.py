"""Leases of a platform that is not cut, and time that passes for them."""

from datetime import datetime

from bot.model.shards import Worker
from bot.ports import DatabaseAddress, DatabaseName, Lease
from store import Store


async def acquired(lease: Lease, platform: str, name: str, now: datetime, until: datetime) -> int | None:
    """The fence of the worker of that name; None if another holds the lease."""
    return (await lease.share(Worker(platform=platform, name=name), now, until)).fences.get(0)


async def released(lease: Lease, platform: str, name: str) -> None:
    """The worker of that name gives all leases up."""
    await lease.release(Worker(platform=platform, name=name))


async def passed(database: DatabaseName, store: Store, seconds: int) -> None:
    """Let time pass on a server, which goes by its own clock."""
    if isinstance(database, DatabaseAddress):
        for table in ("lease", "worker"):
            await store.connection.execute_fetchall(
                f"UPDATE {table} SET until = until - ?",  # noqa: S608 - names of ours
                (seconds * 1000,),
            )
