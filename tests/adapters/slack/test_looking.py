"""From what was typed, and from what a button says, to the card that shows it."""

import json
import random
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from adapters.slack.action_ids import decode
from adapters.slack.format import SLACK_FORMAT
from adapters.slack.payload import payload_of
from adapters.slack.preview import preview
from bot.__main__ import build_app
from bot.cards.card import Card
from bot.cards.presenter import Presenter
from bot.cards.routes import Route, View
from bot.cli import anbot
from bot.lookup.lookup import Lookup
from bot.lookup.requests import parse
from bot.model.newsletter import Issue, Opinion
from bot.model.places import Length, Preferences
from tests.adapters.slack import showing
from tests.adapters.slack.limits import check, elements
from tests.support.fakes import MemoryFinder, MemoryLibrary, summary

NOW = datetime(2026, 1, 2, tzinfo=UTC)
MESA = ("Technical AI alignment", "Mesa optimization")
RISKS = summary(
    "Mesa risks", section=MESA, text="It is risky. " * 200, opinions=(Opinion(by="Rohin", text="Yes."),)
)
LATER = summary("Mesa again", 76, section=MESA, text="More.")
BARE = summary("Something else", 76, position=2, section=("News",))


def lookup(*, sample: bool = False) -> Lookup:
    issues = (Issue(number=58, title="Mesa", summaries=(RISKS,)), Issue(number=76, summaries=(LATER, BARE)))
    library = MemoryLibrary(issues=issues, citing={LATER.key: [RISKS.key]}, sample=sample)
    return Lookup(library, MemoryFinder(library.summaries), random.Random(1))  # noqa: S311 - no secret


def presenter(*, sample: bool = False) -> Presenter:
    return Presenter(lookup(sample=sample), lambda: NOW, SLACK_FORMAT)


async def asked(text: str, preferences: Preferences | None = None) -> Card:
    return await presenter().card_for(parse(text), preferences or Preferences())


def title(card: Card) -> str:
    return payload_of(card, owner="", private=True)["text"].partition("\n")[0]


def labels(card: Card) -> list[str]:
    return showing.labels(payload_of(card, owner="", private=True))


async def test_other_matches_are_offered_only_where_there_are_some() -> None:
    assert "Other matches" in labels(await asked("/paper mesa"))
    assert "Other matches" not in labels(await asked("/paper something else"))


async def test_other_matches_lead_to_all_of_them_and_do_not_get_lost() -> None:
    (matches,) = (b.route for b in (await asked("/paper mesa")).buttons if b.label == "Other matches")
    choice = await presenter().card_at(matches, Preferences())
    assert title(choice) == "Which one?"
    assert choice.menu
    assert choice.menu.route == matches
    assert [option.value for option in choice.menu.options] == [RISKS.key, LATER.key]
    opened = await presenter().card_at(Route(view=View.OPINION, target=RISKS.key), Preferences(), matches)
    assert "Other matches" in labels(opened)


@pytest.mark.parametrize(
    ("route", "expected"),
    [
        (Route(view=View.TEXT, target=LATER.key), "Mesa again"),
        (Route(view=View.CITES, target=LATER.key), "Mesa again"),
        (Route(view=View.ISSUE, target="58"), "AN #58 — Mesa"),
        (Route(view=View.ISSUE, target="none"), "There is no AN #0 here. The nearest are below."),
        (Route(view=View.TOPIC, target="Mesa optimization"), "Technical AI alignment › Mesa optimization"),
        (Route(view=View.SECTIONS), "Sections of the newsletter"),
        (Route(view=View.TEXT, target="58-gone"), "The summary 58-gone is gone from my archive."),
    ],
)
async def test_a_button_leads_where_it_says(route: Route, expected: str) -> None:
    assert title(await presenter().card_at(route, Preferences())).startswith(expected)


async def test_every_page_can_be_turned_to_and_back() -> None:
    first = await asked("/paper mesa risks")
    assert labels(first)[0] == "Next"
    following = showing.next_of(first)
    assert following
    second = await presenter().card_at(following, Preferences())
    assert "Page 2 of" in second.footer
    assert second.body != first.body
    back = showing.next_of(second, "Previous")
    assert back
    assert (await presenter().card_at(back, Preferences())).body == first.body


async def test_a_place_that_wants_long_cards_gets_more_on_a_page() -> None:
    short = await asked("/paper mesa risks", Preferences(length=Length.SHORT))
    long = await asked("/paper mesa risks", Preferences(length=Length.LONG))
    assert "Page 1 of 4" in short.footer
    assert "Page" not in long.footer


async def test_the_sample_says_once_that_it_is_one_and_how_to_get_the_archive() -> None:
    sample = presenter(sample=True)
    notice = (await sample.card_for(parse("/an 58"), Preferences())).notice
    assert "This is a sample: 2 issues, 3 summaries" in notice[0].spans[0].text
    assert notice[1].spans[0].text.startswith("anbot index ")
    assert (await sample.card_for(parse("/an 76"), Preferences())).notice == ()


@pytest.mark.parametrize(
    ("text", "kind"),
    [("/paper mesa", "in_channel"), ("/an 5", "ephemeral"), ("/help", "ephemeral"), ("", "ephemeral")],
)
async def test_a_preview_is_the_message_as_json(text: str, kind: str) -> None:
    message = json.loads(await preview(lookup(sample=True), text, lambda: NOW))
    check(message)
    assert message["response_type"] == kind
    assert all(decode(element["action_id"]) for element in elements(message["blocks"]))


async def test_a_preview_tells_of_the_sample() -> None:
    shown = await preview(lookup(sample=True), "/an 58", lambda: NOW)
    assert "This is a sample" in shown
    assert "from the embedded sample" in shown


def test_the_command_line_prints_the_message_for_slack() -> None:
    environment = {"ANBOT_DB": "/nowhere/an.sqlite"}
    arguments = ["try", "--as", "slack", "/paper", "selection", "vs", "control", "/help"]
    result = CliRunner().invoke(anbot, arguments, obj=build_app(environment))
    first, second = json.loads("[" + result.stdout.replace("}\n{", "},{") + "]")
    for message in (first, second):
        check(message)
    assert "Selection vs Control" in first["text"]
    assert "How to ask" in second["text"]


async def test_a_query_keeps_its_filters_where_nothing_fits() -> None:
    route = Route(view=View.MATCHES, target="pizza year:2019")
    missed = await presenter().card_at(route, Preferences())
    assert missed.menu
    assert missed.menu.route == route
