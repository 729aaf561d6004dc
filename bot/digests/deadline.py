"""The moment until which a request may leave.

A process that was stopped, as on a suspended machine, goes on in the middle of what it did: it
may hold a request in its hands that another process has sent since. A timeout does not end it
in time, because timeouts are looked at between the steps of tasks. So the deadline is looked at
right before a request is written.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from typing import Final

from bot.digests.poster import OutcomeUnknown
from bot.runtime.clock import Clock

_CHECK: Final[ContextVar[Callable[[], None]]] = ContextVar("check")


@contextmanager
def leaving_within(seconds: float, clock: Clock) -> Iterator[None]:
    """Inside, no request of this task that has a body leaves later than that: it fails instead.

    Both clocks count: the one that is never set stands still while a machine sleeps.
    """
    ticks, moment = clock.ticks() + seconds, clock() + timedelta(seconds=seconds)

    def check() -> None:
        if clock.ticks() > ticks or clock() > moment:
            raise OutcomeUnknown("The bot was stopped before it could be sent.")

    token = _CHECK.set(check)
    try:
        yield
    finally:
        _CHECK.reset(token)


def check_deadline() -> None:
    """Raise OutcomeUnknown if the task has a deadline that is over."""
    if check := _CHECK.get(None):
        check()
