"""Candidate generation: documents by name, and by text if names leave words over.

The rarest words come first; common words only add to what rarer ones have found,
so that the work does not grow with the corpus.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from bot.search.expansion import QueryTerm
from bot.search.query import ParsedQuery

_WHOLE: Final = 300
"""Lists up to this length are read whole."""
_SHORTLIST: Final = 16
_SHORTLIST_CITED: Final = 64
"""A citation names an author of many works, and ranking counts the others."""
_LISTED: Final = 6
"""Documents of the shortlist that are ranked however far behind the best."""
_NEAR: Final = 0.5
"""Least share of the best document's words for any further ones: fewer never come to the front."""
_DESCRIBED: Final = 20
_ENOUGH: Final = 200


def by_name(query: ParsedQuery, among: Collection[int] | None) -> dict[int, float]:
    """The documents whose titles, authors or aliases match most of the query, with the matched share."""
    scores: dict[int, float] = {}
    for term in _rarest_first(query.terms):
        weight, names = term.weight / query.weight, term.names
        known = names.keys() & scores.keys() if len(names) > _WHOLE and scores else names
        for document in known:
            scores[document] = scores.get(document, 0.0) + weight * names[document][1]
    best = _best(scores, among, _SHORTLIST_CITED if query.cites else _SHORTLIST)
    least = _NEAR * scores[best[0]] if best else 0.0
    return {each: scores[each] for at, each in enumerate(best) if at < _LISTED or scores[each] >= least}


def by_text(query: ParsedQuery, among: Collection[int] | None) -> tuple[dict[int, float], dict[int, float]]:
    """The documents whose texts are most about the words, and those about the words or their
    synonyms, each with a score from 0 to 1.
    """
    scores: dict[int, float] = {}
    terms = _rarest_first(query.terms)
    for term in terms:
        _add(scores, term.texts, term.weight / query.weight)
    with_all = [document for document in _with_all(query) if among is None or document in among]
    described = {each: scores[each] for each in (*_best(scores, among, _DESCRIBED), *with_all)}
    if not any(term.related for term in terms):
        return described, described
    for term in terms:
        if term.related:
            _add(scores, term.related_texts, term.weight / query.weight)
    return described, {each: scores[each] for each in (*_best(scores, among, _DESCRIBED), *described)}


def _rarest_first(terms: Sequence[QueryTerm]) -> list[QueryTerm]:
    return sorted(terms, key=lambda term: -term.weight)


def _add(scores: dict[int, float], impacts: Mapping[int, float], weight: float) -> None:
    if not scores:
        scores.update({document: weight * impact for document, impact in impacts.items()})
        return
    known: Collection[int] = impacts
    if len(impacts) > _WHOLE and len(scores) > _ENOUGH:
        known = impacts.keys() & scores.keys()
    for document in known:
        scores[document] = scores.get(document, 0.0) + weight * impacts[document]


def _best(scores: Mapping[int, float], among: Collection[int] | None, most: int) -> list[int]:
    """The documents by falling score."""
    documents = scores if among is None else [each for each in scores if each in among]
    return sorted(documents, key=scores.__getitem__, reverse=True)[:most]


def _with_all(query: ParsedQuery) -> list[int]:
    """Documents with every word as typed, however weak."""
    if not query.terms or not all(term.occurs for term in query.terms):
        return []
    first, *others = sorted((term.variants[0].term.text_documents.keys() for term in query.terms), key=len)
    return sorted(frozenset(first).intersection(*others))[:_DESCRIBED]
