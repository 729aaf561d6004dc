"""Stopping in time, whatever hangs."""

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any, Final

log: Final = logging.getLogger("anbot")

_CANCELLED: Final = 1.0
"""Seconds that work gets to end once it is cancelled."""


async def stopped_within(seconds: float, work: Coroutine[Any, Any, None], stop: asyncio.Event) -> None:
    """Do the work; if it has not ended so many seconds after `stop` is set, cancel it.

    Raises what the work raises.
    """
    working = asyncio.create_task(work)
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
        await asyncio.wait({working}, timeout=seconds)
        if working.done():
            await working
        else:
            log.warning("what was under way did not end in %.0f s: it is given up", seconds)
    finally:
        stopping.cancel()
        if not working.done():
            working.cancel()
            await asyncio.wait({working}, timeout=_CANCELLED)
