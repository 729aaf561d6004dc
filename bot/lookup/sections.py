"""Finds sections by the names that people type."""

from collections.abc import Sequence
from typing import Final

from rapidfuzz import fuzz, process

from bot.model.newsletter import SectionCount
from bot.model.sections import canonical
from bot.text.folding import fold

_SURE: Final = 80.0
"""A name this alike (of 100) is a misspelling, not another name."""
_CLOSEST: Final = 3


def with_parents(sections: Sequence[SectionCount]) -> tuple[SectionCount, ...]:
    """The sections and their parents; a parent counts all summaries below it.

    >>> [s.count for s in with_parents([SectionCount(path=("A", "B"), count=2)])]
    [2, 2]
    """
    totals: dict[tuple[str, ...], int] = {}
    for section in sections:
        for depth in range(1, len(section.path) + 1):
            path = section.path[:depth]
            totals[path] = totals.get(path, 0) + section.count
    return tuple(SectionCount(path=path, count=count) for path, count in totals.items())


def named(sections: Sequence[SectionCount], name: str) -> tuple[SectionCount, ...]:
    """The sections of that name: exactly, else by how its words begin or by its
    initials, else by a close spelling; () for none.
    """
    wanted = fold(canonical([name])[0])
    for fits in (_is, _begins):
        if fitting := tuple(section for section in sections if fits(section, wanted)):
            return fitting
    scores = {section: _likeness(section, wanted) for section in sections}
    best = max(scores.values(), default=0.0)
    return tuple(section for section, score in scores.items() if score == best and score >= _SURE)


def closest(sections: Sequence[SectionCount], name: str) -> tuple[SectionCount, ...]:
    """At most three sections with the most similar names, best first."""
    names = [fold(section.path[-1]) for section in sections]
    matches = process.extract(fold(name), names, scorer=fuzz.WRatio, limit=_CLOSEST)
    return tuple(sections[index] for _, _, index in matches)


def _is(section: SectionCount, wanted: str) -> bool:
    return wanted in (fold(section.path[-1]), fold(" ".join(section.path)))


def _begins(section: SectionCount, wanted: str) -> bool:
    words = fold(section.path[-1]).split()
    typed = wanted.split()
    initials = "".join(word[0] for word in words)
    return wanted == initials or (
        bool(typed) and all(any(word.startswith(part) for word in words) for part in typed)
    )


def _likeness(section: SectionCount, wanted: str) -> float:
    return fuzz.ratio(fold(section.path[-1]), wanted)
