"""What each typed word might stand for: itself, its inflections, a word it
begins, a word it was meant to be, two words run together, an abbreviation.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from bot.search.acronyms import WHOLE
from bot.search.index import INITIALS, SearchIndex, Term
from bot.search.spelling import closeness, deletions
from bot.search.words import FILLERS, STOP_WORDS, split, split_digits, squash, stem

_MOST_WORDS: Final = 24
_INFLECTED: Final = 0.85
_JOINED: Final = 0.95
_SPLIT: Final = 0.85
_SPELT_OUT: Final = 1.0
_SHOUTED: Final = 0.1
"""What it costs a correction that the word was typed in capitals."""
_LONGEST_SHOUTED: Final = 6
_COMPLETED: Final = 0.9
_BEGUN: Final = 0.8
_PER_LETTER: Final = 0.02
_LETTERS: Final = 5
_TELLING: Final = 6
"""So many letters are hardly by chance the beginning of a word."""
_TELLING_SHORT: Final = 4
"""So many letters are hardly by chance the initials of a title."""
_SHORTEST_BEGUN: Final = 2
_SHORTEST_CUT: Final = 3
_ELSEWHERE: Final = 0.15
"""What it costs a correction that the typed word occurs in some text."""
_UNTITLED: Final = 0.12
"""What it costs a correction that it is in no title, author or alias."""
_FILLER: Final = 0.3
_COMPLETIONS: Final = 16
_CORRECTIONS: Final = 8
_SHORT_NAMES: Final = range(3, 7)
_LONGEST_WORD: Final = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """A word of the corpus that a typed one may stand for, and how likely, to 1."""

    term: Term
    quality: float


@dataclass(slots=True, kw_only=True)
class Wanted:
    """One typed word. `weight` says how much it tells, from 0 to 1.

    `variants` are the likeliest first; `known` says whether the word occurs at
    all, or is two that do, or begins or abbreviates something. `apart` are documents that have it as something else than
    one word: two words, an abbreviation, with how likely that is what is meant.
    """

    word: str
    weight: float = 1.0
    known: bool = False
    variants: Sequence[Variant] = ()
    apart: Mapping[int, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A query as understood. `folded` is all of it; `wanted` leaves out small
    words unless there are no others, and `small_words` counts them; `unfinished` says that the last word may
    still be being typed; `weight` is that of all wanted words together.
    """

    folded: str
    wanted: Sequence[Wanted]
    small_words: int
    unfinished: bool
    weight: float


def understand(text: str, index: SearchIndex) -> Question:
    """The question that the typed text asks of this index."""
    typed = [word[:_LONGEST_WORD] for word in split(text)[: 2 * _MOST_WORDS]]
    terms = index.terms(set(typed))
    words = list(dict.fromkeys(part for word in typed for part in _parts(word, terms)))[:_MOST_WORDS]
    content = [word for word in words if word not in STOP_WORDS] or words
    unfinished = bool(words) and not text[-1:].isspace()
    shouted = _shouted(text)
    wanted = [
        _interpreted(word, index, unfinished=unfinished and word == words[-1], shouted=word in shouted)
        for word in content
    ]
    _join(wanted, index)
    return Question(
        folded=" ".join(split(text)),
        wanted=wanted,
        small_words=sum(word in STOP_WORDS for word in words),
        unfinished=unfinished,
        weight=sum(each.weight for each in wanted) or 1.0,
    )


def _shouted(text: str) -> set[str]:
    """Short words in capitals: abbreviations, unless all of the text is in capitals."""
    typed = text.split()
    if len(typed) > 1 and text.isupper():
        return set()
    return {
        squash(" ".join(split(word))) for word in typed if word.isupper() and len(word) <= _LONGEST_SHOUTED
    }


def _parts(word: str, terms: Mapping[str, Term]) -> Sequence[str]:
    return (word,) if word in terms else split_digits(word)


