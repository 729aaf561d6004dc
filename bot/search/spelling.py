"""Spelling correction by deletions: two words within two edits share a deletion.

Every known word is filed under what is left of its first letters with one or
two dropped; a mistyped word looks up its own deletions. That is a few dozen
lookups however many words there are; `closeness` then rates the few that share one.
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
    """The word's first letters with up to `most` dropped.

    Words of fewer than five letters lose at most one; shorter than three, none are filed.

    >>> sorted(deletions("mesa"))
    ['esa', 'mea', 'mes', 'mesa', 'msa']
    """
    if len(word) < _SHORTEST:
        return set()
    head = word[:_PREFIX]
    most = min(most, 1 if len(word) < _TWICE_FROM else _FURTHEST)
    return {
        "".join(letters)
        for length in range(max(1, len(head) - most), len(head) + 1)
        for letters in combinations(head, length)
    }


def closeness(typed: str, word: str) -> float:
    """How likely `typed` is a slip of `word`, from 0 to 1.

    Swapped neighbours are one edit. One edit is allowed in up to six letters,
    two in longer words; one in a short word or in the first letter counts more.
    """
    length = max(len(typed), len(word))
    edits = OSA.distance(typed, word, score_cutoff=_FURTHEST)
    if edits > _FURTHEST or edits > max(1, (length - 1) // 3):
        return 0.0
    per_edit = _PER_EDIT if length >= _TWICE_FROM else _PER_EDIT_SHORT
    return 1 - per_edit * edits - (_OTHER_START if typed[0] != word[0] else 0.0)
