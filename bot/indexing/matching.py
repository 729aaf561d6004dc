"""Which entries of several sources are one and the same.

Two entries of one source are never the same. Across sources, in this order:

1. Equal titles, as far as the key shows: the nth with the nth, if a source
   has several of them in one issue.
2. The same address, if no source gives it to two entries.
3. Titles alike (a ratio of at least 90 of 100 after folding) that name the
   same numbers, the best pairs first.

A group once made is only ever joined with a group of other sources. All of
this looks at all sources at once, so that the order they came in is nothing.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from rapidfuzz import fuzz

from bot.model.keys import make_key
from bot.model.newsletter import Entry
from bot.ports import IssueRef
from bot.text.folding import fold
from bot.text.urls import same_place

ALIKE: Final = 90.0
_NUMBER: Final = re.compile(r"\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcedEntry:
    """One source's word on one entry.

    `source` counts the sources from 0, the best informed first; `position`
    counts the source's entries; `key` is the key they would have alone.
    """

    source: int
    position: int
    key: str
    entry: Entry


Group = tuple[SourcedEntry, ...]
"""What the sources say of one entry, the best informed first."""


def match_entries(place: IssueRef, sources: Sequence[Sequence[Entry]]) -> list[Group]:
    """The entries of all sources, each in one group."""
    groups = _Groups(_by_key(sourced_entries(place, sources)))
    if len(sources) > 1:
        for pair in _same_address(groups.made):
            groups.join(*pair)
        for pair in _alike(groups.made, len(sources)):
            groups.join(*pair)
    return sorted((tuple(group) for group in groups.made if group), key=_first)


def sourced_entries(place: IssueRef, sources: Sequence[Sequence[Entry]]) -> Iterator[SourcedEntry]:
    """Every entry with the key its source alone would have given it."""
    for source, entries in enumerate(sources):
        seen: Counter[str] = Counter()
        for position, entry in enumerate(entries):
            plain = make_key(place.number, place.label, entry.title)
            seen[plain] += 1
            nth = seen[plain]
            key = plain if nth == 1 else make_key(place.number, place.label, entry.title, nth)
            yield SourcedEntry(source=source, position=position, key=key, entry=entry)


def likeness(one: str, other: str) -> float:
    """How alike two folded titles are: 0 to 100, 0 when they name other numbers."""
    if _NUMBER.findall(one) != _NUMBER.findall(other):
        return 0.0
    return fuzz.ratio(one, other, score_cutoff=ALIKE)


class _Groups:
    """Groups by index. One that was joined to another is left empty."""

    def __init__(self, made: Iterable[list[SourcedEntry]]) -> None:
        self.made = list(made)
        self._joined_to = list(range(len(self.made)))

    def join(self, one: int, other: int) -> None:
        """Make them one, unless some source has both."""
        one, other = sorted((self._root(one), self._root(other)))
        if one != other and not _sources(self.made[one]) & _sources(self.made[other]):
            self.made[one] = sorted(self.made[one] + self.made[other], key=lambda sourced: sourced.source)
            self.made[other] = []
            self._joined_to[other] = one

    def _root(self, index: int) -> int:
        while self._joined_to[index] != index:
            index = self._joined_to[index]
        return index


def _by_key(entries: Iterable[SourcedEntry]) -> list[list[SourcedEntry]]:
    by_key: defaultdict[str, list[SourcedEntry]] = defaultdict(list)
    for sourced in entries:
        by_key[sourced.key].append(sourced)
    return list(by_key.values())


def _same_address(groups: Sequence[Sequence[SourcedEntry]]) -> list[tuple[int, int]]:
    """Pairs of groups that share an address which is unique in every source."""
    holders: defaultdict[str, list[int]] = defaultdict(list)
    uses: Counter[tuple[str, int]] = Counter()
    for index, group in enumerate(groups):
        for sourced in group:
            if sourced.entry.url:
                address = same_place(sourced.entry.url)
                uses[address, sourced.source] += 1
                holders[address].append(index)
    shared = {address for (address, _), times in uses.items() if times > 1}
    return [
        (first, other)
        for address, (first, *others) in holders.items()
        if address not in shared
        for other in others
    ]


def _alike(groups: Sequence[Sequence[SourcedEntry]], sources: int) -> list[tuple[int, int]]:
    """Pairs of groups with titles alike, the best pair first."""
    incomplete = {index: _sources(group) for index, group in enumerate(groups) if 0 < len(group) < sources}
    titles = {index: [fold(sourced.entry.title) for sourced in groups[index]] for index in incomplete}
    scored = []
    for one, other in combinations(incomplete, 2):
        if not incomplete[one] & incomplete[other]:
            score = max(likeness(a, b) for a in titles[one] for b in titles[other])
            if score >= ALIKE:
                scored.append((-score, one, other))
    return [(one, other) for _, one, other in sorted(scored)]


def _sources(group: Sequence[SourcedEntry]) -> set[int]:
    return {sourced.source for sourced in group}


def _first(group: Group) -> tuple[int, int]:
    return group[0].source, group[0].position
