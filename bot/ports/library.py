"""Reading the summaries, and finding the one that is meant."""

from collections.abc import Sequence
from typing import Protocol

from bot.model.newsletter import Headline, Issue, Origin, SectionCount, Summary
from bot.model.search import Filters, SearchResult


class Library(Protocol):
    """Reads the summaries. Safe to call from many tasks at once."""

    async def numbers(self) -> Sequence[int]:
        """The numbers of all numbered issues, ascending."""

    async def issue(self, number: int) -> Issue | None:
        """The issue with its summaries in printed order."""

    async def summary(self, key: str) -> Summary | None:
        """The summary of that key, or of an older spelling of it."""

    async def sections(self) -> Sequence[SectionCount]:
        """Every section that holds summaries, in the newsletter's order."""

    async def in_section(self, path: Sequence[str], *, offset: int, limit: int) -> Sequence[Headline]:
        """Summaries under that path or below it, newest issue first."""

    async def cites(self, key: str) -> Sequence[Headline]:
        """The summaries this one's texts point at, oldest issue first."""

    async def cited_by(self, key: str) -> Sequence[Headline]:
        """The summaries whose texts point at this one, newest issue first."""

    async def origin(self) -> Origin:
        """How much there is and how fresh it is."""


class Finder(Protocol):
    """Finds the summary a person means."""

    async def find(self, words: str, filters: Filters = ..., *, limit: int = ...) -> SearchResult:
        """Answer free text; never raises for anything a person can type."""

    async def at(self, address: str) -> Sequence[Headline]:
        """The summaries that name the address, the likeliest first; none where the text is no address."""

    async def complete(self, words: str, *, limit: int = ...) -> Sequence[Headline]:
        """Summaries for a half-typed query, best first, for autocomplete."""
