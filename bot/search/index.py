"""The search index: a few bounded lookups, none of them a scan.

`bot.search.building` makes it of the summaries whenever they change, the store
holds it. Documents are small numbers, valid within one generation.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

from bot.model.newsletter import Headline

MOST_NAME_DOCUMENTS: Final = 2048
"""Documents per term by title, author or alias, the best first."""
MOST_TEXT_DOCUMENTS: Final = 512
"""Documents per term by text, the strongest first."""
OPENING: Final = 3
"""Longest prefix with a document list of its own, in letters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """The fields of one summary that ranking reads.

    `title` are the content words of its title, `words` all index words of the
    title, `names` those of its authors; `aliases` are folded names that other
    texts use, `alias_words` their words with counts. `prior` is the query-free
    score, from 0 to about 1.5.
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

    `name_documents` have the word in title, authors or aliases; `text_documents`
    have an impact from 0 to 1: how much the text is about the word.
    `document_frequency` counts all documents, more than either may list.
    """

    word: str
    document_frequency: int
    name_documents: frozenset[int]
    text_documents: Mapping[int, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A document with that squashed name: its title, an alias, its initials.

    `weight` is the likelihood of initials and the count of an alias.
    """

    document: int
    how: str
    weight: float


TITLE: Final = "title"
ALIAS: Final = "alias"
INITIALS: Final = "initials"


class SearchIndex(Protocol):
    """Synchronous lookups of microseconds, for one thread."""

    def generation(self) -> int:
        """Changes whenever the index is rebuilt."""

    def size(self) -> int:
        """The number of summaries."""

    def named(self, squashed: str) -> Sequence[Named]:
        """Documents with exactly that name (`bot.search.tokens.squash`)."""

    def starting(self, folded: str, limit: int) -> Sequence[int]:
        """Documents whose folded title starts so; for up to OPENING letters the likeliest."""

    def within(self, opening: str, limit: int) -> Sequence[int]:
        """The likeliest documents with a title's word that begins with these letters, OPENING at most."""

    def terms(self, words: Collection[str]) -> Mapping[str, Term]:
        """The terms of those words that occur."""

    def inflections(self, stems: Collection[str]) -> Mapping[str, Sequence[str]]:
        """The words of each stem (`bot.search.tokens.stem`)."""

    def completions(self, prefix: str, limit: int) -> Sequence[str]:
        """Words of titles, authors and aliases that start so, the commonest first."""

    def neighbours(self, deletions: Collection[str]) -> Sequence[str]:
        """Words filed under any of these deletions (`bot.search.spelling`)."""

    def long_forms(self, shorts: Collection[str]) -> Mapping[str, Sequence[str]]:
        """What each abbreviation was explained as, folded."""

    def at(self, address: str) -> Sequence[int]:
        """Documents about that canonical address, the closest first."""

    def records(self, documents: Collection[int]) -> Mapping[int, Record]:
        """The records of these documents, without missing ones."""

    def faceted(self, facet: str, value: str) -> frozenset[int]:
        """Documents with that value of a facet ("by", "in", "an", "year", "is")."""

    def facet_values(self, facet: str) -> Sequence[str]:
        """All values of a facet, to suggest one from."""
