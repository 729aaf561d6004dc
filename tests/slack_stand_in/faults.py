"""Failures on demand: answers that are errors, lost connections, slowness.

A fault waits for the next requests it matches and strikes `times` of them (None: until removed).
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from tests.slack_stand_in.journal import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A status instead of the answer; taken says whether the request was carried out all the same."""

    status: int = 500
    body: str = '{"ok": false, "error": "internal_error"}'
    taken: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TooMany:
    """A 429 the client must wait out, in whole seconds."""

    retry_after: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """The connection is lost: before the request was taken, or after it, with no answer."""

    taken: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Slow:
    """No answer before an event is set; taken says whether the request is carried out at once."""

    until: asyncio.Event
    taken: bool = False


Failure = Answer | TooMany | Cut | Slow


@dataclass(slots=True, kw_only=True)
class Fault:
    """A failure, the requests it strikes (method: a pattern such as "chat.*"), and those it has struck."""

    failure: Failure
    method: str = "*"
    when: Callable[[Record], bool] = lambda _record: True
    times: int | None = 1
    struck: list[Record] = field(default_factory=list)

    def strikes(self, record: Record) -> bool:
        spent = self.times is not None and len(self.struck) >= self.times
        return not spent and fnmatchcase(record.method, self.method) and self.when(record)


class Faults:
    """The faults in waiting; of several that match, the first added strikes."""

    def __init__(self) -> None:
        self.waiting: list[Fault] = []

    def add(
        self,
        failure: Failure,
        *,
        method: str = "*",
        when: Callable[[Record], bool] = lambda _record: True,
        times: int | None = 1,
    ) -> Fault:
        fault = Fault(failure=failure, method=method, when=when, times=times)
        self.waiting.append(fault)
        return fault

    def clear(self) -> None:
        self.waiting.clear()

    def for_request(self, record: Record) -> Failure | None:
        """The failure that strikes a request, counted; None where it is spared."""
        for fault in self.waiting:
            if fault.strikes(record):
                fault.struck.append(record)
                return fault.failure
        return None
