"""A request as the journal keeps it."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True, kw_only=True)
class Record:
    """One request: a method ("chat.postMessage") or "response_url", which has a path; status is None
    while unanswered.
    """

    method: str
    path: str = ""
    at: float
    args: dict[str, Any] = field(default_factory=dict)
    team_id: str | None = None
    app_id: str | None = None
    status: int | None = None
    answer: Any = None
    taken: bool = False  # whether it was carried out

    @property
    def error(self) -> str | None:
        """Slack's own word for what was wrong, if the answer was an error."""
        return self.answer.get("error") if isinstance(self.answer, dict) else None
