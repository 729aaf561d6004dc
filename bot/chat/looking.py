"""From a request or a spot to what shows it."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from datetime import datetime
from typing import ClassVar, Final, Generic, TypeVar

from bot.answers import Answer, Choices, SampleNotice, SummaryFound
from bot.chat.context import Context
from bot.chat.spots import Spot, View, query
from bot.desk import Desk
from bot.requests import FindPaper, Request, ShowIssue, ShowSections, ShowSummary, ShowTopic, parse
from bot.types import Length, Preferences

_LENGTHS: Final = {Length.SHORT: 700, Length.NORMAL: 1600, Length.LONG: 3000}
_START: Final = Spot(view=View.TEXT)
Screen = TypeVar("Screen")


class Looking(ABC, Generic[Screen]):
    """Looks things up at a desk, and has them laid out as a place prefers it.

    `room` is how many characters of a query a button of the platform holds.
    """

    room: ClassVar[int]

    def __init__(self, desk: Desk, clock: Callable[[], datetime]) -> None:
        self.desk = desk
        self._clock = clock

    @abstractmethod
    def show(self, answer: Answer, context: Context, spot: Spot) -> Screen:
        """The platform's screen for the answer; of what has views and pages, the spot's."""

    @abstractmethod
    def notify(self, screen: Screen, notice: SampleNotice) -> Screen:
        """The screen, with what is to be said along with it."""

    async def asked(self, request: Request, held: Preferences) -> Screen:
        """What there is to show for the request."""
        reply = await self.desk.answerer.answer(request)
        matches = query(request.words, request.filters, self.room) if isinstance(request, FindPaper) else None
        if isinstance(reply.answer, SummaryFound) and not reply.answer.others:
            matches = None
        screen = self.show(reply.answer, await self.context(held, matches), _START)
        return self.notify(screen, reply.notice) if reply.notice else screen

    async def at(self, spot: Spot, held: Preferences, matches: Spot | None = None) -> Screen:
        """What a button leads to. `matches` is the query that led to its card."""
        matches = spot if spot.view is View.MATCHES else matches
        return self.show(await self._answer(spot), await self.context(held, matches), spot)

    async def context(self, held: Preferences, matches: Spot | None = None) -> Context:
        """What a card says beside its answer, in a place with those preferences."""
        return Context(
            now=self._clock(),
            origin=await self.desk.library.origin(),
            length=_LENGTHS[held.length or Length.NORMAL],
            matches=matches,
        )

    async def _answer(self, spot: Spot) -> Answer:
        reply = await self.desk.answerer.answer(_request(spot))
        if spot.view is View.MATCHES and isinstance(reply.answer, SummaryFound):
            best = reply.answer.summary.headline
            return Choices(words=spot.target, headlines=(best, *reply.answer.others))
        return reply.answer


def _request(spot: Spot) -> Request:
    match spot.view:
        case View.TEXT | View.OPINION | View.CITES | View.CITED_BY:
            return ShowSummary(key=spot.target)
        case View.ISSUE:
            return ShowIssue(number=int(spot.target) if spot.target.isdecimal() else 0)
        case View.TOPIC:
            return ShowTopic(section=spot.target, page=max(spot.page, 1))
        case View.SECTIONS:
            return ShowSections()
        case View.MATCHES:
            return parse(f"/paper {spot.target}")
