"""Where the newsletter comes from, and whether the database is sound."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """How it stands with a source that is polled; times are kept to the second.

    `etag`, `last_modified` and `digest` are those of what was taken in last,
    "" where there is none. `failures` counts those since the last success, and
    `problem` is the sentence of the last one.
    """

    name: str
    etag: str = ""
    last_modified: str = ""
    digest: str = ""
    tried: datetime | None = None
    succeeded: datetime | None = None
    failures: int = 0
    problem: str = ""
    due: datetime


class Sources(Protocol):
    """Where the newsletter is polled from, and how that went; survives a restart."""

    async def state(self, name: str) -> SourceState | None:
        """How it stands with the source; None where it was never tried."""

    async def claim(
        self, name: str, now: datetime, until: datetime, *, force: bool = False
    ) -> SourceState | None:
        """How it stands with a source that is due now, or with any by `force`.

        It is then not due before `until`: of two who claim at once, one gets it.
        """

    async def failing(self) -> Sequence[SourceState]:
        """Those that failed when they were asked last, by name."""

    async def keep(self, state: SourceState) -> None:
        """Keep how it stands, in place of what was kept of that source."""


class Checkup(Protocol):
    """Looks whether the database is sound."""

    async def version(self) -> int:
        """Of its schema."""

    async def damage(self) -> Sequence[str]:
        """What is broken in it, a line each; reads all of it. Raises StoreError
        where that is too much to go on.
        """

    async def writable(self) -> None:
        """Raises StoreError with the reason why it cannot be written."""
