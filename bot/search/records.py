"""What the index knows of one summary: its record."""

import re
from collections import Counter
from typing import Final

from bot.model.newsletter import Summary
from bot.search.anchors import Anchors
from bot.search.stored import Record
from bot.search.tokens import FILLERS, STOP_WORDS, spellings, split, stem
from bot.text.folding import fold

_COMMON_VENUES: Final = (
    STOP_WORDS
    | FILLERS
    | {
        *("ai", "alignment", "forum", "arxiv", "lesswrong", "website", "author", "s", "n", "1", "2"),
        *("conference", "proceedings", "workshop", "international"),
    }
)
_PAPERS: Final = frozenset({"arxiv", "openreview", "doi", "neurips", "mlr"})
_POSTS: Final = frozenset({"post", "ea-post", "sequence", "medium"})
# What a match of a word outside the title is worth, and how well it matches:
_AUTHOR: Final = (0.9, 1.0)
_FACT: Final = (0.6, 0.85)
_ALIAS: Final = (0.88, 0.9)
_RARE_ALIAS: Final = 0.8
"""Relative to an alias used three times or more."""
_OFTEN: Final = 3
_SPOKEN: Final = re.compile(r"\b(?:podcast|axrp|episode|interview|conversation with)\b", re.IGNORECASE)


def record_of(summary: Summary, anchors: Anchors, prior: float, address: str) -> Record:
    """The record of a summary that others call so, at that canonical address."""
    folded = fold(summary.title)
    words = frozenset(folded.split()) | spellings(summary.title)
    elsewhere = {
        **_alias_words(anchors),
        **dict.fromkeys(_facts(summary, address), _FACT),
        **dict.fromkeys((*split(summary.authors), *spellings(summary.authors)), _AUTHOR),
    }
    return Record(
        headline=summary.headline,
        folded=folded,
        title=frozenset(folded.split()) - STOP_WORDS,
        stems=f" {' '.join(stem(word) for word in folded.split() if word not in STOP_WORDS)} ",
        words=words,
        elsewhere={word: worth for word, worth in elsewhere.items() if word not in words},
        kind=_kind(summary, address),
        aliases="\n".join(sorted({fold(alias) for alias in anchors.aliases} - {folded, ""})),
        prior=prior,
    )


def _alias_words(anchors: Anchors) -> dict[str, tuple[float, float]]:
    """Words of what others call it, worth more the more often they do."""
    times: Counter[str] = Counter()
    for alias, used in anchors.aliases.items():
        for word in {*split(alias), *spellings(alias)}:
            times[word] += used
    worth, quality = _ALIAS
    return {
        word: (worth * (_RARE_ALIAS + (1 - _RARE_ALIAS) * min(1, used / _OFTEN)), quality)
        for word, used in times.items()
    }


def _kind(summary: Summary, address: str) -> str:
    """Whether it is a book or a podcast, or its main link a paper's or a post's."""
    if summary.venue.lower() == "book":
        return "book"
    if _SPOKEN.search(summary.title):
        return "podcast"
    name, colon, _ = address.partition(":")
    if (name in _PAPERS and colon) or address.endswith(".pdf"):
        return "paper"
    if name in _POSTS if colon else "/blog/" in address or "/posts/" in address:
        return "post"
    return ""


def _facts(summary: Summary, address: str) -> frozenset[str]:
    """Its year, and the words of its venue and of its site's name that tell it apart."""
    site, colon, _ = address.partition("/")[0].partition(":")
    names = () if colon else site.split(".")[:-1]
    return (frozenset(split(summary.venue)) | frozenset(names)) - _COMMON_VENUES | {
        str(summary.year or "")
    } - {""}
