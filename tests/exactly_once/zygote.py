"""Starts `anbot run` as often as asked, each time as a process of its own.

All it does before is to import what the bot imports: a child is the real command line a moment
after its imports. It says so in a first line. An order is a line of JSON; the answer is the child's process id.
"""

import asyncio
import gc
import inspect
import json
import os
import signal
import sys
import time
from collections.abc import Awaitable, Iterator
from contextlib import AbstractAsyncContextManager, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partialmethod
from typing import Any, Final
from unittest.mock import patch

from discord.state import ConnectionState
from psycopg_pool.base import AttemptWithBackoff

import adapters.discord.run
import adapters.slack.run  # noqa: F401 - these are imported here once, so that no child has to
import bot.cli.run
import bot.sources.http
import bot.sources.obtain
import bot.sources.poller  # noqa: F401 - as above
import store.postgresql.opening  # noqa: F401 - as above
from bot.__main__ import build_app
from bot.cli import anbot
from bot.runtime.clock import Clock
from store.postgresql import clock as server_clock
from store.postgresql import copy

_NICE: Final = 5
_SERVERS: Final = 2.0
"""Seconds that discord.py waits for each of them."""


def main() -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the dead need no looking after
    os.nice(_NICE)  # the platforms and the database go first, as they do on machines of their own
    inspect.stack()  # bolt looks at it, and the first look reads the files of all modules
    gc.freeze()  # or each child's collections would copy all of that
    sys.stdout.write("imported\n")
    sys.stdout.flush()
    for line in sys.stdin:
        child = os.fork()
        if not child:
            _run(json.loads(line))
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()


def _run(order: dict[str, Any]) -> None:
    """Be `anbot run` until it ends; never returns."""
    code: Any = 1
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        log = os.open(order["log"], os.O_CREAT | os.O_APPEND | os.O_WRONLY)
        for stream in (1, 2):
            os.dup2(log, stream)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.environ.update(order["environment"])
        clock = faster(datetime.fromisoformat(order["start"]), order["origin"], order["speed"])
        with hurried(order["speed"]), patch.object(server_clock, "NOW", order["server"]):
            anbot(["run"], obj=replace(build_app(os.environ), clock=clock))
    except SystemExit as end:
        code = end.code
    finally:
        os._exit(code if isinstance(code, int) else 1)


@contextmanager
def hurried(speed: float) -> Iterator[None]:
    """Meanwhile as much shorter waits by the wall's clock: for servers that Discord tells of after a
    session's begin, and until a lost connection to the database is tried again.
    """
    state = partialmethod(ConnectionState.__init__, guild_ready_timeout=_SERVERS / speed)
    with (
        patch.object(ConnectionState, "__init__", state),
        patch.object(AttemptWithBackoff, "INITIAL_DELAY", AttemptWithBackoff.INITIAL_DELAY / speed),
        patch.object(copy, "AGAIN", copy.AGAIN / speed),
    ):
        yield


def faster(start: datetime, origin: float, speed: float) -> Clock:
    """Time that was `start` at the `origin` (seconds since 1970) and goes that much faster."""

    def clock() -> datetime:
        return (start + timedelta(seconds=(time.time() - origin) * speed)).astimezone(UTC)

    def sleep(seconds: float) -> Awaitable[None]:
        return asyncio.sleep(seconds / speed)

    def timeout(seconds: float) -> AbstractAsyncContextManager[object]:
        return asyncio.timeout(seconds / speed)

    return Clock(read=clock, sleep=sleep, timeout=timeout)


if __name__ == "__main__":
    main()
