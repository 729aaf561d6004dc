"""Failures on demand: what a stand-in does to the requests that a test names.

A fault waits for the next requests it matches and strikes `times` of them (None: until removed).
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Generic, TypeVar

from tests.stand_ins.common.journal import Request

R = TypeVar("R", bound=Request)
F = TypeVar("F")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """The connection is lost: before the request was taken, or after it, with no answer."""

    taken: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Slow:
    """No answer before an event is set; taken says whether the request is carried out at once."""

    until: asyncio.Event
    taken: bool = False


@dataclass(slots=True, kw_only=True)
class Fault(Generic[R, F]):
    """A failure, the requests it strikes (patterns such as "chat.*" or "/channels/*/messages", below
    the API's root), and those it has struck.
    """

    failure: F
    method: str = "*"
    path: str = "*"
    when: Callable[[R], bool] = lambda _record: True
    times: int | None = 1
    struck: list[R] = field(default_factory=list)

    def strikes(self, record: R) -> bool:
        spent = self.times is not None and len(self.struck) >= self.times
        return (
            not spent
            and fnmatchcase(record.method, self.method)
            and fnmatchcase(record.path, self.path)
            and self.when(record)
        )


class Faults(Generic[R, F]):
    """The faults in waiting; of several that match, the first added strikes."""

    def __init__(self) -> None:
        self.waiting: list[Fault[R, F]] = []

    def add(
        self,
        failure: F,
        *,
        method: str = "*",
        path: str = "*",
        when: Callable[[R], bool] = lambda _record: True,
        times: int | None = 1,
    ) -> Fault[R, F]:
        fault: Fault[R, F] = Fault(failure=failure, method=method, path=path, when=when, times=times)
        self.waiting.append(fault)
        return fault

    def remove(self, fault: Fault[R, F]) -> None:
        self.waiting.remove(fault)

    def clear(self) -> None:
        self.waiting.clear()

    def for_request(self, record: R) -> F | None:
        """The failure that strikes a request, counted; None where it is spared."""
        for fault in self.waiting:
            if fault.strikes(record):
                fault.struck.append(record)
                return fault.failure
        return None
