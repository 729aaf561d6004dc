"""What the search index stores: records of summaries, postings of words, names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import msgspec

from bot.model.newsletter import Headline

MOST_NAME_DOCUMENTS: Final = 2048
"""Documents per term by title, author or alias, the best first."""
MOST_TEXT_DOCUMENTS: Final = 512
"""Documents per term by text, the strongest first."""
OPENING: Final = 3
"""Longest prefix with a document list of its own, in letters."""
NUMBER_BITS: Final = 32
"""Of a deletion the low bits are the word's number, the high ones its checksum."""
FORMAT: Final = 6
"""Of the value: another one is built anew. Raise it with whatever changes what the value holds."""
SHARPEST: Final = 255
"""The impact of a word in a document about nothing else: what fits in a byte."""
TITLE: Final = "title"
ALIAS: Final = "alias"
INITIALS: Final = "initials"


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """The fields of one summary that ranking reads.

    `title` are the content words of its title, `stems` their stems in order, between blanks, `words` all
    index words of the title; `elsewhere` are words of its authors, year, venue and aliases, with what a match
    is worth and how well it matches, where a word of the title has 1 and 1. `aliases` are folded names that
    other texts use, a line each. `prior` is the query-free score, from 0 to about 1.5; `kind` is "paper",
    "post", "podcast", "book" or "".
    """

    headline: Headline
    folded: str
    title: frozenset[str]
    stems: str
    words: frozenset[str]
    elsewhere: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    aliases: str = ""
    prior: float = 0.0
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One word of the corpus.

    `name_documents` have the word in title, authors or aliases; each of `text_documents`
    has an impact, in SHARPESTths: how much the text is about the word.
    `document_frequency` counts all documents, more than either may list.
    """

    word: str
    document_frequency: int
    name_documents: frozenset[int]
    text_documents: Sequence[int]
    impacts: Sequence[int]


class Named(msgspec.Struct, frozen=True, array_like=True):
    """A document with that squashed name: its title, an alias, its initials.

    `weight` is the likelihood of initials and the count of an alias.
    """

    document: int
    how: str
    weight: float


class Postings(msgspec.Struct, array_like=True):
    """The stored form of a `Term`; documents and impacts as arrays of 4 and 1 bytes."""

    document_frequency: int
    name_documents: bytes
    text_documents: bytes
    impacts: bytes
