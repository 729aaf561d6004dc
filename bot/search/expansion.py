"""Query expansion: a typed word may stand for itself, an inflection, a word it
begins or misspells, two words run together, or an abbreviation.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.search.acronyms import WHOLE
from bot.search.field_names import NAMES, SYNONYMS
from bot.search.index import Index
from bot.search.spelling import closeness
from bot.search.stored import INITIALS, Term
from bot.search.tokens import CHAT_WORDS, FILLERS, STOP_WORDS, american, stem
from bot.search.typed import COUNTS, ORDINALS, ROMAN, Typed


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """A word of the corpus that a typed one may stand for; `quality` is the likelihood, up to 1."""

    term: Term
    quality: float


Match = tuple[str, float]
"""What a document has for a typed word, and how likely that is meant."""


@dataclass(slots=True, kw_only=True)
class QueryTerm:
    """One typed word.

    `weight`, from 0 to 1, is higher for rarer words. `known` is false if the
    corpus lacks the word and it only begins or abbreviates something by chance.
    `titled` is true if a name has the word as typed. `variants` are likeliest
    first. `indirect` are documents that match only as two words or as an
    abbreviation, with a likelihood. `related` are synonyms: weaker evidence.
    """

    word: str
    weight: float
    known: bool
    titled: bool
    variants: Sequence[Variant]
    indirect: Mapping[int, Match] = field(default_factory=dict)
    related: Sequence[Variant] = ()
    _names: dict[int, Match] | None = None
    _texts: dict[int, float] | None = None
    _related_texts: dict[int, float] | None = None
    _text_qualities: dict[int, float] | None = None

    @property
    def occurs(self) -> bool:
        """Whether the corpus has the word as it was typed."""
        return bool(self.variants) and self.variants[0].quality == 1

    @property
    def names(self) -> Mapping[int, Match]:
        """The documents whose names have a variant, with the likeliest; for an indirect match its words."""
        if self._names is None:
            self._names = dict(self.indirect)
            for variant in (
                *self.related,
                *reversed(self.variants),
            ):  # the likelier overwrite the less likely
                match = (variant.term.word, variant.quality)
                self._names.update(dict.fromkeys(variant.term.name_documents, match))
        return self._names

    @property
    def texts(self) -> Mapping[int, float]:
        """The documents whose texts have a variant, with the greatest impact."""
        if self._texts is None:
            self._texts = _strongest(self.variants)
        return self._texts

    @property
    def related_texts(self) -> Mapping[int, float]:
        """The documents whose texts have a synonym, with its impact beyond that of the variants."""
        if self._related_texts is None:
            texts = self.texts
            self._related_texts = {
                document: impact - texts.get(document, 0.0)
                for document, impact in _strongest(self.related).items()
                if impact > texts.get(document, 0.0)
            }
        return self._related_texts

    @property
    def text_qualities(self) -> Mapping[int, float]:
        """The documents whose texts have a variant, with the quality of the likeliest."""
        if self._text_qualities is None:
            self._text_qualities = {}
            for variant in reversed(self.variants):
                self._text_qualities.update(dict.fromkeys(variant.term.text_documents, variant.quality))
        return self._text_qualities


def _strongest(variants: Sequence[Variant]) -> dict[int, float]:
    """The documents whose texts have one of the variants, with the greatest impact."""
    impacts: dict[int, float] = {}
    for variant in variants:
        worth = variant.quality if variant.quality == 1 else min(variant.quality, _INFLECTED_TEXT)
        for document, impact in variant.term.text_documents.items():
            if worth * impact > impacts.get(document, 0.0):
                impacts[document] = worth * impact
    return impacts


_INFLECTED_TEXT: Final = 0.75
"""Worth of an inflection in a text, if the word itself is worth 1."""
_INFLECTED: Final = 0.85
_PLURAL: Final = 0.97
_COMPLETED: Final = 0.9
"""Of a word that begins as the last one typed, which may be unfinished."""
_BEGUN: Final = 0.8
"""Of a word that begins as an earlier one."""
_PER_LETTER: Final = 0.02
_LETTERS: Final = 5
_SHORTEST_COMPLETED: Final = 2
_SHORTEST_BEGUN: Final = 3
_SPLIT: Final = 0.85
_SPELT_OUT: Final = 1.0
_SCATTERED: Final = 0.85
"""Of a phrase whose words a name has, but not side by side."""
_MEANT: Final = 0.55
_SIBILANTS: Final = ("s", "x", "z", "ch", "sh", "o")
"""Endings whose plural takes "es"."""
_COMMON: Final = 3
"""Texts that have a word which is then no slip."""
_COUNTED: Final = 0.9
_NEAR_YEAR: Final = 0.75
_RELATED: Final = 0.5
_SHORTEST_SHOUTED_SLIP: Final = 7
"""Shorter names in capitals are no slips."""
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


def expand(typed: Typed, index: Index) -> QueryTerm:
    """Everything the word may stand for in this index."""
    word = typed.word
    own = index.term(word)
    titled = own is not None and bool(own.name_documents)  # such a word is hardly anything else
    meant = _meant(typed, index)
    initials = {} if titled or meant else _initials(typed, index)
    abbreviates = bool(meant) or (bool(initials) and (typed.shouted or len(word) >= _TELLING_INITIALS))
    fixed = abbreviates or (typed.shouted and len(word) < _SHORTEST_SHOUTED_SLIP)
    halves = {} if titled or fixed else _halves(word, index)
    begun = {} if (fixed and typed.shouted) or (own and not typed.unfinished) else _begun(typed, index)
    common = own is not None and own.document_frequency >= _COMMON
    corrected = {} if titled or fixed or common else _corrected(typed, own, index)
    exact = {word: 1.0} if own else {}
    inflected = _inflected(word, index, plural_only=typed.shouted)
    variants = _variants((inflected, _counted(word), _near_years(word), begun, corrected, exact), index)
    return QueryTerm(
        word=word,
        weight=_weight(variants, index),
        known=bool(own or halves) or abbreviates or _telling(word, begun, corrected),
        titled=titled,
        variants=variants,
        indirect=_synonymous(word, index) | halves | initials | meant,
        related=_related(word, index),
    )


def _meant(typed: Typed, index: Index) -> dict[int, Match]:
    """Documents named by what the word is short for: explained in a text, or known of the field."""
    long_forms = index.long_forms(typed.word)
    singular = typed.word.removesuffix("s")
    names = NAMES.get(typed.word) or NAMES.get(singular) or ()
    return about_any((*long_forms, *names), index, _SPELT_OUT)


def _counted(word: str) -> dict[str, float]:
    """Other ways to write a small number: "second", "2", "ii"."""
    number = (
        ORDINALS.get(word) or ROMAN.get(word) or (int(word) if word in _COUNTS else 0) or COUNTS.get(word, 0)
    )
    return dict.fromkeys(_WRITTEN.get(number, ()), _COUNTED) if number else {}


def _near_years(word: str) -> dict[str, float]:
    """The years before and after: a paper is cited by its preprint's or its venue's."""
    if word not in _YEARS:
        return {}
    return {str(int(word) + step): _NEAR_YEAR for step in (-1, 1)}


def _synonyms(word: str) -> Sequence[str]:
    return (
        SYNONYMS.get(word)
        or SYNONYMS.get(word.removesuffix("s"))
        or SYNONYMS.get(word.removesuffix("ing"))
        or ()
    )


def _synonymous(word: str, index: Index) -> dict[int, Match]:
    """Documents named by a phrase that may say the same."""
    return about_any((phrase for phrase in _synonyms(word) if " " in phrase), index, _MEANT)


def _related(word: str, index: Index) -> tuple[Variant, ...]:
    """Single words that may say the same, as far as the corpus has them."""
    words = {
        inflected
        for each in _synonyms(word)
        if " " not in each
        for inflected in index.inflections(stem(each))
    }
    return tuple(Variant(term=term, quality=_RELATED) for term in index.terms(words - {word}).values())


def about_any(phrases: Iterable[str], index: Index, quality: float) -> dict[int, Match]:
    """Documents whose names have all words of one of the phrases."""
    matches: dict[int, Match] = {}
    for phrase in phrases:
        words = [word for word in phrase.split() if word not in STOP_WORDS]
        roots = " ".join(map(stem, words))
        for document in _about(phrase, index):
            beside = f" {roots} " in index.record(document).stems
            matches[document] = (" ".join(words), quality) if beside else ("", _SCATTERED * quality)
    return matches


def _about(phrase: str, index: Index) -> frozenset[int]:
    documents: frozenset[int] | None = None
    for each in {stem(word) for word in phrase.split() if word not in STOP_WORDS}:
        terms = index.terms(index.inflections(each)).values()
        having: frozenset[int] = frozenset().union(*(term.name_documents for term in terms))
        documents = having if documents is None else documents & having
    return documents or frozenset()


def _telling(word: str, begun: Mapping[str, float], corrected: Mapping[str, float]) -> bool:
    """Whether the word is too long to begin or misspell another by chance."""
    if begun and len(word) >= _TELLING_BEGINNING:
        return True
    return len(word) >= _TELLING_SLIP and max(corrected.values(), default=0.0) >= _ONE_EDIT


def _variants(likely: Sequence[Mapping[str, float]], index: Index) -> list[Variant]:
    """Each likely word with its best quality, likeliest first."""
    qualities: dict[str, float] = {}
    for words in likely:
        for word, quality in words.items():
            qualities[word] = max(quality, qualities.get(word, 0.0))
    terms = index.terms(qualities)
    variants = [Variant(term=term, quality=qualities[word]) for word, term in terms.items()]
    return sorted(variants, key=lambda variant: -variant.quality)


def _inflected(word: str, index: Index, *, plural_only: bool) -> dict[str, float]:
    """The words of its stem; of a name in capitals the plural alone."""
    qualities = {
        other: _PLURAL if _is_plural(word, other) else _INFLECTED for other in index.inflections(stem(word))
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


def _begun(typed: Typed, index: Index) -> dict[str, float]:
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


def _corrected(typed: Typed, own: Term | None, index: Index) -> dict[str, float]:
    """Words that the typed one may misspell."""
    if typed.word.isdigit():
        return {}
    small = _SMALL
    close = {word: closeness(typed.word, word) for word in index.neighbours(typed.word) if word not in small}
    closest = sorted((word for word in close if close[word]), key=lambda word: -close[word])[:_CORRECTIONS]
    cost = (_OCCURS if own else 0.0) + (_SHOUTED if typed.shouted else 0.0)
    return {
        word: close[word] - cost - (0.0 if term.name_documents else _UNTITLED)
        for word, term in index.terms(closest).items()
    }


def _halves(word: str, index: Index) -> dict[int, Match]:
    """Documents whose names have the word as two."""
    halves = [(word[:at], word[at:]) for at in range(2, len(word) - 1)]
    terms = index.terms({half for pair in halves for half in pair})
    documents: dict[int, Match] = {}
    for left, right in halves:
        if left in terms and right in terms:
            documents.update(
                dict.fromkeys(
                    terms[left].name_documents & terms[right].name_documents, (f"{left} {right}", _SPLIT)
                )
            )
    return documents


def _initials(typed: Typed, index: Index) -> dict[int, Match]:
    """Documents whose name the word abbreviates; in capitals part of a name is enough."""
    if len(typed.word) not in _INITIALS_LENGTHS:
        return {}
    named = (name for name in index.named(typed.word) if name.how == INITIALS)
    return {name.document: ("", WHOLE) for name in named if typed.shouted or name.weight >= WHOLE}


def _weight(variants: Sequence[Variant], index: Index) -> float:
    """Inverse document frequency of the word and its inflections, scaled to 1 for an unknown word."""
    size = max(1, index.size)
    sure = [variant.term.document_frequency for variant in variants if variant.quality >= _INFLECTED]
    document_frequency = max(sure or [variant.term.document_frequency for variant in variants] or [0])
    return min(1.0, math.log(1 + size / (document_frequency + 0.5)) / math.log(1 + size))
