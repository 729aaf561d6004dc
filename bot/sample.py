"""The embedded sample, which a fresh checkout answers from."""

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
    """The sample as a document: five issues, true facts, and texts in our own words."""
    data = tomllib.loads(resources.files("bot").joinpath(NAME).read_text(encoding="utf-8"))
    return Document(kind=SourceKind.PAGE, drafts=msgspec.convert(data["issues"], tuple[Draft, ...]))


_NO_FILTERS: Final = Filters()


def filled(source: IndexSource) -> Callable[[], bool]:
    """A function that says if the index has summaries; once it has, it does not look again."""
    seen = False

    def look() -> bool:
        nonlocal seen
        if not seen:
            seen = source.current().size > 0
        return seen

    return look


class FillingLibrary:
    """The sample as the library, until the database has newsletters."""

    def __init__(self, sample: Library, real: Library, is_filled: Callable[[], bool]) -> None:
        self._sample = sample
        self._real = real
        self._is_filled = is_filled

    @property
    def _current(self) -> Library:
        return self._real if self._is_filled() else self._sample

    async def numbers(self) -> Sequence[int]:
        return await self._current.numbers()

    async def issue(self, number: int) -> Issue | None:
        return await self._current.issue(number)

    async def summary(self, key: str) -> Summary | None:
        return await self._current.summary(key)

    async def printed(self, key: str) -> Issue | None:
        return await self._current.printed(key)

    async def sections(self) -> Sequence[SectionCount]:
        return await self._current.sections()

    async def in_section(self, path: Sequence[str], *, offset: int, limit: int) -> Sequence[Headline]:
        return await self._current.in_section(path, offset=offset, limit=limit)

    async def cites(self, key: str) -> Sequence[Headline]:
        return await self._current.cites(key)

    async def cited_by(self, key: str) -> Sequence[Headline]:
        return await self._current.cited_by(key)

    async def origin(self) -> Origin:
        return await self._current.origin()


class FillingFinder:
    """Finds in the sample, until the database has newsletters."""

    def __init__(self, sample: Finder, real: Finder, is_filled: Callable[[], bool]) -> None:
        self._sample = sample
        self._real = real
        self._is_filled = is_filled

    @property
    def _current(self) -> Finder:
        return self._real if self._is_filled() else self._sample

    async def find(self, words: str, filters: Filters = _NO_FILTERS, *, limit: int = 6) -> SearchResult:
        return await self._current.find(words, filters, limit=limit)

    async def narrowed(self, filters: Filters, *, offset: int, limit: int) -> SearchResult:
        return await self._current.narrowed(filters, offset=offset, limit=limit)

    async def at(self, address: str) -> Sequence[Headline]:
        return await self._current.at(address)

    async def titles_in(self, text: str) -> Sequence[Headline]:
        return await self._current.titles_in(text)

    async def complete(self, words: str, *, limit: int = 10) -> Sequence[Headline]:
        return await self._current.complete(words, limit=limit)
