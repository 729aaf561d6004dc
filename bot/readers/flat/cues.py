"""What the scan of a flat line goes by: its cues, sentences and bylines."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.readers import grammar, titles
from bot.readers.fragments import Block, Prerequisites, ReadMore
from bot.readers.grammar import Byline

_LOWER_CASE = re.compile(r"(?<![\w(@-])[a-z]{2,40}(?![\w)@-])")
_ORDINARY = re.compile(r"[a-z](?:ly|ic|al|able|ible|ive|ous|ful|less|ing|ed|ism)$")
"""How adjectives and adverbs end, which titles have in brackets: "A (Robotic) Flock"."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A place where something other than running text begins."""

    start: int
    end: int
    block: Block | None
    """None ends the issue."""
    fresh: bool = False
    """Whether what follows must be a title: nothing else may stand there."""

    @property
    def links(self) -> bool:
        """Whether what follows is a list of links, which ends without a full stop."""
        return isinstance(self.block, ReadMore | Prerequisites)


class Line:
    """A flat text with the offsets of its sentences and bylines, computed once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._ends = titles.sentence_ends(text)
        self._words = frozenset(_LOWER_CASE.findall(text))
        self._bylines = [b for b in _bylines(text) if not grammar.signed_later(text, b)]

    @property
    def bylines(self) -> Sequence[Byline]:
        """Every byline, in order."""
        return self._bylines

    def bylines_from(self, at: int) -> Iterator[Byline]:
        """The bylines that open at `at` or after it."""
        for i in range(bisect_left(self._bylines, at, key=lambda b: b.start), len(self._bylines)):
            yield self._bylines[i]

    def ends_between(self, at: int, end: int) -> list[int]:
        """Where sentences end after `at` and before `end`: offsets of what follows."""
        return self._ends[bisect_right(self._ends, at) : bisect_left(self._ends, end)]

    def sentence_end(self, at: int) -> int:
        """Where the sentence at `at` ends."""
        i = bisect_right(self._ends, at)
        return self._ends[i] if i < len(self._ends) else len(self.text)

    def speaks_of(self, word: str) -> bool:
        """Whether it is a word as others are, and nobody's name."""
        return word.isalpha() and (word.lower() in self._words or _ORDINARY.search(word) is not None)

    def word_at(self, at: int) -> int:
        """The offset of the next character that is no blank."""
        while at < len(self.text) and self.text[at].isspace():
            at += 1
        return at


def _bylines(text: str) -> Iterator[Byline]:
    for opens in grammar.OPENS.finditer(text):
        if byline := grammar.byline_at(text, opens.start()):
            yield byline
