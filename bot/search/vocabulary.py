"""What typed words may stand for in one index, remembered: people type the same ones over and over."""

from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from typing import Final

from bot.search import meanings
from bot.search.expansion import QueryTerm, expand
from bot.search.field_names import NAMES, SYNONYMS
from bot.search.index import Index
from bot.search.meanings import Match
from bot.search.spelling import closeness
from bot.search.typed import Typed
from bot.search.variants import Variant

_REMEMBERED: Final = 1500
"""Most expanded words in memory."""
_JOINED: Final = 0.95
_MISHEARD: Final = 0.85
"""Of words that together sound like one: "quantum lizers"."""
_MISHEARD_LENGTHS: Final = range(8, 18)
_SPELT_OUT: Final = 1.0
_MEANT: Final = 0.8


class Vocabulary:
    """The meanings of words in one generation of the index."""

    def __init__(self, index: Index) -> None:
        self.index: Final = index
        remember = lru_cache(maxsize=_REMEMBERED)
        self.expand: Final[Callable[[Typed], QueryTerm]] = remember(partial(expand, index=index))
        self.phrase: Final[Callable[[str], Mapping[int, Match]]] = remember(partial(_phrase, index=index))
        self._misheard: Final[Callable[[str], Variant | None]] = remember(partial(_misheard, index=index))

    def one_word(self, joined: str, *, misheard: bool) -> Variant | None:
        """The word of a name that is written so, or that may have been misheard so."""
        term = self.index.term(joined)
        if term and term.name_documents:
            return Variant(term=term, quality=_JOINED)
        return self._misheard(joined) if misheard and len(joined) in _MISHEARD_LENGTHS else None


def _phrase(words: str, index: Index) -> Mapping[int, Match]:
    """The documents that say the words otherwise: "reward hacking", "bio anchors"."""
    return {
        **meanings.about_any(SYNONYMS.get(words, ()), index, _MEANT),
        **meanings.about_any(NAMES.get(words, ()), index, _SPELT_OUT),
    }


def _misheard(joined: str, index: Index) -> Variant | None:
    near = {word: closeness(joined, word) for word in sorted(index.neighbours(joined))}
    best = max(near, key=lambda word: near[word], default="")
    term = index.term(best) if best and near[best] else None
    return Variant(term=term, quality=_MISHEARD * near[best]) if term and term.name_documents else None
