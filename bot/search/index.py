"""What the search asks of its index: a few lookups, each bounded, none a scan.

The index is made of the summaries by `bot.search.build` whenever they change,
kept by the store, and read here. Documents are known by small numbers that
mean something within one generation of the index only.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

from bot.model.newsletter import Headline

HEADS: Final = 2048
"""How many documents a term keeps by title, author or alias, the best first."""
BODIES: Final = 512
"""How many documents a term keeps by their text, the strongest first."""
OPENING: Final = 3
"""Beginnings of up to so many letters have a list of documents of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What ranking needs to know of one summary.

    `title` are the words of its title that tell something, `words` all its
    index words, `names` those of its authors;
    `aliases` are the folded names others use for it, `alias_words` their words
    with how often they were used. `prior` is how likely it is meant before
    anything was typed, from 0 to about 1.5.
    """

    headline: Headline
    folded: str
    title: frozenset[str]
    words: frozenset[str]
    names: frozenset[str]
    aliases: tuple[str, ...] = ()
    alias_words: Mapping[str, float] = field(default_factory=dict)
    prior: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One word of the corpus.

    `heads` are documents with the word in title, authors or aliases, by falling
    prior; `bodies` says how much of a document's text is about the word, from 0
    to 1, titles included. `spread` is in how many documents it occurs at all,
    which may be more than either lists.
    """

    word: str
    spread: int
    heads: frozenset[int]
    bodies: Mapping[int, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A document that goes by a squashed name: its title, an alias, its initials.

    `weight` is how likely the initials are, and how often the alias was used.
    """

    document: int
    how: str
    weight: float


TITLE: Final = "title"
ALIAS: Final = "alias"
INITIALS: Final = "initials"


class SearchIndex(Protocol):
    """Lookups of microseconds, made synchronously; safe from one thread."""

    def generation(self) -> int:
        """A number that changes when the index was made anew."""

    def size(self) -> int:
        """How many summaries there are."""

    def named(self, squashed: str) -> Sequence[Named]:
        """Who goes by exactly that name (`bot.search.words.squash`)."""

    def starting(self, folded: str, limit: int) -> Sequence[int]:
        """Documents whose folded title starts so; after up to OPENING letters the likeliest."""

    def within(self, opening: str, limit: int) -> Sequence[int]:
        """The likeliest documents with a title's word that begins with these letters, OPENING at most."""

    def terms(self, words: Collection[str]) -> Mapping[str, Term]:
        """The terms of those words that occur."""

    def inflections(self, stems: Collection[str]) -> Mapping[str, Sequence[str]]:
        """The words of each stem (`bot.search.words.stem`)."""

    def completions(self, prefix: str, limit: int) -> Sequence[str]:
        """Words of titles, authors and aliases that start so, the commonest first."""

    def neighbours(self, deletions: Collection[str]) -> Sequence[str]:
        """Words filed under any of these deletions (`bot.search.spelling`)."""

    def long_forms(self, shorts: Collection[str]) -> Mapping[str, Sequence[str]]:
        """What each abbreviation was explained as, folded."""

    def at(self, address: str) -> Sequence[int]:
        """Documents about that canonical address, the closest first."""

    def records(self, documents: Collection[int]) -> Mapping[int, Record]:
        """The records of these documents; what is gone is left out."""

    def faceted(self, facet: str, value: str) -> frozenset[int]:
        """Documents with that value of a facet ("by", "in", "an", "year", "is")."""

    def facet_values(self, facet: str) -> Sequence[str]:
        """All values of a facet, to suggest one from."""
