"""The client of one shard, from its login to its last answer."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from adapters.discord.client import Client

_LAST: Final = 3.0
"""Seconds that answers under way get when a client stops."""
_CANCELLED: Final = 0.5


@dataclass(slots=True, kw_only=True, eq=False)
class Served:
    """A shard that is served `since` so many ticks: its client runs in the task until `over`.

    `handed_over`: another process has taken it over and does not serve it yet.
    """

    client: Client
    since: float
    handed_over: bool = False
    over: asyncio.Event = field(default_factory=asyncio.Event)
    task: asyncio.Task[None] | None = None

    @property
    def hears(self) -> bool:
        """Whether its session has begun; it may still be told of its servers, which takes seconds."""
        return bool(self.client.shards)

    async def run(self, token: str, ready: Callable[[], None]) -> None:
        """Serve until it is over, and call `ready` once the client is. Raises what the client raises."""
        async with self.client:
            running = asyncio.create_task(self.client.start(token))
            knowing = asyncio.create_task(self.client.wait_until_ready())
            over = asyncio.create_task(self.over.wait())
            try:
                await asyncio.wait({running, knowing, over}, return_when=asyncio.FIRST_COMPLETED)
                if knowing.done() and not self.over.is_set():
                    ready()
                await asyncio.wait({running, over}, return_when=asyncio.FIRST_COMPLETED)
                if self.over.is_set():
                    drained = asyncio.create_task(self.client.interactions.drained())
                    await asyncio.wait({drained}, timeout=_LAST)
                    drained.cancel()
                else:
                    await running
            finally:
                for task in (running, knowing, over):
                    task.cancel()
                await asyncio.wait({running, knowing, over}, timeout=_CANCELLED)
