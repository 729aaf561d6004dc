"""Term weights: how much a summary is about each of its words."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from bot.model.newsletter import Summary
from bot.search.anchors import Anchors, bare
from bot.search.tokens import spellings, split

_TITLE: Final = 4.0
_ALIAS: Final = 2.0
_EARLY: Final = 2.0
_EARLY_WORDS: Final = 60
_TEXT: Final = 1.0
_CONTEXT: Final = 0.35
_CONTEXTS: Final = 4
_FACTS: Final = 0.7
_SATURATION: Final = 0.8
_LENGTH_SHARE: Final = 0.6
_LENGTH_OFFSET: Final = 20


def length(summary: Summary) -> int:
    """About how many words its texts have."""
    return len(summary.text.split()) + sum(len(opinion.text.split()) for opinion in summary.opinions)


def texts_of(summary: Summary) -> str:
    """Its text and opinions without the addresses of links."""
    return bare("\n".join((summary.text, *(opinion.text for opinion in summary.opinions))))


def weights(
    summary: Summary, texts: str, words: Sequence[str], anchors: Anchors, title_words: Iterable[str]
) -> dict[str, float]:
    """Occurrences of each word, weighted by field: title, aliases, opening, `texts` with their `words`,
    contexts of links to it, facts.
    """
    totals: defaultdict[str, float] = defaultdict(float)
    _add(totals, words[:_EARLY_WORDS], _EARLY)
    _add(totals, words[_EARLY_WORDS:], _TEXT)
    _add(totals, split(_facts(summary)), _FACTS)
    for word in spellings(texts):
        totals[word] = max(totals[word], _FACTS)
    _add(totals, title_words, _TITLE)
    for alias, times in anchors.aliases.items():
        _add(totals, set(split(alias)), _ALIAS * min(3, times) ** 0.5)
    for word, times in anchors.contexts.items():
        totals[word] += _CONTEXT * min(_CONTEXTS, times)
    return totals


def _facts(summary: Summary) -> str:
    facts = (summary.prerequisites, summary.read_more, summary.hat_tip, summary.venue, summary.authors)
    return " ".join((*map(bare, facts), *summary.section, str(summary.year or "")))


def _add(totals: dict[str, float], words: Iterable[str], weight: float) -> None:
    for word in words:
        totals[word] += weight


def half_weight(summary: Summary, usual: float) -> float:
    """The weight at which a word's impact is a half of 1, more in longer summaries.

    The impact, weight / (weight + half), is the saturating term frequency of BM25, normalized by length.
    """
    relative = (length(summary) + _LENGTH_OFFSET) / usual
    return _SATURATION * (1 - _LENGTH_SHARE + _LENGTH_SHARE * relative)
