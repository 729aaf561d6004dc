"""How close together a document's texts have the words of a query."""

from collections.abc import Sequence
from typing import Final

from bot.search.expansion import QueryTerm
from bot.search.index import Index
from bot.search.tokens import stem

_WINDOW: Final = 10
"""Content words of a text that count as together: about a sentence."""
_ALIKE: Final = 0.75
"""Least quality of a variant that counts as the word."""
_VARIANTS: Final = 3
_OCCURRENCES: Final = 8
"""Of each word that are looked at: what is said more often is found together earlier."""


class Cohesion:
    """A query's words as characters of `Index.signature`."""

    def __init__(self, terms: Sequence[QueryTerm], index: Index) -> None:
        self._index = index
        self._weights = [term.weight for term in terms]
        self._characters = [_characters(term, index) for term in terms]
        self._total = sum(self._weights) or 1.0

    def of(self, document: int) -> float:
        """The greatest share of the query's weight within a window."""
        signature = self._index.signature(document)
        places = sorted(
            (place, number)
            for number, characters in enumerate(self._characters)
            for character in characters
            for place in _places(signature, character)
        )
        return self._densest(places) / self._total

    def _densest(self, places: Sequence[tuple[int, int]]) -> float:
        best, start = 0.0, 0
        inside = [0] * len(self._weights)
        weight = 0.0
        for place, number in places:
            if not inside[number]:
                weight += self._weights[number]
            inside[number] += 1
            while places[start][0] <= place - _WINDOW:
                gone = places[start][1]
                inside[gone] -= 1
                if not inside[gone]:
                    weight -= self._weights[gone]
                start += 1
            best = max(best, weight)
        return best


def _characters(term: QueryTerm, index: Index) -> list[str]:
    words = [
        term.word,
        *(variant.term.word for variant in term.variants[:_VARIANTS] if variant.quality >= _ALIKE),
    ]
    return [character for root in dict.fromkeys(map(stem, words)) if (character := index.character(root))]


def _places(signature: str, character: str) -> list[int]:
    places: list[int] = []
    place = signature.find(character)
    while place >= 0 and len(places) < _OCCURRENCES:
        places.append(place)
        place = signature.find(character, place + 1)
    return places
