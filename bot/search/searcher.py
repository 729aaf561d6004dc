"""`bot.ports.Finder`: answers from the current generation of the index."""

from collections.abc import Sequence
from typing import Final

from bot.model.newsletter import Headline
from bot.model.search import Filters, SearchResult
from bot.search.engine import Engine
from bot.search.index import IndexSource

NO_FILTERS: Final = Filters()


class Searcher:
    """Finds summaries in an index, and follows its rebuilding."""

    def __init__(self, source: IndexSource) -> None:
        self._source = source
        self._engine: Engine | None = None

    async def find(self, words: str, filters: Filters = NO_FILTERS, *, limit: int = 6) -> SearchResult:
        """Answer a free text; never raises for anything a person can type.

        A filter that allows nothing is the `problem`; the hits then ignore filters.
        """
        return self._current().find(words, filters, limit)

    async def narrowed(self, filters: Filters, *, offset: int, limit: int) -> SearchResult:
        """All that the filters allow, likeliest first; `total` is how much that is."""
        return self._current().narrowed(filters, offset, limit)

    async def at(self, address: str) -> Sequence[Headline]:
        """The summaries with that address as theirs or to read more, likeliest first."""
        return self._current().at(address)

    async def titles_in(self, text: str) -> Sequence[Headline]:
        """The summaries whose whole titles, of two words or more, the text has, in its order."""
        return self._current().titles_in(text)

    async def complete(self, words: str, *, limit: int = 10) -> Sequence[Headline]:
        """Summaries for a half-typed query, best first, for autocomplete."""
        return self._current().complete(words, limit)

    def _current(self) -> Engine:
        index = self._source.current()
        if self._engine is None or self._engine.index is not index:
            self._engine = Engine(index)
        return self._engine
