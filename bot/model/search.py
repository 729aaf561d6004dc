"""A search's filters and its result."""

import enum
from dataclasses import dataclass

from bot.model.newsletter import Headline


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Filters of a search; None or False filters nothing.

    `unreadable` is a filter as it was typed if its value means nothing, such as
    `year:soon`; it allows nothing.
    """

    by: str | None = None
    section: str | None = None
    issue: int | None = None
    year: int | None = None
    highlight: bool = False
    unreadable: str = ""


class Verdict(enum.StrEnum):
    """How sure a search is: one clear answer, a choice to offer, or nothing."""

    ANSWER = "answer"
    CHOICES = "choices"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A summary, and how well it matches: `score` is from 0 to 1. `named`: the newsletter
    uses these very words as the name of this summary alone, and more than once.
    """

    headline: Headline
    score: float
    named: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResult:
    """The hits of a search, best first.

    If the verdict is NOTHING, the hits are the closest titles; so are `doubtful` choices,
    none of which goes by all the words.
    `problem` is a sentence about a filter that matches nothing, with the
    nearest names that exist ("No section is called robustnes. …"). `issue` is the
    number of the issue whose address was asked for. `total` is how many summaries the
    filters allow, if there were no words.
    """

    verdict: Verdict
    hits: tuple[Hit, ...] = ()
    doubtful: bool = False
    problem: str = ""
    issue: int | None = None
    total: int = 0
