"""The words of the corpus that a typed one may stand for: an inflection, another way
to write a number, a word it begins or misspells.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.search.index import Index
from bot.search.spelling import closeness
from bot.search.spoken import COUNTS, ORDINALS, ROMAN
from bot.search.stored import Term
from bot.search.tokens import CHAT_WORDS, FILLERS, STOP_WORDS, american, stem
from bot.search.typed import Typed


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """A word of the corpus that a typed one may stand for; `quality` is the likelihood, up to 1."""

    term: Term
    quality: float


INFLECTED: Final = 0.85
_PLURAL: Final = 0.97
_COMPLETED: Final = 0.9
"""Of a word that begins as the last one typed, which may be unfinished."""
_BEGUN: Final = 0.8
"""Of a word that begins as an earlier one."""
_PER_LETTER: Final = 0.02
_LETTERS: Final = 5
_SHORTEST_BEGINNING: Final = 3
_SIBILANTS: Final = ("s", "x", "z", "ch", "sh", "o")
"""Endings whose plural takes "es"."""
_COUNTED: Final = 0.9
_NEAR_YEAR: Final = 0.75
_COMPLETIONS: Final = 16
_CORRECTIONS: Final = 8

# What lowers a correction:
_OCCURS: Final = 0.15  # the typed word occurs in a text,
_SHOUTED: Final = 0.1  # it was typed in capitals,
_UNTITLED: Final = 0.12  # the right word is in no title, author or alias.

_SMALL: Final = STOP_WORDS | CHAT_WORDS | FILLERS
_COUNTS: Final = frozenset(map(str, range(1, 13)))
_YEARS: Final = frozenset(map(str, range(1990, 2040)))
_WRITTEN: Final = {
    number: [
        str(number),
        *(w for table in (ORDINALS, ROMAN, COUNTS) for w, n in table.items() if n == number and w != "i"),
    ]
    for number in range(1, 13)
}


def likeliest_first(likely: Sequence[Mapping[str, float]], index: Index) -> list[Variant]:
    """Each likely word with its best quality, likeliest first."""
    qualities: dict[str, float] = {}
    for words in likely:
        for word, quality in words.items():
            qualities[word] = max(quality, qualities.get(word, 0.0))
    terms = index.terms(qualities)
    variants = [Variant(term=term, quality=qualities[word]) for word, term in terms.items()]
    return sorted(variants, key=lambda variant: -variant.quality)


def inflected(word: str, index: Index, *, plural_only: bool) -> dict[str, float]:
    """The words of its stem; of a name in capitals the plural alone."""
    qualities = {
        other: _PLURAL if _is_plural(word, other) else INFLECTED for other in index.inflections(stem(word))
    }
    return {other: q for other, q in qualities.items() if q == _PLURAL} if plural_only else qualities


def _is_plural(word: str, other: str) -> bool:
    """Whether one is the plural of the other, or its American spelling."""
    short, long = sorted((word, other), key=len)
    if long == f"{short}s" or (long == f"{short}es" and short.endswith(_SIBILANTS)):
        return True
    if short.endswith("y") and long == f"{short[:-1]}ies":
        return True
    return american(word) == american(other)


def counted(word: str) -> dict[str, float]:
    """Other ways to write a small number: "second", "2", "ii"."""
    number = (
        ORDINALS.get(word) or ROMAN.get(word) or (int(word) if word in _COUNTS else 0) or COUNTS.get(word, 0)
    )
    return dict.fromkeys(_WRITTEN.get(number, ()), _COUNTED) if number else {}


def near_years(word: str) -> dict[str, float]:
    """The years before and after: a paper is cited by its preprint's or its venue's."""
    if word not in _YEARS:
        return {}
    return {str(int(word) + step): _NEAR_YEAR for step in (-1, 1)}


def begun(typed: Typed, index: Index) -> dict[str, float]:
    """Words that the typed one begins; each missing letter lowers the quality."""
    word = typed.word
    if len(word) < _SHORTEST_BEGINNING:
        return {}
    sure = _COMPLETED if typed.unfinished else _BEGUN
    return {
        whole: sure - _PER_LETTER * min(_LETTERS, len(whole) - len(word))
        for whole in index.completions(word, _COMPLETIONS)
        if whole != word
    }


def corrected(typed: Typed, own: Term | None, index: Index) -> dict[str, float]:
    """Words that the typed one may misspell."""
    if typed.word.isdigit():
        return {}
    small = _SMALL
    close = {word: closeness(typed.word, word) for word in index.neighbours(typed.word) if word not in small}
    closest = sorted((word for word in close if close[word]), key=lambda word: (-close[word], word))
    cost = (_OCCURS if own else 0.0) + (_SHOUTED if typed.shouted else 0.0)
    return {
        word: close[word] - cost - (0.0 if term.name_documents else _UNTITLED)
        for word, term in index.terms(closest[:_CORRECTIONS]).items()
    }
