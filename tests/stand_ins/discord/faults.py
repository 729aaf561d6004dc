"""What can happen to a request beside a right answer."""

from dataclasses import dataclass

from tests.stand_ins.common import faults
from tests.stand_ins.common.faults import Cut, Slow
from tests.stand_ins.discord.journal import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An error instead of the answer; taken says whether the request was carried out all the same."""

    status: int = 500
    body: str = '{"message": "500: Internal Server Error", "code": 0}'
    taken: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TooMany:
    """A 429 the client must wait out: scope "user", "shared" or "global"."""

    retry_after: float
    scope: str = "user"


Failure = Answer | TooMany | Cut | Slow
Fault = faults.Fault[Record, Failure]
Faults = faults.Faults[Record, Failure]
