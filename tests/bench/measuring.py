"""How often a search is right, and how long it takes."""

import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median

from bot.text.folding import fold
from tests.bench.questions import Question

FIVE = 5
Ask = Callable[[str], Awaitable[Sequence[str] | None]]
"""Titles, best first; None where the search says that nothing fits."""


@dataclass
class Tally:
    """Of one kind of question: the place of the right title, from 0; None where it is not among five."""

    places: list[int | None] = field(default_factory=list)
    silent: int = 0
    milliseconds: list[float] = field(default_factory=list)

    @property
    def first(self) -> float:
        return self._share(1)

    @property
    def five(self) -> float:
        return self._share(FIVE)

    @property
    def reciprocal(self) -> float:
        """The mean reciprocal rank."""
        return sum(1 / (place + 1) for place in self.places if place is not None) / max(1, len(self.places))

    @property
    def silence(self) -> float:
        """The share that was answered with nothing."""
        return self.silent / max(1, len(self.places))

    def percentile(self, share: float) -> float:
        ordered = sorted(self.milliseconds)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0

    def _share(self, within: int) -> float:
        return sum(place is not None and place < within for place in self.places) / max(1, len(self.places))


async def measure(ask: Ask, questions: Iterable[Question], repeats: int = 1) -> dict[str, Tally]:
    """Each question's answer by kind; of several tries the middle one is timed."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    for question in questions:
        tally = tallies[question.kind]
        spent = []
        for _ in range(repeats):
            start = time.perf_counter()
            titles = await ask(question.query)
            spent.append((time.perf_counter() - start) * 1e3)
        tally.milliseconds.append(median(spent))
        tally.silent += titles is None
        folded = list(dict.fromkeys(map(fold, titles or ())))[:FIVE]
        right = (place for place, title in enumerate(folded) if title in question.accepted)
        tally.places.append(next(right, None))
    return dict(tallies)


def together(tallies: dict[str, Tally], *, without: Sequence[str] = ("off",)) -> Tally:
    """All kinds as one."""
    whole = Tally()
    for kind, tally in tallies.items():
        if kind not in without:
            whole.places += tally.places
            whole.silent += tally.silent
            whole.milliseconds += tally.milliseconds
    return whole
