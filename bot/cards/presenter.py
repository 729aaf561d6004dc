"""From a request or a spot to what shows it."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from datetime import datetime
from typing import ClassVar, Final, Generic, TypeVar

from bot.cards.card import Card, CardFormat
from bot.cards.context import Context
from bot.cards.help import help_card, misunderstood_card
from bot.cards.issue import issue_card
from bot.cards.lists import (
    choices_card,
    gone_card,
    issue_unknown_card,
    not_found_card,
    section_choices_card,
    section_unknown_card,
    sections_card,
    topic_card,
)
from bot.cards.routes import Route, View, query
from bot.cards.summary import summary_card
from bot.lookup.answers import (
    Answer,
    Choices,
    Help,
    IssueFound,
    IssueUnknown,
    Misunderstood,
    NotFound,
    SampleNotice,
    SectionChoices,
    Sections,
    SectionUnknown,
    SummaryFound,
    SummaryGone,
    TopicPage,
)
from bot.lookup.lookup import Lookup
from bot.lookup.requests import FindPaper, Request, ShowIssue, ShowSections, ShowSummary, ShowTopic, parse
from bot.model.places import Length, Preferences

_LENGTHS: Final = {Length.SHORT: 700, Length.NORMAL: 1600, Length.LONG: 3000}
_START: Final = Route(view=View.TEXT)
Screen = TypeVar("Screen")


class Presenter(ABC, Generic[Screen]):
    """Looks things up at a desk, and has them laid out as a place prefers it.

    `room` is how many characters of a query a button of the platform holds.
    """

    room: ClassVar[int]

    def __init__(self, lookup: Lookup, clock: Callable[[], datetime]) -> None:
        self.lookup = lookup
        self._clock = clock

    @abstractmethod
    def show(self, answer: Answer, context: Context, route: Route) -> Screen:
        """The platform's screen for the answer; of what has views and pages, the spot's."""

    @abstractmethod
    def notify(self, screen: Screen, notice: SampleNotice) -> Screen:
        """The screen, with what is to be said along with it."""

    async def asked(self, request: Request, held: Preferences) -> Screen:
        """What there is to show for the request."""
        reply = await self.lookup.answer(request)
        matches = query(request.words, request.filters, self.room) if isinstance(request, FindPaper) else None
        if isinstance(reply.answer, SummaryFound) and not reply.answer.others:
            matches = None
        screen = self.show(reply.answer, await self.context(held, matches), _START)
        return self.notify(screen, reply.notice) if reply.notice else screen

    async def at(self, route: Route, held: Preferences, matches: Route | None = None) -> Screen:
        """What a button leads to. `matches` is the query that led to its card."""
        matches = route if route.view is View.MATCHES else matches
        return self.show(await self._answer(route), await self.context(held, matches), route)

    async def context(self, held: Preferences, matches: Route | None = None) -> Context:
        """What a card says beside its answer, in a place with those preferences."""
        return Context(
            now=self._clock(),
            origin=await self.lookup.library.origin(),
            length=_LENGTHS[held.length or Length.NORMAL],
            matches=matches,
        )

    async def _answer(self, route: Route) -> Answer:
        reply = await self.lookup.answer(_request(route))
        if route.view is View.MATCHES and isinstance(reply.answer, SummaryFound):
            best = reply.answer.summary.headline
            return Choices(words=route.target, headlines=(best, *reply.answer.others))
        return reply.answer


def _request(route: Route) -> Request:
    match route.view:
        case View.TEXT | View.OPINION | View.CITES | View.CITED_BY:
            return ShowSummary(key=route.target)
        case View.ISSUE:
            return ShowIssue(number=int(route.target) if route.target.isdecimal() else 0)
        case View.TOPIC:
            return ShowTopic(section=route.target, page=max(route.page, 1))
        case View.SECTIONS:
            return ShowSections()
        case View.MATCHES:
            return parse(f"/paper {route.target}")


def card_of(answer: Answer, context: Context, route: Route, card_format: CardFormat) -> Card:  # noqa: C901, PLR0911 - one case a meaning
    """What is told for the answer; of what has views and pages, the spot's."""
    match answer:
        case SummaryFound():
            return summary_card(answer, route, context, card_format)
        case IssueFound():
            return issue_card(answer, route.page, context, card_format)
        case TopicPage():
            return topic_card(answer, context, card_format)
        case Sections():
            return sections_card(answer, route.page, context, card_format)
        case Choices():
            return choices_card(answer, context, card_format)
        case NotFound():
            return not_found_card(answer, context, card_format)
        case IssueUnknown():
            return issue_unknown_card(answer)
        case SummaryGone():
            return gone_card(answer, card_format)
        case SectionChoices():
            return section_choices_card(answer, card_format)
        case SectionUnknown():
            return section_unknown_card(answer, card_format)
        case Help():
            return help_card(answer, card_format)
        case Misunderstood():
            return misunderstood_card(answer, card_format)
