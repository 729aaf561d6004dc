"""Folding and naming of texts: the same title, however it was typed."""

import hashlib
import re
import unicodedata

_WORD_BREAKS = re.compile(r"[^\w]+|_+")
# Letters that no Unicode decomposition takes apart.
_STROKES = {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ħ": "h", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
_FOREIGN = re.compile(r"[^\x00-\x7f]")
_SLUG_LENGTH = 48
_DIGEST_LENGTH = 6


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


def make_key(number: int | None, label: str, title: str, nth: int = 1) -> str:
    """The public name of a summary: readable, stable, at most 80 characters.

    `nth` tells apart equal titles in one issue, counted from 1 in its order.

    >>> make_key(58, "", "Selection vs Control")
    '58-selection-vs-control'
    >>> make_key(None, "Recon #4", "Beyond DQN", nth=2)
    'recon-4-beyond-dqn~2'
    """
    place = str(number) if number is not None else _slug(label)[:16].strip("-") or "extra"
    name = _slug(title)
    if len(name) > _SLUG_LENGTH or not name:
        digest = hashlib.blake2s(fold(title).encode()).hexdigest()[:_DIGEST_LENGTH]
        name = f"{name[: _SLUG_LENGTH + 1].rpartition('-')[0] or name[:_SLUG_LENGTH]}-{digest}".lstrip("-")
    return f"{place}-{name}" + (f"~{nth}" if nth > 1 else "")


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")
