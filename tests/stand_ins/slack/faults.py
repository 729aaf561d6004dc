"""What can happen to a request beside a right answer."""

from dataclasses import dataclass

from tests.stand_ins.common import faults
from tests.stand_ins.common.faults import Cut, Slow
from tests.stand_ins.slack.journal import Record


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


Failure = Answer | TooMany | Cut | Slow
Fault = faults.Fault[Record, Failure]
Faults = faults.Faults[Record, Failure]
