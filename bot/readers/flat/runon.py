"""Parting the links after "Read more" from a title that follows unmarked.

In flat text "Read more: Defending Against Fake News The Hacker Learns to
Trust (Connor Leahy):" holds two titles and no sign between them. Each word
votes: links speak the language of the entry before, a title that of the text
after it; and some words begin a title more readily than others.
"""

import itertools
import re
from bisect import bisect_left
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from bot.readers.titles import SMALL_WORDS, opens_title
from bot.text.folding import fold

_WORD = re.compile(r"\S+")
_LABEL = re.compile(
    r"(?:arxiv |blog |longer |full |the |code |(?:alignment forum|lesswrong|ea forum|import ai|maiei|reddit|distill) )*"
    r"(?:papers?|code|github(?: repo(?:sitory)?)?|website|blog ?post|blog|post|podcast|transcript|slides|video|talk|"
    r"report|summary|discussion|version|commentary|thread)(?=\s+[A-Z0-9\"“])",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"\(\s*AN\s*#\s*\d+\s*\)(?!\s*(?:,|and\b))")
_STARTERS = frozenset(
    {"The", "A", "An", "How", "Why", "What", "When", "On", "Towards", "Toward", "Is", "Are", "Can", "My"}
)
_LINK_WORDS = 6
_LONGEST = 1_000
"""Characters of links and title together: what is longer is neither."""


class Words:
    """The words of a flat text, folded once."""

    def __init__(self, text: str) -> None:
        self._starts: list[int] = []
        self._stems: list[list[str]] = []
        for word in _WORD.finditer(text):
            self._starts.append(word.start())
            self._stems.append(fold(word[0]).split())

    def between(self, start: int, end: int) -> list[str]:
        """Those that begin from `start` on and before `end`."""
        first, last = (bisect_left(self._starts, at) for at in (start, end))
        return list(itertools.chain.from_iterable(self._stems[first:last]))


def part(text: str, start: int, end: int, *, before: Sequence[str], after: Sequence[str]) -> int | None:
    """Where in `text[start:end]` the title begins; None if nowhere.

    `before` are the words of the entry that the links belong to, `after` those that
    follow the brackets of the title.
    """
    if end - start > _LONGEST:
        return None
    if references := list(_REFERENCE.finditer(text, start, end)):
        return _next_word(text, references[-1].end(), end)
    if label := _LABEL.match(text, start, end):
        return _next_word(text, label.end(), end)
    words = list(_WORD.finditer(text, start, end))
    known, announced = frozenset(before), frozenset(after)
    pairs = {pair for side in (before, after) for pair in itertools.pairwise(side)}
    votes = [0, *itertools.accumulate(_vote(word[0], known, announced) for word in words)]
    best: tuple[float, int] | None = None
    for i in range(1, len(words)):
        if not opens_title(words[i][0], 0) or words[i - 1][0].endswith(":") or words[i - 1][0] in SMALL_WORDS:
            continue
        score = 2 * votes[i] - votes[-1] + _seam(words[i - 1][0], words[i][0], pairs)
        score -= abs(i - _LINK_WORDS) / 4
        if best is None or score > best[0]:
            best = score, words[i].start()
    return best[1] if best else None


def _vote(word: str, known: AbstractSet[str], announced: AbstractSet[str]) -> int:
    """1 if the word belongs to the entry before, -1 if to the one after."""
    stems = fold(word).split()
    return 0 if word in SMALL_WORDS else any(s in known for s in stems) - any(s in announced for s in stems)


def _seam(left: str, right: str, pairs: set[tuple[str, str]]) -> float:
    """How readily a title begins between these two words."""
    score = 2.0 if right in _STARTERS else 0.0
    if left.islower():
        score += 4
    if left.endswith((",", "-", "–")):
        score -= 3
    words = (fold(left).split()[-1:], fold(right).split()[:1])
    if all(words) and (words[0][0], words[1][0]) in pairs:
        score -= 3
    return score


def _next_word(text: str, at: int, end: int) -> int | None:
    word = _WORD.search(text, at, end)
    return word.start() if word and opens_title(text, word.start()) else None
