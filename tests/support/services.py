"""Services of a platform, over a store of the test's own."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.app import Services
from bot.lookup.lookup import Lookup
from bot.runtime.clock import Clock
from store import Store


def services_over(store: Store, lookup: Lookup, clock: Callable[[], datetime]) -> Services:
    """Services whose clock is the test's; they wait by the real one, and new issues are complete at once."""
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
        clock=Clock(read=clock, sleep=asyncio.sleep),
        quiet=timedelta(0),
    )
