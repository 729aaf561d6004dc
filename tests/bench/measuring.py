"""How often a search is right, and how long it takes."""

import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median

from bot.text.folding import fold
from tests.bench.questions import Question

FIVE = 5


@dataclass(frozen=True, slots=True)
class Asked:
    """What a search listed, best first; `sure` if it gave the first as the answer, `silent` if it said
    that nothing fits, `doubtful` if it offered a choice and said that perhaps nothing does.
    """

    titles: Sequence[str]
    sure: bool = False
    silent: bool = False
    doubtful: bool = False


Ask = Callable[[str], Awaitable[Asked]]


@dataclass
class Tally:
    """Of one kind of question: the place of the right title, from 0; None if it is not among five.

    `absent` counts questions that no summary answers, `absent_answered` those answered all the same,
    `absent_told` those told that the work is not there, or perhaps not.
    """

    places: list[int | None] = field(default_factory=list)
    silent: int = 0
    sure_but_wrong: int = 0
    choices: int = 0
    absent: int = 0
    absent_answered: int = 0
    absent_told: int = 0
    milliseconds: list[float] = field(default_factory=list)

    def note(self, titles: Sequence[str], question: Question, *, sure: bool, choices: bool) -> None:
        """Count one answer."""
        folded = list(dict.fromkeys(map(fold, titles)))[:FIVE]
        place = next((at for at, title in enumerate(folded) if title in question.accepted), None)
        self.places.append(place)
        self.choices += choices
        self.sure_but_wrong += sure and place != 0

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
        return self.silent / max(1, len(self.places), self.absent)

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
            asked = await ask(question.query)
            spent.append((time.perf_counter() - start) * 1e3)
        tally.milliseconds.append(median(spent))
        silent, sure = asked.silent or not asked.titles, asked.sure and bool(asked.titles)
        tally.silent += silent
        if not question.accepted:
            tally.absent += 1
            tally.absent_answered += sure
            tally.absent_told += silent or asked.doubtful
            if question.kind != "off":
                continue
        tally.note(asked.titles, question, sure=sure, choices=not silent and not sure)
    return dict(tallies)


def together(tallies: dict[str, Tally], *, without: Sequence[str] = ("off",)) -> Tally:
    """All kinds as one."""
    whole = Tally()
    for kind, tally in tallies.items():
        if kind not in without:
            whole.places += tally.places
            whole.silent += tally.silent
            whole.sure_but_wrong += tally.sure_but_wrong
            whole.choices += tally.choices
            whole.absent += tally.absent
            whole.absent_answered += tally.absent_answered
            whole.absent_told += tally.absent_told
            whole.milliseconds += tally.milliseconds
    return whole
