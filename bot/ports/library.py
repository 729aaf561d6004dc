"""Reading the library, and finding the summary that a person means."""

from collections.abc import Sequence
from typing import Protocol

from bot.model.newsletter import Headline, Issue, Origin, SectionCount, Summary
from bot.model.search import Filters, SearchResult


class Library(Protocol):
    """The reading side of the library. Safe to call from many tasks at once."""

    async def numbers(self) -> Sequence[int]:
        """The numbers of all numbered issues, ascending."""

    async def issue(self, number: int) -> Issue | None:
        """The issue with its summaries in printed order."""

    async def summary(self, key: str) -> Summary | None:
        """The summary of that key, or of an older key of it."""

    async def printed(self, key: str) -> Issue | None:
        """The issue with the summary of that key, or of an older key of it, and without its others."""

    async def sections(self) -> Sequence[SectionCount]:
        """Every section that contains summaries directly, in the newsletter's order."""

    async def in_section(self, path: Sequence[str], *, offset: int, limit: int) -> Sequence[Headline]:
        """The summaries in that section and below it, newest issue first."""

    async def cites(self, key: str) -> Sequence[Headline]:
        """The summaries that this one cites, oldest issue first."""

    async def cited_by(self, key: str) -> Sequence[Headline]:
        """The summaries that cite this one, newest issue first."""

    async def origin(self) -> Origin:
        """The size of the library, and its last change."""


class Finder(Protocol):
    """Finds the summary that a person means."""

    async def find(self, words: str, filters: Filters = ..., *, limit: int = ...) -> SearchResult:
        """Search for free text; never raises, whatever a person types."""

    async def narrowed(self, filters: Filters, *, offset: int, limit: int) -> SearchResult:
        """All that the filters allow, likeliest first, and how much that is."""

    async def at(self, address: str) -> Sequence[Headline]:
        """The summaries about that address, the likeliest first; none if it is no address."""

    async def titles_in(self, text: str) -> Sequence[Headline]:
        """The summaries whose whole titles, of two words or more, the text has, in its order."""

    async def complete(self, words: str, *, limit: int = ...) -> Sequence[Headline]:
        """Suggestions for a half-typed query, best first."""
