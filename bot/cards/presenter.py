"""From a request or a route to the card that answers it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Final

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
from bot.pictures import Picture, Pictures
from bot.text.rich_text import Block, Span, plain_block

_LENGTHS: Final = {Length.SHORT: 700, Length.NORMAL: 1600, Length.LONG: 3000}
PICTURED: Final = frozenset({View.CITES, View.CITED_BY, View.TOPIC})
"""Views of which there may be pictures."""
_START: Final = Route(view=View.TEXT)


class Presenter:
    """Looks things up, and makes the card that answers."""

    def __init__(
        self,
        lookup: Lookup,
        clock: Callable[[], datetime],
        card_format: CardFormat,
        pictures: Pictures | None = None,
    ) -> None:
        """`pictures` are put on cards; None for a platform that shows none, or shows them later."""
        self.lookup = lookup
        self._pictures = pictures
        self._clock = clock
        self._format = card_format

    async def card_for(self, request: Request, preferences: Preferences) -> Card:
        """The card that answers the request, as the place prefers it."""
        answered = await self.lookup.answer(request)
        answer = answered.answer
        matches = None
        if isinstance(request, FindPaper) and not (isinstance(answer, SummaryFound) and not answer.others):
            matches = query(request.words, request.filters, self._format.target)
        card = card_of(answer, await self.context(preferences, matches), _START, self._format)
        card = await self._pictured(card)
        return replace(card, notice=sample_notice(answered.notice)) if answered.notice else card

    async def card_at(self, route: Route, preferences: Preferences, matches: Route | None = None) -> Card:
        """The card that a button leads to. `matches` is the query that led to the button's card."""
        matches = route if route.view is View.MATCHES else matches
        context = await self.context(preferences, matches)
        return await self._pictured(card_of(await self._answer(route), context, route, self._format))

    async def context(self, preferences: Preferences, matches: Route | None = None) -> Context:
        """What a card says beside its answer, in a place with those preferences."""
        return Context(
            now=self._clock(),
            origin=await self.lookup.library.origin(),
            length=_LENGTHS[preferences.length or Length.NORMAL],
            matches=matches,
        )

    async def _pictured(self, card: Card) -> Card:
        """The card with its picture, if there is one."""
        if self._pictures is None:
            return card
        return replace(card, picture=await picture_of(card, self._pictures))

    async def _answer(self, route: Route) -> Answer:
        answer = (await self.lookup.answer(_request(route))).answer
        if route.view is View.MATCHES and isinstance(answer, SummaryFound):
            best = answer.summary.headline
            return Choices(words=route.target, headlines=(best, *answer.others))
        return answer


async def picture_of(card: Card, pictures: Pictures) -> Picture | None:
    """What the card lists, drawn; None if there is nothing to draw."""
    if not card.route or card.route.view not in PICTURED:
        return None
    if card.route.view is View.TOPIC:
        return await pictures.years(card.section)
    return await pictures.around(card.route.target)


def sample_notice(notice: SampleNotice) -> tuple[Block, ...]:
    """That the embedded sample answers, and how to get the archive."""
    what = f"{notice.issues} issues, {notice.summaries} summaries retold in our own words"
    sentence = f"This is a sample: {what}. Whoever runs the bot gets the real archive with:"
    return (plain_block(sentence), Block(spans=(Span(text=notice.fetch),), close=True, fenced=True))


def _request(route: Route) -> Request:
    match route.view:
        case View.TEXT | View.OPINION | View.CITES | View.CITED_BY:
            return ShowSummary(key=route.target)
        case View.ISSUE:
            return ShowIssue(number=int(route.target) if route.target.isdecimal() else 0)
        case View.TOPIC:
            return ShowTopic(section=route.target, page=max(route.page, 1))
        case View.SECTIONS:
            return ShowSections(page=max(route.page, 1))
        case View.MATCHES:
            request = parse(f"/paper {route.target}")
            return replace(request, page=max(route.page, 1)) if isinstance(request, FindPaper) else request


def card_of(answer: Answer, context: Context, route: Route, card_format: CardFormat) -> Card:  # noqa: C901, PLR0911 - one case a meaning
    """The card for the answer, in the view and on the page of the route."""
    match answer:
        case SummaryFound():
            return summary_card(answer, route, context, card_format)
        case IssueFound():
            return issue_card(answer, route.page, context, card_format)
        case TopicPage():
            return topic_card(answer, context, card_format)
        case Sections():
            return sections_card(answer, context, card_format)
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
