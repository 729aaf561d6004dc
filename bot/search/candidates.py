"""Which documents might be meant: by their heads first, by their texts if need be.

Both take bounded lists of documents per word, the rarest words first, and let
common words only raise what rarer ones have found, so that the work does not
grow with the corpus.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.search.expansion import QueryTerm
from bot.search.query import ParsedQuery

_WHOLE: Final = 300
"""Lists of so many documents are taken whole."""
_SHORTLIST: Final = 24
_DESCRIBED: Final = 30
_ENOUGH: Final = 200
_INFLECTED: Final = 0.75
"""What an inflection is worth in a text, where the word itself is worth 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """The best a document's head has for a typed word; `word` is "" for what is apart."""

    word: str
    quality: float


Hits = Mapping[int, Match]


def by_heads(question: ParsedQuery, among: Collection[int] | None) -> tuple[list[int], Sequence[Hits]]:
    """The documents whose titles, authors or aliases fit most of the weight of
    the words, the best first, and what each word has hit.
    """
    scores: dict[int, float] = {}
    hits: dict[int, Hits] = {}
    for place in _rarest_first(question.wanted):
        wanted = question.wanted[place]
        hits[place] = found = _hits(wanted, scores)
        for document, match in found.items():
            scores[document] = scores.get(document, 0.0) + wanted.weight * match.quality
    return _best(scores, among)[:_SHORTLIST], [hits[place] for place in range(len(question.wanted))]


def _rarest_first(wanted: Sequence[QueryTerm]) -> list[int]:
    return sorted(range(len(wanted)), key=lambda place: -wanted[place].weight)


def _best(scores: Mapping[int, float], among: Collection[int] | None) -> list[int]:
    """The documents by falling score, of equals the likelier first: the smaller number."""
    documents = sorted(scores if among is None else (each for each in scores if each in among))
    return sorted(documents, key=lambda document: -scores[document])


def _hits(wanted: QueryTerm, found: Mapping[int, float]) -> Hits:
    """Every document of the word's short lists, and of its long ones those found already."""
    hits: dict[int, Match] = {
        document: Match(word="", quality=quality) for document, quality in wanted.apart.items()
    }
    for variant in reversed(wanted.variants):  # the likelier overwrite the less likely
        heads = variant.term.heads
        if len(heads) > _WHOLE and found:
            heads = heads & found.keys()
        hits.update(dict.fromkeys(heads, Match(word=variant.term.word, quality=variant.quality)))
    return hits


def by_bodies(question: ParsedQuery, among: Collection[int] | None) -> dict[int, float]:
    """The documents whose texts are most about the words, with how much, from 0 to 1."""
    scores: dict[int, float] = {}
    for place in _rarest_first(question.wanted):
        wanted = question.wanted[place]
        weight = wanted.weight / question.weight
        for document, impact in _impacts(wanted, scores).items():
            scores[document] = scores.get(document, 0.0) + weight * impact
    with_all = [document for document in _with_all(question) if among is None or document in among]
    return {document: scores[document] for document in (*_best(scores, among)[:_DESCRIBED], *with_all)}


def _with_all(question: ParsedQuery) -> list[int]:
    """Documents with every word as it was typed, however little they say of it."""
    if not question.wanted or not all(wanted.occurs for wanted in question.wanted):
        return []
    first, *others = (wanted.variants[0].term.bodies.keys() for wanted in question.wanted)
    return sorted(frozenset(first).intersection(*others))[:_DESCRIBED]


def _impacts(wanted: QueryTerm, found: Mapping[int, float]) -> dict[int, float]:
    impacts: dict[int, float] = {}
    for variant in wanted.variants:
        worth = variant.quality if variant.quality == 1 else min(variant.quality, _INFLECTED)
        bodies = variant.term.bodies
        known: Iterable[int] = bodies
        if len(bodies) > _WHOLE and len(found) > _ENOUGH:
            known = bodies.keys() & found.keys()
        for document in known:
            impact = worth * bodies[document]
            if impact > impacts.get(document, 0.0):
                impacts[document] = impact
    return impacts
