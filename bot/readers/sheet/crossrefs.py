"""The sheet's own references, `<@Title@>` and `<@text@>(@Title@)`, made links.

The newsletter prints them as the text, linked to what it names, and the issue
that summarized it: "[text](https://…) (AN #57)".
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from rapidfuzz import fuzz, process

from bot.model.newsletter import Note, Target
from bot.text.folding import fold

_REFERENCE: Final = re.compile(r"<@((?:(?!<@).){1,1000}?)@>(?:[ \t]?\(@(.{1,1000}?)@\))?", re.DOTALL)
_NUMBER_FOLLOWS: Final = re.compile(r"\s?\(\[?AN #\d")
_ALIKE: Final = 94
_MOST_GUESSES: Final = 1_000
_DIGITS: Final = re.compile(r"\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Something that references can name: a row of the sheet.

    `names` are its title and, where that links several things, theirs, each
    with its own address.
    """

    row: int
    issue: int | None
    title: str
    names: tuple[tuple[str, str | None], ...]

    @property
    def place(self) -> str:
        """The row, as the user can look it up."""
        return f"row {self.row}" if self.issue is None else f"row {self.row} (AN #{self.issue})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """A text without the sheet's references: what became of each of them."""

    text: str
    targets: tuple[Target, ...] = ()
    ambiguous: int = 0
    missing: int = 0
    notes: tuple[Note, ...] = ()


@dataclass(slots=True)
class _Tally:
    """The references counted in one text so far."""

    at: Named
    targets: list[Target]
    notes: list[Note]
    ambiguous: int = 0
    missing: int = 0

    def remark(self, what: str) -> None:
        self.notes.append(Note(where=f"row {self.at.row}", what=what, skipped=False))


class Titles:
    """The titles of a sheet, to resolve its references by."""

    def __init__(self, sheet: Iterable[Named]) -> None:
        self._by_name: defaultdict[str, dict[int, tuple[Named, str | None]]] = defaultdict(dict)
        for named in sheet:
            for name, url in named.names:
                if folded := fold(name):
                    self._by_name[folded].setdefault(named.row, (named, url))
        self._guesses: dict[str, str | None] = {}

    def resolve(self, text: str, at: Named) -> Resolved:
        """Replace every reference in a text of that row.

        Of several rows with the title the one in the nearest earlier issue is
        meant, else in the nearest; what no row is called stays plain text.
        Both are noted.
        """
        if "<@" not in text:
            return Resolved(text=text)
        tally = _Tally(at, [], [])
        written = _REFERENCE.sub(lambda match: self._written(match, tally), text)
        return Resolved(
            text=written,
            targets=tuple(tally.targets),
            ambiguous=tally.ambiguous,
            missing=tally.missing,
            notes=tuple(tally.notes),
        )

    def _written(self, match: re.Match[str], tally: _Tally) -> str:
        text, title = match[1].strip(), (match[2] or match[1]).strip()
        candidates = self._candidates(title, tally)
        if not candidates:
            tally.missing += 1
            tally.remark(f"refers to “{title}”, which no row is called; left as plain text")
            return text
        meant, url = _nearest(candidates, tally.at)
        if len(candidates) > 1:
            tally.ambiguous += 1
            rows = " and ".join(named.place for named, _ in candidates)
            tally.remark(f"“{title}” is the title of {rows}; took {meant.place}")
        tally.targets.append(Target(issue=meant.issue, title=meant.title))
        linked = link(text, url) if url else text
        if meant.issue is None or _NUMBER_FOLLOWS.match(match.string, match.end()):
            return linked
        return f"{linked} (AN #{meant.issue})"

    def _candidates(self, title: str, tally: _Tally) -> list[tuple[Named, str | None]]:
        folded = fold(title)
        if folded not in self._by_name:
            similar = self._guess(folded)
            if not similar:
                return []
            tally.remark(f"refers to “{title}”; took the only title that is nearly the same")
            folded = similar
        candidates = self._by_name[folded]
        others = [candidate for row, candidate in candidates.items() if row != tally.at.row]
        return others or list(candidates.values())

    def _guess(self, folded: str) -> str | None:
        """The only title that is nearly this one.

        A guess looks at every title, so a strange sheet gets no more than 1,000.
        """
        if folded not in self._guesses and len(self._guesses) < _MOST_GUESSES:
            self._guesses[folded] = self._nearly(folded)
        return self._guesses.get(folded)

    def _nearly(self, folded: str) -> str | None:
        close = process.extract(folded, self._all_names, scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=2)
        # "Part 1" is nearly "Part 2", and never the same.
        names = [name for name, *_ in close if _DIGITS.findall(name) == _DIGITS.findall(folded)]
        return names[0] if len(names) == 1 else None

    @cached_property
    def _all_names(self) -> list[str]:
        return list(self._by_name)


def _nearest(candidates: list[tuple[Named, str | None]], at: Named) -> tuple[Named, str | None]:
    """Earlier issues before later ones, then near before far, then no issue at all."""

    def distance(candidate: tuple[Named, str | None]) -> tuple[int, int]:
        issue = candidate[0].issue
        if issue is None or at.issue is None:
            return (2 if issue is None else 1, 0)
        return (0 if issue < at.issue else 1, abs(issue - at.issue))

    return min(candidates, key=distance)


def link(text: str, url: str) -> str:
    r"""A Markdown link that ends where it should, whatever text and address hold.

    >>> link("a ] b", "https://a.example/x_(y)")
    '[a \\] b](https://a.example/x_(y))'
    """
    address = url.replace(" ", "%20").replace("<", "%3C").replace(">", "%3E")
    if not _balanced(address, "()"):
        address = address.replace("(", "%28").replace(")", "%29")
    if not _balanced(text, "[]"):
        text = text.replace("[", r"\[").replace("]", r"\]")
    return f"[{text}]({address})"


def _balanced(text: str, pair: str) -> bool:
    depth = 0
    for char in text:
        depth += (char == pair[0]) - (char == pair[1])
        if depth < 0:
            return False
    return depth == 0
