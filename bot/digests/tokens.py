"""The words in which the options of a digest are typed: `monday`, `from:58`, `in:"Mesa optimization"`."""

import re
from collections.abc import Sequence
from typing import Final

from bot.digests import hours
from bot.digests.timezone_names import is_ambiguous, timezone_named

_TOKEN: Final = re.compile(r'(?:(?P<name>[a-z]+):)?(?:"(?P<quoted>[^"]*)"|(?P<bare>\S+))', re.IGNORECASE)
_MOST_WORDS: Final = 5
"""Words of the longest name of a timezone."""
_QUOTES: Final = str.maketrans(dict.fromkeys("“”„«»", '"'))


def tokens_of(text: str) -> list[tuple[str, str]]:
    """Words as ("", word), values with their names; the words of a timezone's name are one.

    >>> tokens_of('at 9 pm new york in:"Mesa optimization"')
    [('', 'at'), ('', '9pm'), ('', 'new york'), ('in', 'Mesa optimization')]
    """
    return _joined(_tokens(text))


def _tokens(text: str) -> list[tuple[str, str]]:
    """Words as ("", word), values with their names."""
    matches = _TOKEN.finditer(hours.joined(text.translate(_QUOTES)))
    return [
        (
            (match["name"] or "").casefold(),
            (match["bare"] if match["quoted"] is None else match["quoted"]).strip(),
        )
        for match in matches
    ]


def _joined(tokens: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """The tokens with the words of a timezone's name in one."""
    joined, at = [], 0
    while at < len(tokens):
        length = next((n for n in range(_MOST_WORDS, 1, -1) if _is_name(tokens[at : at + n], n)), 1)
        joined.append(
            ("", " ".join(word for _, word in tokens[at : at + length])) if length > 1 else tokens[at]
        )
        at += length
    return joined


def _is_name(tokens: Sequence[tuple[str, str]], length: int) -> bool:
    if len(tokens) < length or any(name for name, _ in tokens):
        return False
    name = " ".join(word.rstrip(",;") for _, word in tokens)
    return bool(timezone_named(name)) or is_ambiguous(name)
