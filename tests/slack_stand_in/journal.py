"""What was asked of the stand-in and what it answered."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any


@dataclass(slots=True, kw_only=True)
class Record:
    """One request: a method ("chat.postMessage") or "response_url"; status is None while unanswered."""

    method: str
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


class Journal:
    """Every request in order."""

    def __init__(self) -> None:
        self.records: list[Record] = []

    def __iter__(self) -> Iterator[Record]:
        return iter(self.records)

    def __len__(self) -> int:
        return len(self.records)

    def of(self, method: str = "*") -> list[Record]:
        """The requests whose method fits a pattern such as "chat.*"."""
        return [record for record in self.records if fnmatchcase(record.method, method)]

    def clear(self) -> None:
        self.records.clear()
