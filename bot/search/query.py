"""From typed text to a question: which words, and what they may stand for together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from bot.search.expansion import QueryTerm, Typed, Variant, wanted
from bot.search.index import SearchIndex, Term
from bot.search.tokens import STOP_WORDS, split, split_digits, squash, stem


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedQuery:
    """All that was typed.

    `folded` is all of it; `wanted` leaves out small words, unless there are no
    others, and `small_words` counts them; `weight` is that of all wanted words.
    """

    folded: str
    wanted: Sequence[QueryTerm]
    small_words: int
    weight: float


_MOST_WORDS: Final = 24
_LONGEST_WORD: Final = 40
_LONGEST_SHOUTED: Final = 6
_JOINED: Final = 0.95
_SPELT_OUT: Final = 1.0


def understand(text: str, index: SearchIndex) -> ParsedQuery:
    """The question that the typed text asks of this index."""
    words = _words(text, index)
    content = [word for word in words if word not in STOP_WORDS] or words
    shouted = _shouted(text)
    unfinished = words[-1] if words and not text[-1:].isspace() else None
    single = [
        wanted(Typed(word=word, unfinished=word == unfinished, shouted=word in shouted), index)
        for word in content
    ]
    together = _spelt_out(_joined(single, index), index)
    return ParsedQuery(
        folded=" ".join(split(text)),
        wanted=together,
        small_words=sum(word in STOP_WORDS for word in words),
        weight=sum(each.weight for each in together) or 1.0,
    )


def _words(text: str, index: SearchIndex) -> list[str]:
    """The first of its words, each once, taken apart where that makes them known."""
    typed = [word[:_LONGEST_WORD] for word in split(text)[: 2 * _MOST_WORDS]]
    terms = index.terms(set(typed))
    return list(dict.fromkeys(part for word in typed for part in _parts(word, terms)))[:_MOST_WORDS]


def _parts(word: str, terms: Mapping[str, Term]) -> Sequence[str]:
    return (word,) if word in terms else split_digits(word)


def _shouted(text: str) -> set[str]:
    """Short words in capitals: abbreviations, unless all of the text is in capitals."""
    typed = text.split()
    if len(typed) > 1 and text.isupper():
        return set()
    return {
        squash(" ".join(split(word))) for word in typed if word.isupper() and len(word) <= _LONGEST_SHOUTED
    }


def _joined(single: Sequence[QueryTerm], index: SearchIndex) -> list[QueryTerm]:
    """Neighbours that the corpus writes as one word may stand for that."""
    together = list(single)
    terms = index.terms({left.word + right.word for left, right in pairwise(single)})
    for at, (left, right) in enumerate(pairwise(single)):
        term = terms.get(left.word + right.word)
        if term and term.heads:
            variant = Variant(term=term, quality=_JOINED)
            together[at], together[at + 1] = _with(together[at], variant), _with(together[at + 1], variant)
    return together


def _with(wanted: QueryTerm, variant: Variant) -> QueryTerm:
    variants = sorted((*wanted.variants, variant), key=lambda each: -each.quality)
    return replace(wanted, variants=variants)


def _spelt_out(words: Sequence[QueryTerm], index: SearchIndex) -> list[QueryTerm]:
    """Abbreviations that some text explains stand for what has all words of the long form."""
    long_forms = index.long_forms({wanted.word for wanted in words})
    return [
        replace(each, apart={**each.apart, **_about_any(long_forms[each.word], index)})
        if each.word in long_forms
        else each
        for each in words
    ]


def _about_any(long_forms: Sequence[str], index: SearchIndex) -> dict[int, float]:
    return {document: _SPELT_OUT for long in long_forms for document in _about(long, index)}


def _about(long: str, index: SearchIndex) -> frozenset[int]:
    """Documents with all words of the long form in title, authors or aliases."""
    stems = {stem(word) for word in long.split() if word not in STOP_WORDS}
    inflections = index.inflections(stems)
    terms = index.terms({word for words in inflections.values() for word in words})
    heads = [
        frozenset().union(*(terms[word].heads for word in inflections.get(each, ()) if word in terms))
        for each in stems
    ]
    return frozenset.intersection(*heads) if heads else frozenset()
