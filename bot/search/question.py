"""A query as understood: words, and what in the corpus each may stand for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.search.index import Term


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """A word of the corpus that a typed one may stand for, and how likely, to 1."""

    term: Term
    quality: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One typed word.

    `weight` says how much it tells, from 0 to 1. `known` is false where it is
    nothing of the corpus, nor hardly by chance the beginning or the
    abbreviation of something. `variants` are the likeliest first. `apart` are
    documents that have it as something else than one word (two words, an
    abbreviation), with how likely that is what is meant.
    """

    word: str
    weight: float
    known: bool
    variants: Sequence[Variant]
    apart: Mapping[int, float] = field(default_factory=dict)

    @property
    def occurs(self) -> bool:
        """Whether the corpus has the word as it was typed."""
        return bool(self.variants) and self.variants[0].quality == 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """All that was typed.

    `folded` is all of it; `wanted` leaves out small words, unless there are no
    others, and `small_words` counts them; `weight` is that of all wanted words.
    """

    folded: str
    wanted: Sequence[Wanted]
    small_words: int
    weight: float
