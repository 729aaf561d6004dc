"""What there is to complete: issues, authors, years and summaries by name."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from bot.model.newsletter import Headline, Issue
from bot.ports import Library
from bot.text.folding import fold


def begins(wanted: Sequence[str], folded: str) -> bool:
    """Whether each wanted part begins a word of the text; both are folded.

    >>> begins(["learn", "ri"], "risks from learned optimization")
    True
    """
    words = folded.split()
    return all(any(word.startswith(part) for word in words) for part in wanted)


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
    """Issues, their summaries and years with the latest first, people with the most frequent first."""

    issues: tuple[Listed, ...] = ()
    people: tuple[Person, ...] = ()
    years: tuple[int, ...] = ()
    headlines: tuple[Headline, ...] = ()


@dataclass(slots=True)
class Catalogue:
    """Reads the numbered issues at the first use, and after the library changed."""

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
        headlines=tuple(summary.headline for issue in reversed(issues) for summary in issue.summaries),
    )


def _names(authors: str) -> list[str]:
    for separator in _SEPARATORS:
        authors = authors.replace(separator, ",")
    return [name.strip(" *\n\t") for name in authors.split(",")]
