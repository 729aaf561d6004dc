"""What an address in a query leads to: summaries, an issue, what a page is part of, the title in its path."""

import re
from collections.abc import Sequence
from typing import Final

from rapidfuzz import fuzz

from bot.model.newsletter import Headline
from bot.search.index import Index
from bot.search.tokens import split
from bot.text.folding import fold
from bot.text.moved import also_at

_ISSUE_SLUG: Final = re.compile(r"/(?:an|alignment-newsletter)-(\d{1,4})(?:-[\w-]*)?$")
_HOST: Final = re.compile(r"www\.\S+|[\w.-]+\.(?:com|org|net|io|edu|gov|co|uk|eu|blog)", re.IGNORECASE)
"""A bare host is an address, though none of a summary."""
_ID: Final = re.compile(r"-[0-9a-f]{8,}\b|[?#].*")
"""What an address has besides the title."""
_SLUG_WORDS: Final = 3
_SLUG_CUT: Final = 5
"""Fewer words of a path begin a title by chance."""
_SLUG_FIT: Final = 90
_PARENT: Final = 2
"""Fewest steps of a path below which a page is part of another."""


def is_address(text: str, canonical: str) -> bool:
    """Whether the text is meant as an address and not as words, "GPT-2.5" or "node.js"."""
    return "/" in text or ":" in canonical or _HOST.fullmatch(text) is not None


def documents_at(address: str, index: Index) -> list[int]:
    """Documents at any of the thing's canonical addresses."""
    return list(dict.fromkeys(each for at in (address, *also_at(address)) for each in index.at(at)))


def issue_at(address: str, text: str, index: Index) -> int | None:
    """The issue whose canonical address it is, or whose copy: "…/an-58-mesa-optimization-what-it-is"."""
    number = index.issue_at(address)
    slug = _ISSUE_SLUG.search(text.partition("?")[0].rstrip("/ "))
    if number is None and slug and index.faceted("an", slug[1]):
        return int(slug[1])
    return number


def parents_of(address: str, index: Index) -> Sequence[int]:
    """Documents that a page is part of: one article of a thread, a chapter of a book."""
    host, *path = address.split("/")
    if ":" in host or len(path) <= _PARENT:
        return ()
    return documents_at("/".join((host, *path[:-1])), index)


def title_in(text: str) -> str:
    """The words of the longest part of the address's path, "" if they are too few for a title.

    >>> title_in("https://medium.example/some-kettles-explained-0123456789ab?x=y")
    'some kettles explained'
    """
    _, *path = text.rsplit("://", maxsplit=1)[-1].split("/")
    words = max((split(_ID.sub("", part)) for part in path), key=len, default=[])
    return " ".join(words) if len(words) >= _SLUG_WORDS else ""


def is_copy_of(title: str, headline: Headline) -> bool:
    """Whether the title in an address is that of the headline or its beginning: a copy elsewhere."""
    whole = fold(headline.title)
    cut = len(title.split()) >= _SLUG_CUT and whole.startswith(f"{title} ")
    return cut or fuzz.ratio(title, whole) >= _SLUG_FIT
