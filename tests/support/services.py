"""What a platform serves people with, over a store of the test's own."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.app import Services
from bot.config import Settings
from bot.lookup.lookup import Lookup
from bot.runtime.clock import Clock
from store import Store


def settings(**given: Any) -> Settings:
    """The settings of a bot that has nothing but what is given."""
    nowhere = Path("nowhere")
    return Settings(**{"database": nowhere, "history": nowhere, "columns": None, "pager": "", **given})


def services_over(
    store: Store, lookup: Lookup, clock: Callable[[], datetime], given: Settings | None = None
) -> Services:
    """A service whose clock is the test's; it waits by the real one."""
    return Services(
        lookup=lookup,
        preferences=store.preferences,
        memo=store.memo,
        installations=store.installations,
        linked_replies=store.linked_replies,
        subscriptions=store.subscriptions,
        arrivals=store.arrivals,
        outbox=store.outbox,
        lease=store.lease,
        sources=store.sources,
        settings=given or settings(),
        clock=Clock(read=clock, sleep=asyncio.sleep),
    )
