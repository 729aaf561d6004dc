"""Lookups that say how they ended."""

import logging
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bot.lookup.answers import (
    Answer,
    Answered,
    Choices,
    Help,
    IssueFound,
    SectionChoices,
    Sections,
    SummaryFound,
    TopicPage,
)
from bot.lookup.lookup import Lookup
from bot.lookup.requests import (
    FindPaper,
    Request,
    ShowHelp,
    ShowIssue,
    ShowLatest,
    ShowRandom,
    ShowSections,
    ShowSummary,
    ShowTopic,
    Unclear,
)
from bot.model.search import Verdict
from bot.ports import Finder, Library

log: Final = logging.getLogger("anbot.lookup")

KINDS: Final = {
    ShowIssue: "issue",
    ShowLatest: "latest",
    ShowRandom: "random",
    FindPaper: "paper",
    ShowSummary: "summary",
    ShowTopic: "topic",
    ShowSections: "sections",
    ShowHelp: "help",
    Unclear: "unclear",
}
"""What kind each request is of."""
_ANSWERS: Final = (SummaryFound, IssueFound, TopicPage, Sections, Help)


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """A lookup that ended: of one of `KINDS`, after `seconds`."""

    request: Request
    verdict: Verdict
    seconds: float

    @property
    def kind(self) -> str:
        """What it was asked for."""
        return KINDS[type(self.request)]


class ObservedLookup(Lookup):
    """A Lookup that tells an observer of each request."""

    def __init__(
        self,
        library: Library,
        finder: Finder,
        rng: random.Random,
        ticks: Callable[[], float],
        observe: Callable[[Observed], None],
    ) -> None:
        super().__init__(library, finder, rng)
        self._ticks = ticks
        self._observe = observe

    async def answer(self, request: Request) -> Answered:
        """The answer to the request."""
        began = self._ticks()
        answered = await super().answer(request)
        verdict = _verdict(answered.answer)
        self._observe(Observed(request=request, verdict=verdict, seconds=self._ticks() - began))
        return answered


def log_lookup(observed: Observed) -> None:
    """Log a lookup with the words of whoever asked."""
    request, seconds = repr(observed.request), observed.seconds
    log.info("%s: %s in %.1f ms", request, observed.verdict, 1000 * seconds)


def _verdict(answer: Answer) -> Verdict:
    if isinstance(answer, _ANSWERS):
        return Verdict.ANSWER
    return Verdict.CHOICES if isinstance(answer, Choices | SectionChoices) else Verdict.NOTHING
