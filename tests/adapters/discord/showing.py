"""Cards as they are sent to Discord, checked on the way."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from adapters.discord.custom_ids import TARGET
from adapters.discord.format import DISCORD_FORMAT
from adapters.discord.render import embed_of, payload_of, turns
from bot.cards.card import Card
from bot.cards.context import Context
from bot.cards.presenter import card_of
from bot.cards.routes import Route, View, query
from bot.lookup.answers import (
    Answer,
)
from bot.model.newsletter import Origin
from bot.model.search import Filters
from tests.adapters.discord.limits import check

NOW = datetime(2026, 1, 2, tzinfo=UTC)
BIGGEST = 2**64 - 1
"""The longest id a user can have."""


def context(length: int = 1600, **facts: Any) -> Context:
    known = {"issues": 1, "summaries": 1, "updated": NOW - timedelta(days=3), "sample": False, **facts}
    matches = query("several words of a query", Filters(by="somebody", year=2019), TARGET)
    return Context(now=NOW, origin=Origin(**known), length=length, matches=matches)


def made(answer: Answer, context: Context, route: Route = Route(view=View.TEXT)) -> Card:  # noqa: B008 - frozen
    return card_of(answer, context, route, DISCORD_FORMAT)


def described(card: Card) -> str:
    """What the embed of the card says."""
    embed = embed_of(card)
    assert embed
    return embed.description or ""


def sent(card: Card) -> None:
    """Check the message to all, to one person, and shared."""
    for private, shared in ((False, False), (True, False), (True, True)):
        check(payload_of(card, owner=BIGGEST, private=private, shared=shared))


def all_pages(answer: Answer, view: View) -> Iterator[Card]:
    """Every page of the view, as its Next leads through them; each is checked."""
    route: Route | None = Route(view=view, page=1)
    while route:
        card = made(answer, context(), route)
        sent(card)
        yield card
        route = next((each.route for each, on in turns(card) if each.label == "Next" and on), None)
