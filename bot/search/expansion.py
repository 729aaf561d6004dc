"""Query expansion: a typed word may stand for itself, an inflection, a word it
begins or misspells, two words run together, or an abbreviation.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from bot.search import meanings, variants
from bot.search.index import Index
from bot.search.meanings import Match
from bot.search.stored import SHARPEST
from bot.search.typed import Typed
from bot.search.variants import Variant


@dataclass(kw_only=True)
class QueryTerm:
    """One typed word, and what it finds.

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
    _beside: dict[str, "QueryTerm"] = field(default_factory=dict)

    @cached_property
    def occurs(self) -> bool:
        """Whether the corpus has the word as it was typed."""
        return bool(self.variants) and self.variants[0].quality == 1

    @cached_property
    def names(self) -> Mapping[int, Match]:
        """The documents whose names have a variant, with the likeliest; for an indirect match its words."""
        names = dict(self.indirect)
        for variant in (*self.related, *reversed(self.variants)):  # the likelier overwrite the less likely
            match = (variant.term.word, variant.quality)
            names.update(dict.fromkeys(variant.term.name_documents, match))
        return names

    @cached_property
    def name_scores(self) -> Mapping[int, float]:
        """The documents whose names have a variant, with its quality times the weight."""
        scores = {document: self.weight * quality for document, (_, quality) in self.indirect.items()}
        for variant in (*self.related, *reversed(self.variants)):
            scores.update(dict.fromkeys(variant.term.name_documents, self.weight * variant.quality))
        return scores

    @cached_property
    def text_scores(self) -> Mapping[int, float]:
        """The documents whose texts have a variant, with the greatest impact times the weight."""
        return _strongest(self.variants, self.weight)

    @cached_property
    def related_scores(self) -> Mapping[int, float]:
        """The documents whose texts have a synonym, with its score beyond that of the variants."""
        scores = self.text_scores
        return {
            document: score - scores.get(document, 0.0)
            for document, score in _strongest(self.related, self.weight).items()
            if score > scores.get(document, 0.0)
        }

    def text_quality(self, document: int) -> float:
        """The quality of the likeliest variant that the document's texts have; 0 if they have none."""
        return self._text_qualities.get(document, 0.0)

    @cached_property
    def _text_qualities(self) -> Mapping[int, float]:
        qualities: dict[int, float] = {}
        for variant in reversed(self.variants):
            qualities.update(dict.fromkeys(variant.term.text_documents, variant.quality))
        return qualities

    def joined(self, variant: Variant) -> "QueryTerm":
        """The word beside one that it makes another word with."""
        word = variant.term.word
        if word not in self._beside:
            variants = sorted((*self.variants, variant), key=lambda each: -each.quality)
            self._beside[word] = self._changed(variants, self.indirect)
        return self._beside[word]

    def meaning(self, phrase: str, documents: Mapping[int, Match]) -> "QueryTerm":
        """The word beside one that it makes a phrase with, which these documents say otherwise."""
        if phrase not in self._beside:
            self._beside[phrase] = self._changed(self.variants, {**documents, **self.indirect})
        return self._beside[phrase]

    def _changed(self, variants: Sequence[Variant], indirect: Mapping[int, Match]) -> "QueryTerm":
        return QueryTerm(
            word=self.word,
            weight=self.weight,
            known=True,
            titled=self.titled,
            variants=variants,
            indirect=indirect,
            related=self.related,
        )


def _strongest(words: Sequence[Variant], weight: float) -> dict[int, float]:
    """The documents whose texts have one of the words, with the greatest impact times the weight."""
    scores: dict[int, float] = {}
    for variant in words:
        quality = variant.quality if variant.quality == 1 else min(variant.quality, _INFLECTED_TEXT)
        worth, term = weight * quality / SHARPEST, variant.term
        more = dict(zip(term.text_documents, map(worth.__mul__, term.impacts), strict=True))
        stronger = {at: scores[at] for at in more.keys() & scores.keys() if scores[at] > more[at]}
        scores |= more
        scores |= stronger
    return scores


_INFLECTED_TEXT: Final = 0.75
"""Worth of an inflection in a text, if the word itself is worth 1."""
_COMMON: Final = 3
"""Texts that have a word which is then no slip."""
_SHORTEST_SHOUTED_SLIP: Final = 7
"""Shorter names in capitals are no slips."""
_TELLING_BEGINNING: Final = 6
"""Fewer letters begin a word by chance."""
_TELLING_SLIP: Final = 7
"""Fewer letters are one edit from a word by chance."""
_ONE_EDIT: Final = 0.8
_TELLING_INITIALS: Final = 4
"""Fewer letters are the initials of a title by chance."""


def expand(typed: Typed, index: Index) -> QueryTerm:
    """Everything the word may stand for in this index."""
    word = typed.word
    own = index.term(word)
    titled = own is not None and bool(own.name_documents)  # such a word is hardly anything else
    meant = meanings.meant(typed, index)
    initials = {} if titled or meant else meanings.initials(typed, index)
    abbreviates = bool(meant) or (bool(initials) and (typed.shouted or len(word) >= _TELLING_INITIALS))
    fixed = abbreviates or (typed.shouted and len(word) < _SHORTEST_SHOUTED_SLIP)
    halves = {} if titled or fixed else meanings.halves(word, index)
    begun = (
        {} if (fixed and typed.shouted) or (own and not typed.unfinished) else variants.begun(typed, index)
    )
    common = own is not None and own.document_frequency >= _COMMON
    corrected = {} if titled or fixed or common else variants.corrected(typed, own, index)
    exact = {word: 1.0} if own else {}
    inflected = variants.inflected(word, index, plural_only=typed.shouted)
    likely = variants.likeliest_first(
        (inflected, variants.counted(word), variants.near_years(word), begun, corrected, exact), index
    )
    return QueryTerm(
        word=word,
        weight=_weight(likely, index),
        known=bool(own or halves) or abbreviates or _telling(word, begun, corrected),
        titled=titled,
        variants=likely,
        indirect=meanings.synonymous(word, index) | halves | initials | meant,
        related=meanings.related(word, index),
    )


def _telling(word: str, begun: Mapping[str, float], corrected: Mapping[str, float]) -> bool:
    """Whether the word is too long to begin or misspell another by chance."""
    if begun and len(word) >= _TELLING_BEGINNING:
        return True
    return len(word) >= _TELLING_SLIP and max(corrected.values(), default=0.0) >= _ONE_EDIT


def _weight(likely: Sequence[Variant], index: Index) -> float:
    """Inverse document frequency of the word and its inflections, scaled to 1 for an unknown word."""
    size = max(1, index.size)
    sure = [variant.term.document_frequency for variant in likely if variant.quality >= variants.INFLECTED]
    document_frequency = max(sure or [variant.term.document_frequency for variant in likely] or [0])
    return min(1.0, math.log(1 + size / (document_frequency + 0.5)) / math.log(1 + size))
