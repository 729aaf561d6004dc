"""Query understanding: the words of a typed text, expanded singly and together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from bot.search.expansion import QueryTerm, Typed, Variant, expand
from bot.search.index import SearchIndex, Term
from bot.search.tokens import STOP_WORDS, split, split_digits, squash, stem


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedQuery:
    """A typed text, understood.

    `folded` is the whole text; `terms` leave out stop words unless there are no
    others, `small_words` counts those; `weight` is the sum over the terms.
    """

    folded: str
    terms: Sequence[QueryTerm]
    small_words: int
    weight: float


_MOST_WORDS: Final = 24
_LONGEST_WORD: Final = 40
_LONGEST_SHOUTED: Final = 6
_JOINED: Final = 0.95
_SPELT_OUT: Final = 1.0


def understand(text: str, index: SearchIndex) -> ParsedQuery:
    """Parse and expand a typed text against this index."""
    words = _words(text, index)
    content = [word for word in words if word not in STOP_WORDS] or words
    shouted = _shouted(text)
    unfinished = words[-1] if words and not text[-1:].isspace() else None
    single = [
        expand(Typed(word=word, unfinished=word == unfinished, shouted=word in shouted), index)
        for word in content
    ]
    together = _spelt_out(_joined(single, index), index)
    return ParsedQuery(
        folded=" ".join(split(text)),
        terms=together,
        small_words=sum(word in STOP_WORDS for word in words),
        weight=sum(each.weight for each in together) or 1.0,
    )


def _words(text: str, index: SearchIndex) -> list[str]:
    """The first words, each once, split at digits if unknown."""
    typed = [word[:_LONGEST_WORD] for word in split(text)[: 2 * _MOST_WORDS]]
    terms = index.terms(set(typed))
    return list(dict.fromkeys(part for word in typed for part in _parts(word, terms)))[:_MOST_WORDS]


def _parts(word: str, terms: Mapping[str, Term]) -> Sequence[str]:
    return (word,) if word in terms else split_digits(word)


def _shouted(text: str) -> set[str]:
    """Short words in capitals, unless the whole text is in capitals."""
    typed = text.split()
    if len(typed) > 1 and text.isupper():
        return set()
    return {
        squash(" ".join(split(word))) for word in typed if word.isupper() and len(word) <= _LONGEST_SHOUTED
    }


def _joined(single: Sequence[QueryTerm], index: SearchIndex) -> list[QueryTerm]:
    """Add the joined word to two neighbours if the corpus writes them as one."""
    together = list(single)
    terms = index.terms({left.word + right.word for left, right in pairwise(single)})
    for at, (left, right) in enumerate(pairwise(single)):
        term = terms.get(left.word + right.word)
        if term and term.name_documents:
            variant = Variant(term=term, quality=_JOINED)
            together[at], together[at + 1] = _with(together[at], variant), _with(together[at + 1], variant)
    return together


def _with(term: QueryTerm, variant: Variant) -> QueryTerm:
    variants = sorted((*term.variants, variant), key=lambda each: -each.quality)
    return replace(term, variants=variants)


def _spelt_out(words: Sequence[QueryTerm], index: SearchIndex) -> list[QueryTerm]:
    """Add to explained abbreviations the documents with all words of a long form."""
    long_forms = index.long_forms({term.word for term in words})
    return [
        replace(each, indirect={**each.indirect, **_about_any(long_forms[each.word], index)})
        if each.word in long_forms
        else each
        for each in words
    ]


def _about_any(long_forms: Sequence[str], index: SearchIndex) -> dict[int, float]:
    return {document: _SPELT_OUT for long in long_forms for document in _about(long, index)}


def _about(long: str, index: SearchIndex) -> frozenset[int]:
    """Documents whose names have all words of the long form."""
    stems = {stem(word) for word in long.split() if word not in STOP_WORDS}
    inflections = index.inflections(stems)
    terms = index.terms({word for words in inflections.values() for word in words})
    name_documents = [
        frozenset().union(
            *(terms[word].name_documents for word in inflections.get(each, ()) if word in terms)
        )
        for each in stems
    ]
    return frozenset.intersection(*name_documents) if name_documents else frozenset()
