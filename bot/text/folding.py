"""Folding: one form of a text, however it was typed."""

import re
import unicodedata

_WORD_BREAKS = re.compile(r"[^\w]+|_+")
# Letters that no Unicode decomposition takes apart.
_STROKES = {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ħ": "h", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
_FOREIGN = re.compile(r"[^\x00-\x7f]")


def fold(text: str) -> str:
    """Lower-case words without accents or punctuation, single blanks between.

    >>> fold("Classiﬁcation — “Çatalhöyük’s”  Łódź")
    'classification catalhoyuk s lodz'
    """
    text = text.casefold()
    if not text.isascii():  # most are, and need none of this
        text = _FOREIGN.sub(_bare, unicodedata.normalize("NFKD", text))
    return _WORD_BREAKS.sub(" ", text).strip()


def _bare(letter: re.Match[str]) -> str:
    return "" if unicodedata.combining(letter[0]) else _STROKES.get(letter[0], letter[0])
