"""What there is to choose from, read once and again only when the library changes."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from bot.ports import Library
from bot.text import fold
from bot.types import Issue

_SEPARATORS: Final = (" and ", ";", "&")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """An issue by number and title."""

    number: int
    title: str
    folded: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """An author."""

    name: str
    folded: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """Issues and years with the latest first, people with the most frequent first."""

    issues: tuple[Listed, ...] = ()
    people: tuple[Person, ...] = ()
    years: tuple[int, ...] = ()


@dataclass(slots=True)
class Catalogue:
    """Reads the numbered issues when asked first, and after the library changed."""

    library: Library
    _contents: Contents = field(default_factory=Contents)
    _read: tuple[datetime | None, int] | None = None

    async def contents(self) -> Contents:
        """What there is now."""
        origin = await self.library.origin()
        state = (origin.updated, origin.summaries)
        if state != self._read:
            issues = [await self.library.issue(number) for number in await self.library.numbers()]
            self._contents = _contents([issue for issue in issues if issue])
            self._read = state
        return self._contents


def _contents(issues: Sequence[Issue]) -> Contents:
    summaries = [summary for issue in issues for summary in issue.summaries]
    people = Counter(name for s in summaries for name in _names(s.authors) if name)
    return Contents(
        issues=tuple(
            Listed(number=issue.number, title=issue.title, folded=fold(f"{issue.number} {issue.title}"))
            for issue in reversed(issues)
            if issue.number is not None
        ),
        people=tuple(Person(name=name, folded=fold(name)) for name, _ in people.most_common()),
        years=tuple(sorted({s.year for s in summaries if s.year}, reverse=True)),
    )


def _names(authors: str) -> list[str]:
    for separator in _SEPARATORS:
        authors = authors.replace(separator, ",")
    return [name.strip(" *\n\t") for name in authors.split(",")]
