"""Claims: of several processes that hear the same, one acts."""

from datetime import datetime
from typing import Protocol


class Claims(Protocol):
    """Names of what may be done once, by whoever claims it first."""

    async def take(self, name: str, now: datetime, until: datetime) -> bool:
        """Claim the name until then; False if it is claimed already."""

    async def release(self, name: str) -> None:
        """Give the claim up, so that the name may be claimed again."""
