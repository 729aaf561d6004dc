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
    clock_of_test = Clock(read=clock, sleep=asyncio.sleep)
    return Services(lookup=lookup, store=store, clock=clock_of_test, quiet=timedelta(0))
