"""Folding: one form of a text, however it was typed."""

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")
_WORD_BREAKS = re.compile(r"[^\w]+|_+")
# Letters that no Unicode decomposition takes apart.
_STROKES = {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ħ": "h", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
_FOREIGN = re.compile(r"[^\x00-\x7f]")


def fold(text: str) -> str:
    """Lower-case words without accents or punctuation, single blanks between.

    >>> fold("Classiﬁcation — “Çatalhöyük’s”  Łódź")
    'classification catalhoyuk s lodz'
    """
    return _WORD_BREAKS.sub(" ", _without_accents(text)).strip()


def folded_words(text: str) -> list[str]:
    """The words of the folded text.

    >>> folded_words("Classiﬁcation — “Çatalhöyük’s”")
    ['classification', 'catalhoyuk', 's']
    """
    return _WORD.findall(_without_accents(text))


def _without_accents(text: str) -> str:
    text = text.casefold()
    if text.isascii():  # as most are
        return text
    return _FOREIGN.sub(_bare, unicodedata.normalize("NFKD", text))


def _bare(letter: re.Match[str]) -> str:
    return "" if unicodedata.combining(letter[0]) else _STROKES.get(letter[0], letter[0])
