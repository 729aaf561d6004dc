"""An index that keeps what it was asked lately, within one generation.

People type the same words over and over, and a half-typed query differs from
the one before by a letter: most lookups are repeated. What is kept is bounded;
all of it is forgotten when there is too much of it or the index is made anew.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Final, Generic, TypeVar

from bot.search.index import Named, Record, SearchIndex, Term

_MOST: Final = 4096
_COMPLETIONS: Final = 16

Key = TypeVar("Key")
Kept = TypeVar("Kept")


class _Memory(Generic[Key, Kept]):
    """What each key led to, nothing included; what is not known is looked up in one go."""

    def __init__(self, look_up: Callable[[Collection[Key]], Mapping[Key, Kept]]) -> None:
        self._look_up = look_up
        self._kept: dict[Key, Kept | None] = {}

    def __call__(self, keys: Collection[Key]) -> dict[Key, Kept]:
        kept = self._kept
        if len(kept) > _MOST:
            kept.clear()
        missing = [key for key in keys if key not in kept]
        if missing:
            found = self._look_up(missing)
            kept.update((key, found.get(key)) for key in missing)
        return {key: value for key in keys if (value := kept[key]) is not None}

    def clear(self) -> None:
        self._kept.clear()


def _each(look_up: Callable[[str], Kept]) -> Callable[[Collection[str]], dict[str, Kept]]:
    return lambda keys: {key: look_up(key) for key in keys}


class RememberingIndex:
    """The same lookups as of the index it is given, most of them from memory."""

    def __init__(self, index: SearchIndex) -> None:
        self._index = index
        self._generation = -1
        self._size = 0
        self._named = _Memory(_each(index.named))
        self._terms = _Memory(index.terms)
        self._inflections = _Memory(index.inflections)
        self._completions = _Memory(_each(self._complete))
        self._long_forms = _Memory(index.long_forms)
        self._records = _Memory(index.records)

    def generation(self) -> int:
        """A number that changes when the index was made anew; then all is forgotten."""
        generation = self._index.generation()
        if generation != self._generation:
            self._generation, self._size = generation, self._index.size()
            for memory in (self._named, self._terms, self._inflections, self._completions, self._long_forms):
                memory.clear()
            self._records.clear()
        return generation

    def size(self) -> int:
        """How many summaries there are."""
        return self._size

    def named(self, squashed: str) -> Sequence[Named]:
        """Who goes by exactly that name."""
        return self._named((squashed,)).get(squashed, ())

    def starting(self, folded: str, limit: int) -> Sequence[int]:
        """Documents whose folded title starts so."""
        return self._index.starting(folded, limit)

    def within(self, opening: str, limit: int) -> Sequence[int]:
        """The likeliest documents with a title's word that begins so."""
        return self._index.within(opening, limit)

    def terms(self, words: Collection[str]) -> Mapping[str, Term]:
        """The terms of those words that occur."""
        return self._terms(words)

    def inflections(self, stems: Collection[str]) -> Mapping[str, Sequence[str]]:
        """The words of each stem."""
        return self._inflections(stems)

    def completions(self, prefix: str, limit: int) -> Sequence[str]:
        """Words of titles, authors and aliases that start so, the commonest first."""
        return self._completions((prefix,)).get(prefix, ())[:limit]

    def neighbours(self, deletions: Collection[str]) -> Sequence[str]:
        """Words filed under any of these deletions."""
        return self._index.neighbours(deletions)

    def _complete(self, prefix: str) -> Sequence[str]:
        return self._index.completions(prefix, _COMPLETIONS)

    def long_forms(self, shorts: Collection[str]) -> Mapping[str, Sequence[str]]:
        """What each abbreviation was explained as."""
        return self._long_forms(shorts)

    def at(self, address: str) -> Sequence[int]:
        """Documents about that canonical address."""
        return self._index.at(address)

    def records(self, documents: Collection[int]) -> Mapping[int, Record]:
        """The records of these documents."""
        return self._records(documents)

    def faceted(self, facet: str, value: str) -> frozenset[int]:
        """Documents with that value of a facet."""
        return self._index.faceted(facet, value)

    def facet_values(self, facet: str) -> Sequence[str]:
        """All values of a facet."""
        return self._index.facet_values(facet)
