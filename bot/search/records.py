"""What the index knows of one summary: its record."""

import re
from collections import defaultdict
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
_SPOKEN: Final = re.compile(r"\b(?:podcast|axrp|episode|interview|conversation with)\b", re.IGNORECASE)


def record_of(summary: Summary, anchors: Anchors, prior: float, address: str) -> Record:
    """The record of a summary that others call so, at that canonical address."""
    folded = fold(summary.title)
    alias_words: dict[str, float] = defaultdict(float)
    for alias, times in anchors.aliases.items():
        for word in {*split(alias), *spellings(alias)}:
            alias_words[word] += times
    return Record(
        headline=summary.headline,
        folded=folded,
        title=frozenset(folded.split()) - STOP_WORDS,
        stems=f" {' '.join(stem(word) for word in folded.split() if word not in STOP_WORDS)} ",
        words=frozenset(folded.split()) | spellings(summary.title),
        names=frozenset(split(summary.authors)) | spellings(summary.authors),
        facts=_facts(summary, address),
        kind=_kind(summary, address),
        aliases="\n".join(sorted({fold(alias) for alias in anchors.aliases} - {folded, ""})),
        alias_words=dict(alias_words),
        prior=prior,
    )


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
