"""What is dictated word by word: numbers, and abbreviations by the names of their letters."""

from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Final

from bot.search.field_names import NAMES
from bot.search.index import Index
from bot.search.tokens import STOP_WORDS

_DIGITS: Final = {
    **dict(
        zip(
            [
                "zero",
                "one",
                "two",
                "three",
                "four",
                "five",
                "six",
                "seven",
                "eight",
                "nine",
                "ten",
                "eleven",
                "twelve",
            ],
            range(13),
            strict=True,
        )
    ),
    **dict(
        zip(
            ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"],
            range(20, 100, 10),
            strict=True,
        )
    ),
}
COUNTS: Final = {word: number for word, number in _DIGITS.items() if number in range(1, 13)}
_SCALES: Final = {"hundred": "00", "thousand": "k", "million": "m", "billion": "b"}
ORDINALS: Final = dict(
    zip(
        ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"],
        range(1, 11),
        strict=True,
    )
)
ROMAN: Final = dict(
    zip(["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"], range(1, 11), strict=True)
)

_LETTERS: Final = {
    name: letter
    for letter, names in (
        *(("a", "a ay"), ("b", "b bee be"), ("c", "c cee see sea"), ("d", "d dee"), ("e", "e ee")),
        *(("f", "f ef eff"), ("g", "g gee"), ("h", "h aitch haitch"), ("i", "i eye aye"), ("j", "j jay")),
        *(("k", "k kay"), ("l", "l el ell"), ("m", "m em"), ("n", "n en"), ("o", "o oh"), ("p", "p pee pea")),
        *(("q", "q cue queue"), ("r", "r ar are"), ("s", "s ess"), ("t", "t tee tea"), ("u", "u you")),
        *(("v", "v vee"), ("w", "w"), ("x", "x ex"), ("y", "y why"), ("z", "z zee zed")),
    )
    for name in names.split()
}
"""Letters by their names, as a dictation writes them."""
_UNMISTAKABLE: Final = frozenset(
    ["cee", "gee", "ef", "eff", "aitch", "haitch", "ell", "pee", "ess", "tee", "vee", "zee", "zed"]
)
"""Names of letters that mean nothing else and begin few words: one of them makes others letters."""
_MISTAKABLE: Final = frozenset(
    [
        "ay",
        "be",
        "bee",
        "see",
        "sea",
        "eye",
        "aye",
        "jay",
        "oh",
        "pea",
        "cue",
        "queue",
        "are",
        "tea",
        "you",
        "why",
    ]
)
"""Names of letters that are words too."""
_LONGEST: Final = 8
"""Letters of an abbreviation."""


def spoken(words: Sequence[tuple[str, str]], index: Index, *, letters: bool) -> Sequence[tuple[str, str]]:
    """The folded words, and as they were typed, with dictated numbers and abbreviations written short.

    Numbers of more than one word are digits: "eighty thousand" is 80 and k. With `letters` so are abbreviations
    that the index or the field knows: "gee pee tee three" is GPT and 3.
    """
    if letters and any(word in _LETTERS for word, _ in words):
        words = list(_abbreviated(words, index))
    return list(_counted(words)) if any(word in _DIGITS for word, _ in words) else words


def _abbreviated(words: Sequence[tuple[str, str]], index: Index) -> Iterator[tuple[str, str]]:
    at = 0
    while at < len(words):
        short = _abbreviation([word for word, _ in words[at : at + _LONGEST]], index)
        if not short:
            yield words[at]
            at += 1
            continue
        yield short, short.upper()
        at += len(short)
        if at < len(words) and words[at][0] in _DIGITS:
            digit = str(_DIGITS[words[at][0]])
            yield digit, digit
            at += 1


def _abbreviation(words: Sequence[str], index: Index) -> str:
    """The longest known abbreviation whose letters the words begin with; "" if none."""
    names = list(takewhile(_LETTERS.__contains__, words))
    for length in range(len(names), 1, -1):
        short = "".join(map(_LETTERS.__getitem__, names[:length]))
        known = index.term(short) or index.long_forms(short) or short in NAMES
        if known and short not in STOP_WORDS and _are_letters(names[:length]):
            return short
    return ""


def _are_letters(names: Sequence[str]) -> bool:
    if not _UNMISTAKABLE.isdisjoint(names):
        return True
    return _MISTAKABLE.isdisjoint(names) and all(len(name) > 1 for name in names)


def _counted(words: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    at = 0
    while at < len(words):
        end = at
        while end < len(words) and (
            words[end][0] in _DIGITS or words[end][0] in _SCALES or (words[end][0] == "point" and end > at)
        ):
            end += 1
        if end - at > 1 and words[at][0] in _DIGITS:
            for part in _number([word for word, _ in words[at:end]]):
                yield part, part
        elif end > at:
            yield from words[at:end]
        else:
            end = at + 1
            yield words[at]
        at = end


def _number(words: Sequence[str]) -> list[str]:
    parts, value = [], 0
    for word in words:
        if word in _DIGITS:
            value += _DIGITS[word]
        elif word == "point":
            parts.append(str(value))
            value = 0
        else:
            parts.append(f"{value}{_SCALES[word]}")
            value = 0
    return [*parts, str(value)] if value else parts
