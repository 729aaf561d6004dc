"""What a platform serves people with, over a store of the test's own."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.config import Settings
from bot.desk import Desk
from bot.digests.pace import Pace
from bot.platforms import Service
from store import Store


def settings(**given: Any) -> Settings:
    """The settings of a bot that has nothing but what is given."""
    nowhere = Path("nowhere")
    return Settings(**{"database": nowhere, "history": nowhere, "columns": None, "pager": "", **given})


def service_over(
    store: Store, desk: Desk, clock: Callable[[], datetime], given: Settings | None = None
) -> Service:
    """A service whose clock is the test's; it waits by the real one."""
    return Service(
        desk=desk,
        ledger=store.ledger,
        installations=store.installations,
        discussions=store.discussions,
        outbox=store.outbox,
        sources=store.sources,
        settings=given or settings(),
        pace=Pace(clock=clock, sleep=asyncio.sleep),
    )
