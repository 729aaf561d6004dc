"""From a request or a spot to the screen that shows it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Final

from adapters.slack.context import Context
from adapters.slack.render import screen_of
from adapters.slack.screens import Screen
from adapters.slack.spots import Spot, View, query
from bot.answers import Answer, Choices, SampleNotice, SummaryFound
from bot.desk import Desk
from bot.requests import FindPaper, Request, ShowIssue, ShowSections, ShowSummary, ShowTopic, parse
from bot.spans import Block, Span, plain_block
from bot.types import Length, Preferences

_LENGTHS: Final = {Length.SHORT: 700, Length.NORMAL: 1600, Length.LONG: 3000}


class Looking:
    """Looks things up at a desk, and lays them out as a place prefers it."""

    def __init__(self, desk: Desk, clock: Callable[[], datetime]) -> None:
        self.desk = desk
        self._clock = clock

    async def asked(self, request: Request, held: Preferences) -> Screen:
        """What there is to show for the request."""
        reply = await self.desk.answerer.answer(request)
        matches = query(request.words, request.filters) if isinstance(request, FindPaper) else None
        if isinstance(reply.answer, SummaryFound) and not reply.answer.others:
            matches = None
        screen = screen_of(reply.answer, await self._context(held, matches))
        return replace(screen, notice=_told(reply.notice)) if reply.notice else screen

    async def at(self, spot: Spot, held: Preferences, matches: Spot | None = None) -> Screen:
        """What a button leads to. `matches` is the query that led to its card."""
        matches = spot if spot.view is View.MATCHES else matches
        answer = await self._answer(spot)
        return screen_of(answer, await self._context(held, matches), spot)

    async def _context(self, held: Preferences, matches: Spot | None) -> Context:
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


def _told(notice: SampleNotice) -> tuple[Block, ...]:
    what = f"{notice.issues} issues, {notice.summaries} summaries retold in our own words"
    told = f"This is a sample: {what}. Who runs me gets the real archive with:"
    return (plain_block(told), Block(spans=(Span(text=notice.fetch),), close=True, fenced=True))
