"""Cards as they are sent, checked on the way; what can be used of them."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from adapters.slack.action_ids import TARGET, decode
from adapters.slack.format import SLACK_FORMAT
from adapters.slack.payload import Message, modal_of, payload_of
from adapters.slack.render import blocks_of
from bot.cards import presenter
from bot.cards.card import Card
from bot.cards.context import Context
from bot.cards.routes import Route, View, query
from bot.lookup.answers import Answer
from bot.model.newsletter import Origin
from bot.model.search import Filters
from tests.adapters.slack.limits import check, check_view, elements

NOW = datetime(2026, 1, 2, tzinfo=UTC)
ALICE = "U0123456789"


def context(length: int = 1600, *, matches: bool = True, **facts: Any) -> Context:
    known = {"issues": 1, "summaries": 1, "updated": NOW - timedelta(days=3), "sample": False, **facts}
    led = query("several words of a query", Filters(by="somebody", year=2019), TARGET) if matches else None
    return Context(now=NOW, origin=Origin(**known), length=length, matches=led)


def card_of(answer: Answer, shown: Context, route: Route = Route(view=View.TEXT)) -> Card:  # noqa: B008 - frozen
    return presenter.card_of(answer, shown, route, SLACK_FORMAT)


def sent(card: Card) -> Message:
    """Check the message to all, to one person, and shared; the first comes back."""
    messages = [
        payload_of(card, owner=ALICE, private=private, shared=shared)
        for private, shared in ((False, False), (True, False), (True, True), (False, True))
    ]
    for message in messages:
        check(message)
    check_view(modal_of(card, owner=ALICE))
    return messages[0]


def once(card: Card) -> Message:
    """Check the message to all."""
    message = payload_of(card, owner=ALICE, private=False)
    check(message)
    return message


def labels(message: Message) -> list[str]:
    return [e["text"]["text"] for e in elements(message["blocks"]) if e["type"] == "button"]


def options(message: Message) -> list[str]:
    return [o["value"] for e in elements(message["blocks"]) for o in e.get("options", ())]


def all_pages(answer: Answer, view: View = View.TEXT) -> Iterator[Card]:
    """Every page of the view, as its Next leads through them."""
    route: Route | None = Route(view=view, page=1)
    while route:
        card = card_of(answer, context(700 if view is View.OPINION else 1600), route)
        yield card
        route = next_of(card)


def next_of(card: Card, label: str = "Next") -> Route | None:
    """The route of the button of that label."""
    ids = {
        element["text"]["text"]: element["action_id"]
        for element in elements(list(blocks_of(card, owner="", private=True, shared=True)))
        if element["type"] == "button"
    }
    action = decode(ids.get(label, ""))
    return action.route if action else None
