"""A request as the journal keeps it."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True, kw_only=True)
class Record:
    """One request. path and route begin below the API's root; status is None while there is no answer."""

    method: str
    path: str
    route: str  # the path with its parameters named: "/channels/{channel_id}/messages"
    at: float
    query: dict[str, str] = field(default_factory=dict)
    json: Any = None
    files: list[str] = field(default_factory=list)
    application_id: str | None = None
    status: int | None = None
    answer: Any = None
    taken: bool = False  # whether it was carried out

    @property
    def code(self) -> int | None:
        """Discord's own error code, if the answer was an error."""
        failed = self.status is not None and self.status >= 400
        return self.answer.get("code") if failed and isinstance(self.answer, dict) else None
