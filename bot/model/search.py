"""What a search is narrowed to, and what it comes to."""

import enum
from dataclasses import dataclass

from bot.model.newsletter import Headline


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What a lookup may be narrowed to; None or False leaves it open."""

    by: str | None = None
    section: str | None = None
    issue: int | None = None
    year: int | None = None
    highlight: bool = False


class Verdict(enum.StrEnum):
    """How sure a search is: one clear answer, a choice to offer, or silence."""

    ANSWER = "answer"
    CHOICES = "choices"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A summary found, and how well it fits: `score` runs from 0 to 1. `named` says
    that texts call just this summary by the very words, and more than once.
    """

    headline: Headline
    score: float
    named: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResult:
    """What a search came to, best first.

    For NOTHING the hits are the closest titles, to be offered as such.
    `problem` is a sentence about a filter that matches nothing, with the
    nearest names that exist ("No section is called robustnes. …").
    """

    verdict: Verdict
    hits: tuple[Hit, ...] = ()
    problem: str = ""
