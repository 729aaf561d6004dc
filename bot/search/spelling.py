"""Spelling by deletions: two words within two edits share what is left of them.

Every known word is filed under what its first letters leave when one or two
of them are dropped; a mistyped word looks up what it leaves. That takes a few
dozen lookups however many words there are; `closeness` then judges the few
that share something.
"""

from itertools import combinations
from typing import Final

from rapidfuzz.distance import OSA

_PREFIX: Final = 8
_SHORTEST: Final = 3
_TWICE_FROM: Final = 5
_FURTHEST: Final = 2
_PER_EDIT: Final = 0.13
_PER_EDIT_SHORT: Final = 0.2
_OTHER_START: Final = 0.04


def deletions(word: str, most: int = _FURTHEST) -> set[str]:
    """What the word's first letters leave, `most` dropped at the most.

    Words of fewer than five letters lose one, of fewer than three none at all:
    those are filed nowhere.

    >>> sorted(deletions("mesa"))
    ['esa', 'mea', 'mes', 'mesa', 'msa']
    """
    if len(word) < _SHORTEST:
        return set()
    head = word[:_PREFIX]
    most = min(most, 1 if len(word) < _TWICE_FROM else _FURTHEST)
    return {
        "".join(kept)
        for length in range(max(1, len(head) - most), len(head) + 1)
        for kept in combinations(head, length)
    }


def closeness(typed: str, word: str) -> float:
    """How likely `word` is what was meant by `typed`, from 0 (not at all) to 1.

    Swapped neighbours are one edit. One edit is allowed in up to six letters,
    two in longer words; one in a short word or in the first letter counts more.
    """
    length = max(len(typed), len(word))
    edits = OSA.distance(typed, word, score_cutoff=_FURTHEST)
    if edits > _FURTHEST or edits > max(1, (length - 1) // 3):
        return 0.0
    per_edit = _PER_EDIT if length >= _TWICE_FROM else _PER_EDIT_SHORT
    return 1 - per_edit * edits - (_OTHER_START if typed[0] != word[0] else 0.0)
