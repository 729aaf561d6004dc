"""Polled sources, and whether the database is sound."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """How polling a source went.

    `etag`, `last_modified` and `content_hash` are those of the content indexed last,
    "" if there is none. `failures` counts those since the last success, and
    `problem` is the error message of the last one.
    """

    name: str
    etag: str = ""
    last_modified: str = ""
    content_hash: str = ""
    tried: datetime | None = None
    succeeded: datetime | None = None
    failures: int = 0
    problem: str = ""
    due: datetime


class Sources(Protocol):
    """The state of each polled source."""

    async def state(self, name: str) -> SourceState | None:
        """The source's state; None if it was never tried."""

    async def claim(
        self, name: str, now: datetime, until: datetime, *, force: bool = False
    ) -> SourceState | None:
        """The source's state if it is due or `force` is set; it is then not due before `until`.

        Of two claims at once, one gets it.
        """

    async def failing(self) -> Sequence[SourceState]:
        """The sources whose last poll failed, by name."""

    async def put(self, state: SourceState) -> None:
        """Set the source's state."""
