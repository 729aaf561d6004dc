"""What people write in a chat that does refer to something, and what that is."""

import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bot.model.newsletter import Summary
from bot.text.folding import fold
from bot.text.urls import canonical
from tests.bench.chatter import prose
from tests.bench.spellings import spellings

_NUMBERED: Final = (
    "AN #{n}",
    "AN #{n}.",
    "(AN #{n})",
    "[AN #{n}]",
    "**AN #{n}**",
    "_AN #{n}_",
    "AN#{n}",
    "AN # {n}",
    "AN #{n}'s",
    "AN #{n},",
    "AN {n}",
    "AN {n}, which",
    "AN {n} is",
    "in AN {n}.",
)
_AROUND: Final = (
    "{0} {1} {2}",
    "{1}",
    "{1} {2}",
    "{0}: {1}",
    "{0}\n{1}\n{2}",
    "({0} {1}) {2}",
    "> quoted\n{0} {1}",
)
_SHORTEST: Final = 12
"""Letters of a title that stays recognisable with a slip in it."""
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A message, how it refers, and the names of what any right answer shows."""

    text: str
    kind: str
    right: frozenset[str]


class Mentions:
    """Messages that refer to these summaries."""

    def __init__(self, summaries: Sequence[Summary]) -> None:
        self._summaries = summaries
        self._titled: dict[str, set[str]] = defaultdict(set)
        self._placed: dict[str, set[str]] = defaultdict(set)
        for summary in summaries:
            self._titled[fold(summary.title)].add(summary.key)
            for link in summary.links:
                self._placed[canonical(link) or link].add(summary.key)

    def some(self, count: int, seed: int) -> Iterator[Mention]:
        """So many, the same for the same seed: addresses, issues, and titles in equal parts."""
        rng = random.Random(seed)  # noqa: S311 - no secret
        kinds: tuple[Callable[[Summary, random.Random], Mention | None], ...]
        kinds = (self._address, self._issue, self._exact, self._near)
        made = 0
        while made < count:
            mention = kinds[made % len(kinds)](rng.choice(self._summaries), rng)
            if mention:
                made += 1
                yield mention

    def _address(self, summary: Summary, rng: random.Random) -> Mention | None:
        if not summary.url:
            return None
        right = self._placed[canonical(summary.url) or summary.url]
        return _said(rng.choice(spellings(summary.url)), "address", right, rng)

    def _issue(self, summary: Summary, rng: random.Random) -> Mention | None:
        if summary.issue is None:
            return None
        written = rng.choice(_NUMBERED).format(n=summary.issue)
        return _said(written, "issue", {f"AN #{summary.issue}"}, rng)

    def _exact(self, summary: Summary, rng: random.Random) -> Mention | None:
        title = _bracketable(summary.title)
        if not title:
            return None
        written = rng.choice(("[[{}]]", "[[ {} ]]", "[[!{}]]")).format(rng.choice((title, title.lower())))
        return _said(written, "title", self._titled[fold(summary.title)], rng)

    def _near(self, summary: Summary, rng: random.Random) -> Mention | None:
        title = _bracketable(summary.title)
        if len(title) < _SHORTEST:
            return None
        written = f"[[{_slipped(title, rng)}]]"
        return _said(written, "misspelt title", self._titled[fold(summary.title)], rng)


def _said(written: str, kind: str, right: set[str], rng: random.Random) -> Mention:
    text = rng.choice(_AROUND).format(prose(rng, most=12), written, prose(rng, most=12))
    return Mention(text=text, kind=kind, right=frozenset(right))


def _bracketable(title: str) -> str:
    """The title where it can stand in brackets, else ""."""
    whole = " ".join(title.split())
    fits = len(whole) <= 200 and not set(whole) & set("[]<>`") and any(c.isalnum() for c in whole)
    return whole if fits and len(fold(whole)) > 1 else ""


def _slipped(title: str, rng: random.Random) -> str:
    """The title with one or two letters changed, left out, doubled or swapped."""
    for _ in range(rng.randint(1, 2)):
        places = [at for at in range(len(title) - 1) if title[at : at + 2].isalpha()]
        at = rng.choice(places)
        one, two = title[at], title[at + 1]
        slip = rng.choice((rng.choice(_LETTERS) + two, two, one + one + two, two + one))
        title = title[:at] + slip + title[at + 2 :]
    return title
