"""Query expansion: a typed word may stand for itself, an inflection, a word it
begins or misspells, two words run together, or an abbreviation.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.search.acronyms import WHOLE
from bot.search.index import INITIALS, SearchIndex, Term
from bot.search.spelling import closeness, deletions
from bot.search.tokens import FILLERS, stem


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """A word of the corpus that a typed one may stand for; `quality` is the likelihood, up to 1."""

    term: Term
    quality: float


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryTerm:
    """One typed word.

    `weight`, from 0 to 1, is higher for rarer words. `known` is false if the
    corpus lacks the word and it only begins or abbreviates something by chance.
    `variants` are likeliest first. `indirect` are documents that match only as
    two words or as an abbreviation, with a likelihood.
    """

    word: str
    weight: float
    known: bool
    variants: Sequence[Variant]
    indirect: Mapping[int, float] = field(default_factory=dict)

    @property
    def occurs(self) -> bool:
        """Whether the corpus has the word as it was typed."""
        return bool(self.variants) and self.variants[0].quality == 1


_INFLECTED: Final = 0.85
_COMPLETED: Final = 0.9
"""Of a word that begins as the last one typed, which may be unfinished."""
_BEGUN: Final = 0.8
"""Of a word that begins as an earlier one."""
_PER_LETTER: Final = 0.02
_LETTERS: Final = 5
_SHORTEST_COMPLETED: Final = 2
_SHORTEST_BEGUN: Final = 3
_SPLIT: Final = 0.85
_FILLER: Final = 0.3
_COMPLETIONS: Final = 16
_CORRECTIONS: Final = 8

# What lowers a correction:
_OCCURS: Final = 0.15  # the typed word occurs in a text,
_SHOUTED: Final = 0.1  # it was typed in capitals,
_UNTITLED: Final = 0.12  # the right word is in no title, author or alias.

_TELLING_BEGINNING: Final = 6
"""Fewer letters begin a word by chance."""
_TELLING_SLIP: Final = 7
"""Fewer letters are one edit from a word by chance."""
_ONE_EDIT: Final = 0.8
_TELLING_INITIALS: Final = 4
"""Fewer letters are the initials of a title by chance."""
_INITIALS_LENGTHS: Final = range(3, 7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """A word as it was typed: last and perhaps unfinished, or short and in capitals."""

    word: str
    unfinished: bool = False
    shouted: bool = False


def expand(typed: Typed, index: SearchIndex) -> QueryTerm:
    """Everything the word may stand for in this index."""
    word = typed.word
    own = index.terms((word,)).get(word)
    titled = own is not None and bool(own.name_documents)  # such a word is hardly anything else
    initials = {} if titled else _initials(typed, index)
    abbreviates = bool(initials) and (typed.shouted or len(word) >= _TELLING_INITIALS)
    halves = {} if titled else _halves(word, index)
    begun = (
        _begun(typed, index) if (typed.unfinished or not own) and not (abbreviates and typed.shouted) else {}
    )
    corrected = {} if titled or abbreviates else _corrected(typed, own, index)
    exact = {word: 1.0} if own else {}
    variants = _variants((_inflected(word, index), begun, corrected, exact), index)
    return QueryTerm(
        word=word,
        weight=_weight(word, variants, index),
        known=bool(own or halves) or abbreviates or _telling(word, begun, corrected),
        variants=variants,
        indirect=halves | initials,
    )


def _telling(word: str, begun: Mapping[str, float], corrected: Mapping[str, float]) -> bool:
    """Whether the word is too long to begin or misspell another by chance."""
    if begun and len(word) >= _TELLING_BEGINNING:
        return True
    return len(word) >= _TELLING_SLIP and max(corrected.values(), default=0.0) >= _ONE_EDIT


def _variants(likely: Sequence[Mapping[str, float]], index: SearchIndex) -> list[Variant]:
    """Each likely word with its best quality, likeliest first."""
    qualities: dict[str, float] = {}
    for words in likely:
        for word, quality in words.items():
            qualities[word] = max(quality, qualities.get(word, 0.0))
    terms = index.terms(qualities)
    variants = [Variant(term=term, quality=qualities[word]) for word, term in terms.items()]
    return sorted(variants, key=lambda variant: -variant.quality)


def _inflected(word: str, index: SearchIndex) -> dict[str, float]:
    root = stem(word)
    return dict.fromkeys(index.inflections((root,)).get(root, ()), _INFLECTED)


def _begun(typed: Typed, index: SearchIndex) -> dict[str, float]:
    """Words that the typed one begins; each missing letter lowers the quality."""
    word = typed.word
    if len(word) < (_SHORTEST_COMPLETED if typed.unfinished else _SHORTEST_BEGUN):
        return {}
    sure = _COMPLETED if typed.unfinished else _BEGUN
    return {
        whole: sure - _PER_LETTER * min(_LETTERS, len(whole) - len(word))
        for whole in index.completions(word, _COMPLETIONS)
        if whole != word
    }


def _corrected(typed: Typed, own: Term | None, index: SearchIndex) -> dict[str, float]:
    """Words that the typed one may misspell."""
    if typed.word.isdigit():
        return {}
    close = {word: closeness(typed.word, word) for word in index.neighbours(deletions(typed.word))}
    closest = sorted((word for word in close if close[word]), key=lambda word: -close[word])[:_CORRECTIONS]
    cost = (_OCCURS if own else 0.0) + (_SHOUTED if typed.shouted else 0.0)
    return {
        word: close[word] - cost - (0.0 if term.name_documents else _UNTITLED)
        for word, term in index.terms(closest).items()
    }


def _halves(word: str, index: SearchIndex) -> dict[int, float]:
    """Documents whose names have the word as two."""
    halves = [(word[:at], word[at:]) for at in range(2, len(word) - 1)]
    terms = index.terms({half for pair in halves for half in pair})
    documents: dict[int, float] = {}
    for left, right in halves:
        if left in terms and right in terms:
            documents.update(dict.fromkeys(terms[left].name_documents & terms[right].name_documents, _SPLIT))
    return documents


def _initials(typed: Typed, index: SearchIndex) -> dict[int, float]:
    """Documents whose name the word abbreviates; in capitals part of a name is enough."""
    if len(typed.word) not in _INITIALS_LENGTHS:
        return {}
    named = (name for name in index.named(typed.word) if name.how == INITIALS)
    return {name.document: WHOLE for name in named if typed.shouted or name.weight >= WHOLE}


def _weight(word: str, variants: Sequence[Variant], index: SearchIndex) -> float:
    """Inverse document frequency of the word and its inflections, scaled to 1 for an unknown word."""
    size = max(1, index.size())
    sure = [variant.term.document_frequency for variant in variants if variant.quality >= _INFLECTED]
    document_frequency = max(sure or [variant.term.document_frequency for variant in variants] or [0])
    weight = min(1.0, math.log(1 + size / (document_frequency + 0.5)) / math.log(1 + size))
    return weight * (_FILLER if word in FILLERS else 1.0)
