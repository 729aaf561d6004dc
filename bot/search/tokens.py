"""The tokenizer: folded words, compounds split and joined, stems."""

import re
from functools import lru_cache
from typing import Final

from bot.text.folding import folded_words


def _listed(words: str) -> tuple[str, ...]:
    return tuple(words.split())


STOP_WORDS: Final = frozenset(
    _listed(
        "a an the of for in on and or to with by from via at as is are be was were it its how what why when which "
        "who do does did can could we i you he she they me my us this that these those not no your our their his "
        "her than if but about into onto toward towards using"
    )
)
"""Ignored, unless a text holds nothing else; they count in a title's beginning."""
FILLERS: Final = frozenset(
    _listed(
        "stuff thing things something paper papers post posts article summary newsletter blog blogpost link arxiv pdf"
    )
)
"""Words for the kind of thing that is looked for."""
CHAT_WORDS: Final = frozenset(
    _listed(
        "there here has have had been being anyone someone something somebody anything one ones stuff thing things some "
        "any also just really would should will may might let lets im ive whats looking look looks find know tell please "
        "show showing shows says said saying say explains explaining argues argued called named gets get got where "
        "while then so very too more most much many other another such only through over between during et al vs"
    )
)
"""Words of asking and telling, which name nothing: ignored like stop words."""

_ASCII_WORD: Final = re.compile(r"[a-z0-9]+")
_COMPOUND: Final = re.compile(r"[^\W_]+(?:[-–’'][^\W_]+)*")
_PUNCTUATION: Final = '.,;:!?()[]*_"“”'
_SEAM: Final = re.compile(
    r"[-–’']|(?<=[a-z])(?=[A-Z])|(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])|(?<=[A-Z])(?=[A-Z][a-z])"
)
_LETTERS_DIGITS: Final = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")


def split(text: str) -> list[str]:
    """The folded words of a text.

    >>> split("Mesa-Search vs. Mesa-Control")
    ['mesa', 'search', 'vs', 'mesa', 'control']
    """
    # Most texts are ASCII, where this is the same and much faster.
    return _ASCII_WORD.findall(text.lower()) if text.isascii() else folded_words(text)


def squash(folded: str) -> str:
    """A folded name without its blanks: "gpt 3", "GPT-3" and "gpt3" are one."""
    return folded.replace(" ", "")


def spellings(text: str) -> set[str]:
    """The parts of a text's compounds, and each compound as one word.

    >>> sorted(spellings("TruthfulQA, GPT-3 and off-switch"))
    ['3', 'gpt', 'gpt3', 'off', 'offswitch', 'qa', 'switch', 'truthful', 'truthfulqa']
    """
    words: set[str] = set()
    for run in set(text.split()):
        bare = run if run.isalpha() else run.strip(_PUNCTUATION)
        if bare.isalpha() and (bare.islower() or bare[1:].islower()):  # as most are, and without a seam
            continue
        for word in _COMPOUND.findall(bare):
            parts = ["".join(split(part)) for part in _SEAM.split(word)]
            if len(parts) > 1:
                words.update(part for part in parts if part)
                words.add("".join(parts))
    return words


def split_digits(word: str) -> list[str]:
    """A word in its runs of letters and digits: "gpt3" is "gpt", "3"."""
    return _LETTERS_DIGITS.split(word)


_ENDINGS: Final = tuple(
    sorted(
        (
            (ending, instead, left)
            for instead, left, endings in (
                ("iz", 4, _listed("izations ization isation izers izer izing ized izes ize ising ised")),
                ("iz", 5, ("ise",)),
                ("at", 4, _listed("ational ations ation ators ator ates ated ating ate")),
                ("", 4, _listed("nesses ness ingly edly ities ments ment ings ing ions ion ers er ly")),
                ("", 5, _listed("ity ors or")),
                ("", 3, _listed("ed es e s")),
                ("y", 2, _listed("ies ied")),
            )
            for ending in endings
        ),
        key=lambda ending: -len(ending[0]),
    )
)
"""Endings, longest first, with their replacement and how many letters must be left."""
_ENDINGS_BY_LETTER: Final = {
    letter: [ending for ending in _ENDINGS if ending[0][-1] == letter]
    for letter in {ending[0][-1] for ending in _ENDINGS}
}
"""By their last letter, since most words end in another."""
_SHORTEST: Final = 4
_DOUBLED: Final = frozenset("bdgmnprt")


_BRITISH: Final = (
    (re.compile(r"(?<=[a-z]{3})our(?=$|s$|ed|ing|al|ite|able|ful)"), "or"),
    (re.compile(r"(?<=[a-z]{3})is(?=e$|es$|ed$|ing$|er$|ers$|ation)"), "iz"),
    (re.compile(r"(?<=[a-z]{2})ys(?=e$|es$|ed$|ing$)"), "yz"),
    (re.compile(r"(?<=[a-z]{2}[aeiou])ll(?=ed$|ing$|er$|ers$)"), "l"),
    (re.compile(r"(?<=cent)re(?=$|s$)"), "er"),
)

_MAY_BE_BRITISH: Final = re.compile("our|is[aei]|ys[ei]|ll[ei]|centre")


def american(word: str) -> str:
    """The word in American spelling, roughly: both spellings lead to the same.

    >>> american("behaviours"), american("modelling"), american("generalise")
    ('behaviors', 'modeling', 'generalize')
    """
    if not _MAY_BE_BRITISH.search(word):
        return word
    for british, letters in _BRITISH:
        word = british.sub(letters, word)
    return word


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """The stem that a word shares with its inflections.

    >>> {stem(w) for w in ("optimize", "optimizers", "optimization", "optimizing")}
    {'optimiz'}
    """
    if len(word) < _SHORTEST:
        return word
    word = american(word)
    for ending, instead, left in _ENDINGS_BY_LETTER.get(word[-1], ()):
        if word.endswith(ending) and len(word) - len(ending) >= left:
            if ending == "s" and word.endswith(("ss", "us")):
                break
            word = word[: -len(ending)] + instead
            break
    return word[:-1] if len(word) > _SHORTEST and word[-1] == word[-2] and word[-1] in _DOUBLED else word
