"""Query understanding: the words of a typed text, expanded singly and together."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import msgspec

from bot.search.citations import citation
from bot.search.expansion import QueryTerm
from bot.search.field_names import NAMES, SYNONYMS, WELL_KNOWN
from bot.search.tokens import CHAT_WORDS, FILLERS, STOP_WORDS, split, stem
from bot.search.typed import Typed, is_foreign, typed_words
from bot.search.vocabulary import Vocabulary


# A struct is made in 1.3 µs, a frozen dataclass in 7 µs, and completions parse a query at each letter.
class ParsedQuery(msgspec.Struct, frozen=True, kw_only=True):
    """A typed text, understood.

    `folded` is the whole text, `squashed` that without blanks, `plain` that without small words, `stems` their stems between
    blanks, `pairs` two at a time; `terms` leave
    those out, `small_words` counts them; `weight` is the sum over the terms, `unknown` the
    share of it that is of unknown words.
    `titled` is true of a text written like a title: several words, most with capitals;
    `named` of one that ends in a name in capitals, which begins no other word.
    `cites` counts the authors that a citation names (`bot.search.citations`), 0 of none.
    `well_known` is true if half of its words or more name a well-known work of the field,
    `unread` if a word is in a script that no summary uses.
    """

    folded: str
    squashed: str
    plain: str
    stems: str
    terms: Sequence[QueryTerm]
    small_words: int
    weight: float
    unknown: float
    titled: bool
    pairs: Sequence[str] = ()
    kind: str = ""
    fillers: frozenset[str] = frozenset()
    cites: int = 0
    named: bool = False
    well_known: bool = False
    unread: bool = False


_PAIR: Final = 2
"""Words that may be one misheard; three are hardly ever."""
_RARE: Final = 0.5
_PHRASES: Final = NAMES.keys() | SYNONYMS.keys()
_TITLE_WORDS: Final = 3
_WORKS_BEGIN: Final = frozenset([name.partition(" ")[0] for name in WELL_KNOWN])
"""The first word of each well-known work, since most words are none."""
KINDS: Final = {
    word: kind
    for kind, words in (
        ("paper", "paper papers arxiv article"),
        ("post", "post posts blog blogpost"),
        ("podcast", "podcast podcasts episode interview"),
        ("book", "book"),
    )
    for word in words.split()
}
"""Kinds of things that a query may name."""


def understand(text: str, vocabulary: Vocabulary) -> ParsedQuery:
    """Parse and expand a typed text."""
    index = vocabulary.index
    text, cites = citation(text, index)
    words = typed_words(text, index)
    content = [typed for typed in words if not typed.small]
    plain = [typed.word for typed in content]
    stems = list(map(stem, plain))
    terms = _phrased(_joined(words, list(map(vocabulary.expand, content)), vocabulary), vocabulary)
    weight = sum([term.weight for term in terms]) or 1.0
    folded = split(text)
    return ParsedQuery(
        folded=" ".join(folded),
        squashed="".join(folded),
        plain=" ".join(plain),
        stems=f" {' '.join(stems)} ",
        pairs=[f" {left} {right} " for left, right in pairwise(stems)],
        kind=next((KINDS[typed.word] for typed in words if typed.word in KINDS), ""),
        fillers=frozenset([typed.word for typed in words if typed.small and typed.word in FILLERS]),
        cites=cites,
        named=bool(words) and words[-1].shouted,
        well_known=_names_a_work([stem(word) for word in plain if word not in CHAT_WORDS]),
        unread=any(typed.small and not typed.word.isascii() for typed in words),
        terms=terms,
        small_words=len(words) - len(content),
        weight=weight,
        unknown=sum([term.weight for term in terms if not term.known]) / weight,
        titled=not cites and not text.islower() and _like_a_title(text) and not is_foreign(text, index),
    )


def _names_a_work(stems: Sequence[str]) -> bool:
    beginnings = [start for start, first in enumerate(stems) if first in _WORKS_BEGIN]
    return any(
        " ".join(stems[start:end]) in WELL_KNOWN
        for start in beginnings
        for end in range(start + (len(stems) + 1) // 2, len(stems) + 1)
    )


def _like_a_title(text: str) -> bool:
    content = [word for word in text.split() if word.lower() not in STOP_WORDS]
    return len(content) >= _TITLE_WORDS and sum(word[:1].isupper() for word in content) >= len(content) - 1


def _joined(words: Sequence[Typed], single: Sequence[QueryTerm], vocabulary: Vocabulary) -> list[QueryTerm]:
    """Add the joined word to neighbours if the corpus writes or nearly writes them as one."""
    terms = {term.word: term for term in single}
    misheard = {term.word for term in single if not term.titled and term.weight >= _RARE}
    plain = [typed.word for typed in words]
    for length in (_PAIR, _PAIR + 1):
        for at in range(len(plain) - length + 1):
            run = plain[at : at + length]
            may_be = length == _PAIR and not misheard.isdisjoint(run)
            if variant := vocabulary.one_word("".join(run), misheard=may_be):
                terms |= {word: terms[word].joined(variant) for word in run if word in terms}
    return [terms[term.word] for term in single]


def _phrased(terms: Sequence[QueryTerm], vocabulary: Vocabulary) -> list[QueryTerm]:
    """Add to neighbours what they stand for together: "reward hacking", "bio anchors"."""
    together = list(terms)
    for at, (left, right) in enumerate(pairwise(terms)):
        phrase = f"{left.word} {right.word}"
        if phrase in _PHRASES and (documents := vocabulary.phrase(phrase)):
            together[at : at + 2] = (term.meaning(phrase, documents) for term in together[at : at + 2])
    return together
