"""Candidate generation: documents by name, and by text if names leave words over.

The rarest words come first; common words only add to what rarer ones have found,
so that the work hardly grows with the corpus.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Final

from bot.search import features
from bot.search.query import ParsedQuery

_WHOLE: Final = 300
"""Lists up to this length are read whole."""
_SHORTLIST: Final = 12
_SHORTLIST_CITED: Final = 64
"""A citation names an author of many works, and ranking counts the others."""
_LISTED: Final = 4
"""Documents that are ranked however far behind the best."""
_NEAR: Final = 0.7
"""Least share of the best document's score by name for any further ones: fewer never come to the front."""
_NEAR_BY_TEXT: Final = 0.4
_DESCRIBED: Final = 14
_ENOUGH: Final = 200


@dataclass(slots=True, kw_only=True)
class Clues:
    """What candidate generation found.

    `shortlist` are the documents with most of the query's words in their names,
    `described` and `related` those found by text, with a score. `beginning` are
    documents whose titles start with or equal the query, `called` those with it as an
    alias, counted.
    """

    shortlist: Mapping[int, float]
    beginning: Collection[int]
    called: Mapping[int, float]
    described: Mapping[int, float] = field(default_factory=dict)
    related: Mapping[int, float] = field(default_factory=dict)

    def likelihood(self, document: int) -> float:
        """The score that ranking would about give the document."""
        named, related = self.shortlist.get(document, 0.0), self.related.get(document, 0.0)
        about = max(named, self.described.get(document, 0.0))
        return (
            features.SHARP * named**features.SHARPNESS + features.ABOUT * about + features.RELATED * related
        )


def by_name(query: ParsedQuery, among: Collection[int] | None) -> dict[int, float]:
    """The documents whose titles, authors or aliases match most of the query, with the matched share."""
    sums = _Sums(_NEAR, among)
    sums.add([(term.weight, term.name_scores) for term in query.terms])
    return sums.shares(sums.best(_SHORTLIST_CITED if query.cites else _SHORTLIST), query.weight)


def by_text(query: ParsedQuery, among: Collection[int] | None) -> tuple[dict[int, float], dict[int, float]]:
    """The documents whose texts are most about the words, and those about the words or their
    synonyms, each with a score from 0 to 1.
    """
    sums = _Sums(_NEAR_BY_TEXT, among)
    sums.add([(term.weight, term.text_scores) for term in query.terms])
    with_all = [document for document in _with_all(query) if among is None or document in among]
    described = sums.shares((*sums.best(_DESCRIBED), *with_all), query.weight)
    synonyms = [(term.weight, term.related_scores) for term in query.terms if term.related]
    if not synonyms:
        return described, described
    sums.add(synonyms)
    return described, sums.shares((*sums.best(_DESCRIBED), *described), query.weight)


class _Sums:
    """The scores of documents, summed over words; below a share `near` of the best they hardly count."""

    def __init__(self, near: float, among: Collection[int] | None) -> None:
        self._near = near
        self._among = among
        self._scores: dict[int, float] = {}
        self._best = 0.0

    def add(self, scored: list[tuple[float, Mapping[int, float]]]) -> None:
        """Add what words of these weights found, the greatest weight first.

        A document is left out if this word and later ones alone cannot bring it near the best,
        or if the word is a common one and rarer ones have found enough.
        """
        left = sum([weight for weight, _ in scored])
        scores = self._scores
        for weight, each in sorted(scored, key=itemgetter(0), reverse=True):
            new = each if self._among is None else {at: each[at] for at in each.keys() & self._among}
            both = {at: scores[at] + new[at] for at in new.keys() & scores.keys()} if scores else {}
            hopeless = len(scores) >= _LISTED and left < self._near * self._best
            if not hopeless and (len(new) <= _WHOLE or len(scores) <= _ENOUGH):
                scores |= new
            if both:
                scores |= both
                self._best = max(self._best, *both.values())
            left -= weight

    def best(self, most: int) -> list[int]:
        """The documents near the best by falling score, equals by number; a few others if they are too few."""
        scores = self._scores
        least = self._near * max(scores.values(), default=0.0)
        near = [document for document, score in scores.items() if score >= least]
        documents, most = (near, most) if len(near) >= _LISTED else (list(scores), _LISTED)
        return sorted(sorted(documents), key=scores.__getitem__, reverse=True)[:most]

    def shares(self, documents: Collection[int], whole: float) -> dict[int, float]:
        """The documents' scores as shares of a whole."""
        return {document: self._scores[document] / whole for document in documents}


def _with_all(query: ParsedQuery) -> list[int]:
    """Documents with every word as typed, however weak."""
    if not query.terms or not all(term.occurs for term in query.terms):
        return []
    first, *others = sorted((term.variants[0].term.text_documents for term in query.terms), key=len)
    return sorted(frozenset(first).intersection(*others))[:_DESCRIBED]
