"""Candidate generation: documents by name, and by text if names leave words over.

Both read bounded lists of documents per word, the rarest words first; common
words only add to what rarer ones have found, so that the work does not grow
with the corpus.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.search.expansion import QueryTerm
from bot.search.query import ParsedQuery

_WHOLE: Final = 300
"""Lists up to this length are read whole."""
_SHORTLIST: Final = 24
_DESCRIBED: Final = 30
_ENOUGH: Final = 200
_INFLECTED: Final = 0.75
"""Worth of an inflection in a text, if the word itself is worth 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A document's best word for a typed one; "" if it matches indirectly (`QueryTerm.indirect`)."""

    word: str
    quality: float


Hits = Mapping[int, Match]


def by_name(query: ParsedQuery, among: Collection[int] | None) -> tuple[list[int], Sequence[Hits]]:
    """The documents whose titles, authors or aliases match most of the query's weight,
    best first, and the matches of each word.
    """
    scores: dict[int, float] = {}
    hits: dict[int, Hits] = {}
    for place in _rarest_first(query.terms):
        term = query.terms[place]
        hits[place] = _hits(term, scores)
        for document, match in hits[place].items():
            scores[document] = scores.get(document, 0.0) + term.weight * match.quality
    return _best(scores, among)[:_SHORTLIST], [hits[place] for place in range(len(query.terms))]


def _rarest_first(terms: Sequence[QueryTerm]) -> list[int]:
    return sorted(range(len(terms)), key=lambda place: -terms[place].weight)


def _best(scores: Mapping[int, float], among: Collection[int] | None) -> list[int]:
    """The documents by falling score, of equals the likelier first: the smaller number."""
    documents = sorted(scores if among is None else (each for each in scores if each in among))
    return sorted(documents, key=lambda document: -scores[document])


def _hits(term: QueryTerm, scores: Mapping[int, float]) -> Hits:
    """All documents of the word's short lists; of its long ones those that have a score already."""
    hits: dict[int, Match] = {
        document: Match(word="", quality=quality) for document, quality in term.indirect.items()
    }
    for variant in reversed(term.variants):  # the likelier overwrite the less likely
        name_documents = variant.term.name_documents
        if len(name_documents) > _WHOLE and scores:
            name_documents = name_documents & scores.keys()
        hits.update(dict.fromkeys(name_documents, Match(word=variant.term.word, quality=variant.quality)))
    return hits


def by_text(query: ParsedQuery, among: Collection[int] | None) -> dict[int, float]:
    """The documents whose texts are most about the words, each with a score from 0 to 1."""
    scores: dict[int, float] = {}
    for place in _rarest_first(query.terms):
        term = query.terms[place]
        weight = term.weight / query.weight
        for document, impact in _impacts(term, scores).items():
            scores[document] = scores.get(document, 0.0) + weight * impact
    with_all = [document for document in _with_all(query) if among is None or document in among]
    return {document: scores[document] for document in (*_best(scores, among)[:_DESCRIBED], *with_all)}


def _with_all(query: ParsedQuery) -> list[int]:
    """Documents with every word as typed, however weak."""
    if not query.terms or not all(term.occurs for term in query.terms):
        return []
    first, *others = (term.variants[0].term.text_documents.keys() for term in query.terms)
    return sorted(frozenset(first).intersection(*others))[:_DESCRIBED]


def _impacts(term: QueryTerm, scores: Mapping[int, float]) -> dict[int, float]:
    impacts: dict[int, float] = {}
    for variant in term.variants:
        worth = variant.quality if variant.quality == 1 else min(variant.quality, _INFLECTED)
        text_documents = variant.term.text_documents
        known: Iterable[int] = text_documents
        if len(text_documents) > _WHOLE and len(scores) > _ENOUGH:
            known = text_documents.keys() & scores.keys()
        for document in known:
            impact = worth * text_documents[document]
            if impact > impacts.get(document, 0.0):
                impacts[document] = impact
    return impacts
