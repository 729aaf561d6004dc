"""What was asked of the stand-in and what it answered."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
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


class Journal:
    """Every request in order."""

    def __init__(self) -> None:
        self.records: list[Record] = []

    def __iter__(self) -> Iterator[Record]:
        return iter(self.records)

    def __len__(self) -> int:
        return len(self.records)

    def of(self, method: str = "*", path: str = "*") -> list[Record]:
        """The requests of a method whose path fits a pattern such as "/channels/*/messages"."""
        return [
            record
            for record in self.records
            if fnmatchcase(record.method, method) and fnmatchcase(record.path, path)
        ]

    def clear(self) -> None:
        self.records.clear()
