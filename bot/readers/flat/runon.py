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
_KIND = (
    r"(?:arxiv |author |blog |longer |full |the |code |(?:alignment forum|lesswrong|ea forum|import ai|maiei|reddit|distill) )*"
    r"(?:papers?|code|github(?: repo(?:sitory)?)?|website|blog ?post|blog|post|podcast|transcript|slides|video|talk|"
    r"report|summary(?: post)?|discussion|version|commentary|thread|response)"
)
_LABEL = re.compile(rf"(?i:{_KIND}(?: and {_KIND})*)(?=\s+[A-Z0-9\"“])")
_REFERENCE = re.compile(r"\(\s*AN\s*#\s*\d+\s*\)(?!\s*(?:,|and\b))")
_STARTERS = frozenset(
    {"The", "A", "An", "How", "Why", "What", "When", "On", "Towards", "Toward", "Is", "Are", "Can", "My"}
)
_LINK_WORDS = 6
_LONGEST = 1_000
"""Characters of links and title together: what is longer is neither."""


def reference_end(text: str, start: int, end: int) -> int | None:
    """Where the last reference to an issue among links ends, with which they end too."""
    references = list(_REFERENCE.finditer(text, start, end))
    return references[-1].end() if references else None


def parts_surely(text: str, start: int, at: int) -> bool:
    """Whether something shows that links from `start` on end before `at`: a full stop, a reference, a label."""
    label = _LABEL.match(text, start)
    return text[start:at].rstrip().endswith((".", ")")) or (
        label is not None and not text[label.end() : at].strip()
    )


class Words:
    """The words of a flat text, each folded once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts: list[int] = []
        self._words: list[str] = []
        for word in _WORD.finditer(text):
            self._starts.append(word.start())
            self._words.append(word[0])
        folded = {word: fold(word).split() for word in set(self._words)}
        self._stems = [folded[word] for word in self._words]

    def part(self, start: int, end: int, begun: int, until: int) -> int | None:
        """Where the title begins between the links from `start` on and its brackets at `end`; None if nowhere.

        The entry that the links belong to begins at `begun`; what follows the
        brackets goes up to `until`.
        """
        if end - start > _LONGEST:
            return None
        if (references := reference_end(self._text, start, end)) is not None:
            return _next_word(self._text, references, end)
        if label := _LABEL.match(self._text, start, end):
            return _next_word(self._text, label.end(), end)
        return self._seam(self._within(start, end), self._stems_of(begun, start), self._stems_of(end, until))

    def _seam(self, words: range, before: Sequence[str], after: Sequence[str]) -> int | None:
        """Where among the words those after the best seam begin."""
        known, announced = frozenset(before), frozenset(after)
        pairs = {pair for side in (before, after) for pair in itertools.pairwise(side)}
        votes = [0, *itertools.accumulate(self._vote(word, known, announced) for word in words)]
        best: tuple[float, int] | None = None
        for i, (left, right) in enumerate(itertools.pairwise(words), 1):
            if self._parts_nothing(left, right):
                continue
            score = 2 * votes[i] - votes[-1] + self._readiness(left, right, pairs)
            score -= abs(i - _LINK_WORDS) / 4
            if best is None or score > best[0]:
                best = score, self._starts[right]
        return best[1] if best else None

    def _parts_nothing(self, left: int, right: int) -> bool:
        """Whether a title cannot begin with the word on the right."""
        before = self._words[left]
        return not opens_title(self._words[right], 0) or before.endswith(":") or before in SMALL_WORDS

    def _vote(self, word: int, known: AbstractSet[str], announced: AbstractSet[str]) -> int:
        """1 if the word belongs to the entry before, -1 if to the one after."""
        if self._words[word] in SMALL_WORDS:
            return 0
        stems = self._stems[word]
        return any(stem in known for stem in stems) - any(stem in announced for stem in stems)

    def _readiness(self, left: int, right: int, pairs: set[tuple[str, str]]) -> float:
        """How readily a title begins between these two words."""
        score = 2.0 if self._words[right] in _STARTERS else 0.0
        if self._words[left].islower():
            score += 4
        if self._words[left].endswith((",", "-", "–")):
            score -= 3
        stems = self._stems[left][-1:], self._stems[right][:1]
        if all(stems) and (stems[0][0], stems[1][0]) in pairs:
            score -= 3
        return score

    def _within(self, start: int, end: int) -> range:
        """The words that begin from `start` on and before `end`."""
        return range(*(bisect_left(self._starts, at) for at in (start, end)))

    def _stems_of(self, start: int, end: int) -> list[str]:
        within = self._within(start, end)
        return list(itertools.chain.from_iterable(self._stems[within.start : within.stop]))


def _next_word(text: str, at: int, end: int) -> int | None:
    word = _WORD.search(text, at, end)
    return word.start() if word and opens_title(text, word.start()) else None
