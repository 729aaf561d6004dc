"""Names and words of the field that a text seldom spells out: `field_names.txt`, read once.

Each phrase counts only as far as the summaries have it.
"""

import re
from collections.abc import Mapping, Sequence
from importlib import resources
from typing import Final

from bot.search.tokens import CHAT_WORDS, STOP_WORDS, split, stem

_FILE: Final = resources.files("bot.search").joinpath("field_names.txt")
_PARTS: Final = re.split(r"^\[(.+)\]\n", _FILE.read_text("utf-8"), flags=re.MULTILINE)
_TABLES: Final = dict(zip(_PARTS[1::2], _PARTS[2::2], strict=True))


def _meanings(heading: str) -> dict[str, Sequence[str]]:
    """What people type, and what each stands for."""
    lines = (line.partition(":") for line in _TABLES[heading].strip().splitlines())
    return {typed.strip(): tuple(each.strip() for each in meant.split("|")) for typed, _, meant in lines}


NAMES: Final[Mapping[str, Sequence[str]]] = _meanings("names")
"""What nicknames and abbreviations stand for."""
SYNONYMS: Final[Mapping[str, Sequence[str]]] = _meanings("synonyms")
"""Other words for the same thing: weaker evidence than a name."""
TRANSLATIONS: Final[Mapping[str, str]] = {
    word: meant[0] for typed, meant in _meanings("translations").items() for word in typed.split()
}
"""English words for those of other languages."""
WELL_KNOWN: Final = frozenset(
    " ".join(stem(word) for word in split(name) if word not in STOP_WORDS | CHAT_WORDS)
    for name in _TABLES["well-known works"].replace("\n", "|").split("|")
)
"""Works of the field by the stems of their names: a text that mentions one of them is not it."""
FOREIGN_SMALL: Final = frozenset(_TABLES["small words of other languages"].split())
"""Small words of other languages, some of them English words too."""
FOREIGN_SURE: Final = frozenset(_TABLES["words that hardly occur in English"].split())
"""Words that hardly occur in English text: one of them makes the small ones foreign."""
FOREIGN_KINDS: Final = frozenset(_TABLES["kinds of things in other languages"].split())
"""Kinds of things in other languages, as `FILLERS`."""
