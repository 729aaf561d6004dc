"""What was asked of a stand-in and what it answered."""

from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Generic, Protocol, TypeVar


class Request(Protocol):
    """What tells requests apart; path is "" where the method says everything."""

    @property
    def method(self) -> str: ...

    @property
    def path(self) -> str: ...


R = TypeVar("R", bound=Request)


class Journal(Generic[R]):
    """Every request in order."""

    def __init__(self) -> None:
        self.records: list[R] = []

    def __iter__(self) -> Iterator[R]:
        return iter(self.records)

    def __len__(self) -> int:
        return len(self.records)

    def of(self, method: str = "*", path: str = "*") -> list[R]:
        """The requests that fit patterns such as "chat.*" or "/channels/*/messages"."""
        return [
            record
            for record in self.records
            if fnmatchcase(record.method, method) and fnmatchcase(record.path, path)
        ]

    def clear(self) -> None:
        self.records.clear()