def _interpreted(word: str, index: SearchIndex, *, unfinished: bool, shouted: bool) -> Wanted:
    qualities = dict.fromkeys(index.inflections((stem(word),)).get(stem(word), ()), _INFLECTED)
    own = index.terms((word,)).get(word)
    if own:
        qualities[word] = 1.0
    titled = own is not None and bool(own.heads)
    begun = _completed(word, index, unfinished=unfinished) if unfinished or not own else {}
    _add(qualities, begun)
    if not titled and not word.isdigit():
        _add(qualities, _corrected(word, index, cost=_cost(known=own is not None, shouted=shouted)))
    terms = index.terms(qualities)
    halves = {} if titled else _halves(word, index)
    abbreviated = {} if titled else _abbreviated(word, index, shouted=shouted)
    variants = sorted(
        (Variant(term=term, quality=qualities[term.word]) for term in terms.values()),
        key=lambda variant: -variant.quality,
    )
    return Wanted(
        word=word,
        weight=_weight(word, variants, max(1, index.size())),
        known=bool(
            own
            or halves
            or (begun and len(word) >= _TELLING)
            or (abbreviated and (shouted or len(word) >= _TELLING_SHORT))
        ),
        variants=variants,
        apart=halves | abbreviated,
    )


def _add(qualities: dict[str, float], more: Mapping[str, float]) -> None:
    for word, quality in more.items():
        qualities[word] = max(quality, qualities.get(word, 0.0))


def _completed(word: str, index: SearchIndex, *, unfinished: bool) -> dict[str, float]:
    """Words that begin with the typed one: surer at the end, where typing goes on."""
    if len(word) < (_SHORTEST_BEGUN if unfinished else _SHORTEST_CUT):
        return {}
    sure = _COMPLETED if unfinished else _BEGUN
    return {
        whole: sure - _PER_LETTER * min(_LETTERS, len(whole) - len(word))
        for whole in index.completions(word, _COMPLETIONS)
        if whole != word
    }


def _cost(*, known: bool, shouted: bool) -> float:
    return (_ELSEWHERE if known else 0.0) + (_SHOUTED if shouted else 0.0)


def _corrected(word: str, index: SearchIndex, *, cost: float) -> dict[str, float]:
    """Words that the typed one may be a slip of."""
    near = {other: closeness(word, other) for other in index.neighbours(deletions(word))}
    likely = sorted((other for other in near if near[other]), key=lambda other: -near[other])[:_CORRECTIONS]
    terms = index.terms(likely)
    return {
        other: near[other] - cost - (0.0 if terms[other].heads else _UNTITLED)
        for other in likely
        if other in terms
    }


def _halves(word: str, index: SearchIndex) -> dict[int, float]:
    """Documents that have the typed word as two words."""
    halves = [(word[:at], word[at:]) for at in range(2, len(word) - 1)]
    terms = index.terms({half for pair in halves for half in pair})
    found: dict[int, float] = {}
    for left, right in halves:
        if left in terms and right in terms:
            found.update(dict.fromkeys(terms[left].heads & terms[right].heads, _SPLIT))
    return found


def _abbreviated(word: str, index: SearchIndex, *, shouted: bool) -> dict[int, float]:
    """Documents that a short word may abbreviate, or part of which where it was shouted."""
    if len(word) not in _SHORT_NAMES:
        return {}
    named = [name for name in index.named(word) if name.how == INITIALS]
    return {name.document: name.weight for name in named if shouted or name.weight >= WHOLE}


def _weight(word: str, variants: Sequence[Variant], size: int) -> float:
    """Less for what occurs often, as itself or inflected; 1 for what never does."""
    sure = [variant.term.spread for variant in variants if variant.quality >= _INFLECTED]
    spread = max(sure or [variant.term.spread for variant in variants] or [0])
    weight = min(1.0, math.log(1 + size / (spread + 0.5)) / math.log(1 + size))
    return weight * (_FILLER if word in FILLERS else 1.0)


def _join(wanted: Sequence[Wanted], index: SearchIndex) -> None:
    """Neighbours that the corpus writes as one word, and abbreviations spelt out."""
    joined = index.terms({squash(a.word + b.word) for a, b in pairwise(wanted)})
    for left, right in pairwise(wanted):
        term = joined.get(left.word + right.word)
        if term and term.heads:
            for side in (left, right):
                side.variants = sorted(
                    (*side.variants, Variant(term=term, quality=_JOINED)),
                    key=lambda variant: -variant.quality,
                )
    for short, longs in index.long_forms({each.word for each in wanted}).items():
        spelt_out = {document for long in longs for document in _about(long, index)}
        for each in wanted:
            if each.word == short:
                each.apart = {**each.apart, **dict.fromkeys(spelt_out, _SPELT_OUT)}


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
