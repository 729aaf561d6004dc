"""Everything an adapter needs to serve people."""

import random
from dataclasses import dataclass

from bot.answer import Answerer
from bot.ports import Finder, Library


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Who answers, and what completes half-typed words."""

    library: Library
    finder: Finder
    answerer: Answerer


def desk_for(library: Library, finder: Finder, rng: random.Random) -> Desk:
    """A desk over that library."""
    return Desk(library=library, finder=finder, answerer=Answerer(library, finder, rng))
