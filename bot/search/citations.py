"""Citations as people write them: "Hubinger et al. 2019", "(Christiano, 2018)", "Turner, A. (2021)"."""

import re
from typing import Final, NamedTuple

from bot.search.index import Index
from bot.search.tokens import split

SEVERAL: Final = 3
"""As many authors "et al." counts for, or more."""
_ET_AL: Final = re.compile(r"\bet\.?\s+al\b")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_INITIALS: Final = re.compile(r",?\s+(?:[A-Z]\.[\s-]?)+|\b(?:[A-Z]\.[\s-]?)+(?=[A-Z])")
_NAME: Final = r"[A-Z][\w'’-]+"
_CITED: Final = re.compile(
    rf"\W*(?P<names>{_NAME}(?:(?:,| and| &|, and|, &) {_NAME})*),? ?\(?{_YEAR.pattern}[a-z]?\W*"
)
_BETWEEN: Final = re.compile(r", and |, & |, | and | & ")


class Citation(NamedTuple):
    """A text without authors' initials, and how many `authors` it cites: SEVERAL at most, 0 of no citation."""

    text: str
    authors: int


def citation(text: str, index: Index) -> Citation:
    """The text as a citation, if it is one of somebody who wrote something."""
    if _ET_AL.search(text):
        return Citation(text, SEVERAL)
    if not _YEAR.search(text):
        return Citation(text, 0)
    bare = _INITIALS.sub(" ", text)
    match = _CITED.fullmatch(bare)
    names = _BETWEEN.split(match["names"]) if match else []
    if not names or not any(index.faceted("by", part) for part in split(names[0])):
        return Citation(text, 0)
    return Citation(bare, min(len(names), SEVERAL))
