"""Abbreviations: the ones a text explains, and the ones a name would have."""

import re
from collections.abc import Iterator
from typing import Final

from bot.search.tokens import STOP_WORDS, split

_BRACKETED: Final = re.compile(r"\((?P<short>[A-Z][A-Za-z-]{1,9})\)")
_WORD: Final = re.compile(r"[^\W\d_]+")
_REACH: Final = 160
"""How far before the bracket the long form may begin, in characters."""
_SHORTEST: Final = 2
_NAME_LENGTHS: Final = range(3, 9)
_PART_LENGTHS: Final = range(3, 6)
WHOLE: Final = 0.9
"""How likely a name goes by its initials."""
_PART: Final = 0.8


def explained(text: str) -> Iterator[tuple[str, str]]:
    """Each "Long Form (LF)" in a text as its folded short and long form.

    >>> list(explained("We use Cooperative Inverse Reinforcement Learning (CIRL)."))
    [('cirl', 'cooperative inverse reinforcement learning')]
    """
    for match in _BRACKETED.finditer(text):
        short = match["short"]
        if short[-1] == "s" and short[:-1].isupper():
            short = short[:-1]
        letters = [letter for letter in short.lower() if letter.isalpha()]
        before = _WORD.findall(text[max(0, match.start() - _REACH) : match.start()])
        if len(letters) >= _SHORTEST and (long := _long_form(letters, before[-2 * len(letters) :])):
            yield "".join(split(short)), " ".join(split(" ".join(long)))


def _long_form(letters: list[str], before: list[str]) -> list[str]:
    """The shortest run of words up to the bracket that begin with the letters in turn."""
    for start in range(len(before) - 1, -1, -1):
        words = before[start:]
        if words[0][0].lower() == letters[0] and _in_turn(letters, words):
            return words
    return []


def _in_turn(letters: list[str], words: list[str]) -> bool:
    initials = iter(word[0].lower() for word in words)
    return all(letter in initials for letter in letters)


def initials(words: list[str]) -> Iterator[tuple[str, float]]:
    """The abbreviations a name of these words might go by, and how likely.

    Of the whole name with and without its small words, and of three to five
    words in a row within it.

    >>> sorted(initials("what failure looks like".split()))
    [('fll', 0.8), ('fll', 0.9), ('wfll', 0.9)]
    """
    content = [word for word in words if word not in STOP_WORDS]
    for name in (words, content):
        if len(name) in _NAME_LENGTHS:
            yield "".join(word[0] for word in name), WHOLE
    for length in _PART_LENGTHS:
        for start in range(len(content) - length + 1):
            yield "".join(word[0] for word in content[start : start + length]), _PART
