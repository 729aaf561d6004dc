"""Hours as people type them: `9`, `17:00`, `9 am`, `noon`."""

import re
from typing import Final
from unicodedata import normalize

from bot.cards.wording import cut

_CLOCK: Final = re.compile(r"(?P<hour>[0-9]{1,2})(?:[:.h](?P<minute>[0-9]{2}))?h?(?P<half>am|pm)?")
_HALF_APART: Final = re.compile(r"(?<=[0-9])\s+([ap])\.?m\.?(?=\s|,|$)", re.IGNORECASE)
_CLOCK_WORD: Final = re.compile(r"(?<=[0-9])\s+(?:o['’]?clock|uhr|h)\b", re.IGNORECASE)
_TWELVE: Final = re.compile(r"\b12\s+(?=noon|midnight)", re.IGNORECASE)
_AT: Final = re.compile(r"at\s+(?=\S)")
_FOUR_DIGITS: Final = re.compile(r"([0-9]{2})([0-9]{2})")
_NAMED_HOURS: Final = {"noon": 12, "midday": 12, "midnight": 0}
_NOON: Final = 12
_LAST_HOUR: Final = 23
_SHOWN: Final = 40


def is_hour(word: str) -> bool:
    """Whether the word, in small letters, looks like an hour."""
    return bool(_CLOCK.fullmatch(word) or _FOUR_DIGITS.fullmatch(word)) or word in _NAMED_HOURS


def joined(text: str) -> str:
    """The text with hours in one word.

    >>> joined("monday 9 p.m. Europe/London")
    'monday 9pm Europe/London'
    """
    return _TWELVE.sub("", _CLOCK_WORD.sub("", _HALF_APART.sub(r"\1m", text)))


def parse_hour(text: str) -> int | str:
    """The hour, or a sentence that says what is wrong with it.

    >>> [parse_hour(text) for text in ("9 am", "9:00 PM", "09h", "12 noon", "1700", "17 h", "at 9 o’clock")]
    [9, 21, 9, 12, 17, 17, 9]
    """
    folded = _AT.sub("", joined(normalize("NFKC", text).strip()).casefold(), count=1)
    folded = folded if not _FOUR_DIGITS.fullmatch(folded) else f"{folded[:2]}:{folded[2:]}"
    if folded in _NAMED_HOURS:
        return _NAMED_HOURS[folded]
    match = _CLOCK.fullmatch(folded)
    shown = cut(text.strip(), _SHOWN)
    if not match:
        return f"“{shown}” is no hour. Such as: 9, 17:00, 9 am, noon."
    hour, half = int(match["hour"]), match["half"]
    if match["minute"] not in {None, "00"}:
        return f"Digests come on the hour: {hour}:00, not {shown}."
    if half:
        if not 1 <= hour <= _NOON:
            return f"There is no hour {shown}."
        hour = hour % _NOON + (_NOON if half == "pm" else 0)
    return hour if hour <= _LAST_HOUR else "The hour is a number from 0 to 23."
