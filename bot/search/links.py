"""Markdown links in a newsletter's text: what they say and where they point."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_LINK: Final = re.compile(r"\[(?P<text>[^\[\]]{1,300})\]\((?P<url>https?://(?:[^()\s]|\([^()\s]*\))*)\)")
_AROUND: Final = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """`text` pointing at `url`, and the words around it, about a sentence."""

    text: str
    url: str
    around: str


def links_in(markdown: str) -> Iterator[Link]:
    """The links of a text, in its order."""
    for match in _LINK.finditer(markdown):
        before = bare(markdown[max(0, match.start() - _AROUND) : match.start()])
        after = bare(markdown[match.end() : match.end() + _AROUND])
        yield Link(text=match["text"].strip(), url=match["url"], around=f"{before} {match['text']} {after}")


def bare(markdown: str) -> str:
    """The text with its links' words and without their addresses.

    >>> bare("as [this](https://a.example/(b)) shows")
    'as this shows'
    """
    return _LINK.sub(lambda match: match["text"], markdown)
