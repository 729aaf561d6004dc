"""How much each word of a summary says what the summary is about."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from bot.model.newsletter import Summary
from bot.search.anchors import Mined, bare
from bot.search.tokens import spellings, split

_TITLE: Final = 4.0
_ALIAS: Final = 2.0
_EARLY: Final = 2.0
_EARLY_WORDS: Final = 60
_TEXT: Final = 1.0
_CONTEXT: Final = 0.7
_CONTEXTS: Final = 4
_FACTS: Final = 0.7
_SATURATION: Final = 0.8
_LENGTH_SHARE: Final = 0.6
_LENGTH_OFFSET: Final = 20


def length(summary: Summary) -> int:
    """How many words its texts have, about."""
    return len(summary.text.split()) + sum(len(opinion.text.split()) for opinion in summary.opinions)


def weights(summary: Summary, mined: Mined, title_words: Iterable[str]) -> dict[str, float]:
    """Occurrences of each word, weighted by where they stand.

    The opening of the text counts more than the rest and the opinions; a
    title's word as much as several; what others say around a link to it counts
    nearly as its own text.
    """
    found: defaultdict[str, float] = defaultdict(float)
    texts = bare("\n".join((summary.text, *(opinion.text for opinion in summary.opinions))))
    words = split(texts)
    _add(found, words[:_EARLY_WORDS], _EARLY)
    _add(found, words[_EARLY_WORDS:], _TEXT)
    _add(found, split(_facts(summary)), _FACTS)
    for word in spellings(texts):
        found[word] = max(found[word], _FACTS)
    _add(found, title_words, _TITLE)
    for alias, times in mined.aliases.items():
        _add(found, set(split(alias)), _ALIAS * min(3, times) ** 0.5)
    for word, times in mined.contexts.items():
        found[word] += _CONTEXT * min(_CONTEXTS, times)
    return found


def _facts(summary: Summary) -> str:
    facts = (summary.prerequisites, summary.read_more, summary.hat_tip, summary.venue, summary.authors)
    return " ".join((*map(bare, facts), *summary.section, str(summary.year or "")))


def _add(found: dict[str, float], words: Iterable[str], weight: float) -> None:
    for word in words:
        found[word] += weight


def impact(weight: float, words: int, usual: float) -> float:
    """How strongly a document of that many words is about a word, from 0 to 1.

    The first occurrences count most, and the more so the shorter the text.
    """
    relative = (words + _LENGTH_OFFSET) / usual
    return weight / (weight + _SATURATION * (1 - _LENGTH_SHARE + _LENGTH_SHARE * relative))
