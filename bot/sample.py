"""The embedded sample: what a fresh checkout answers from."""

import tomllib
from collections.abc import Callable, Sequence
from importlib import resources
from typing import Final

import msgspec

from bot.model.newsletter import Document, Draft, Headline, Issue, Origin, SectionCount, SourceKind, Summary
from bot.model.search import Filters, SearchResult
from bot.ports import Finder, Library
from bot.search.index import IndexSource

NAME: Final = "sample.toml"


def document() -> Document:
    """The sample as a reader would give it: five issues, true facts, and texts
    in our own words.
    """
    data = tomllib.loads(resources.files("bot").joinpath(NAME).read_text(encoding="utf-8"))
    return Document(kind=SourceKind.PAGE, drafts=msgspec.convert(data["issues"], tuple[Draft, ...]))


_NO_FILTERS: Final = Filters()


def filled(source: IndexSource) -> Callable[[], bool]:
    """Tells whether that index holds summaries; once it does, without looking again."""
    seen = False

    def look() -> bool:
        nonlocal seen
        if not seen:
            seen = source.current().size > 0
        return seen

    return look


class FillingLibrary:
    """The library of the sample, until the other one is filled."""

    def __init__(self, sample: Library, real: Library, is_filled: Callable[[], bool]) -> None:
        self._sample = sample
        self._real = real
        self._is_filled = is_filled

    @property
    def _current(self) -> Library:
        return self._real if self._is_filled() else self._sample

    async def numbers(self) -> Sequence[int]:
        """The numbers of all numbered issues, ascending."""
        return await self._current.numbers()

    async def issue(self, number: int) -> Issue | None:
        """The issue with its summaries in printed order."""
        return await self._current.issue(number)

    async def summary(self, key: str) -> Summary | None:
        """The summary of that key, or of an older spelling of it."""
        return await self._current.summary(key)

    async def sections(self) -> Sequence[SectionCount]:
        """Every section that holds summaries."""
        return await self._current.sections()

    async def in_section(self, path: Sequence[str], *, offset: int, limit: int) -> Sequence[Headline]:
        """Summaries under that path or below it."""
        return await self._current.in_section(path, offset=offset, limit=limit)

    async def cites(self, key: str) -> Sequence[Headline]:
        """The summaries this one's texts point at."""
        return await self._current.cites(key)

    async def cited_by(self, key: str) -> Sequence[Headline]:
        """The summaries whose texts point at this one."""
        return await self._current.cited_by(key)

    async def origin(self) -> Origin:
        """How much there is and how fresh it is."""
        return await self._current.origin()


class FillingFinder:
    """Finds in the sample, until the database is filled."""

    def __init__(self, sample: Finder, real: Finder, is_filled: Callable[[], bool]) -> None:
        self._sample = sample
        self._real = real
        self._is_filled = is_filled

    @property
    def _current(self) -> Finder:
        return self._real if self._is_filled() else self._sample

    async def find(self, words: str, filters: Filters = _NO_FILTERS, *, limit: int = 6) -> SearchResult:
        """Answer free text."""
        return await self._current.find(words, filters, limit=limit)

    async def at(self, address: str) -> Sequence[Headline]:
        """The summaries that name the address."""
        return await self._current.at(address)

    async def complete(self, words: str, *, limit: int = 10) -> Sequence[Headline]:
        """Summaries for a half-typed query, best first."""
        return await self._current.complete(words, limit=limit)
