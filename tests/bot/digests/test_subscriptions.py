"""What members do to subscriptions, and what they are answered."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.cards.card import Card
from bot.digests.subscriptions import Existing
from bot.digests.timezone_names import timezones_like
from bot.model.digests import Digest, DigestKind, DigestOptions, WeeklySlot
from bot.model.places import Place
from bot.ports import SourceState
from tests.bot.digests.scene import ADA, HERE, MONDAY, Scene, issue

THERE = Place(platform="fake", server="1", channel="11")
ELSEWHERE = Place(platform="fake", server="2", channel="10")
CLUB = DigestOptions(kind=DigestKind.CLUB, slot=MONDAY, start=2)


def words(card: Card | Digest | Existing) -> str:
    assert isinstance(card, Card)
    return "\n".join(block.text for block in card.body)


def title(card: Card | Existing) -> str:
    """The title of a card that says that something was done."""
    assert isinstance(card, Card)
    assert not card.missed
    return card.title


async def test_what_was_asked_for_is_told_with_what_comes_next(place: Scene) -> None:
    card = await place.lookup.subscribe(HERE, replace(CLUB, highlights=True, thread=True), ADA)
    assert title(card) == "Subscribed"
    assert words(card).splitlines() == [
        "Reading club · Mondays at 09:00 Europe/London",
        "next: Monday 23 November 09:00 Europe/London, in 3 days, from AN #2",
        "highlights only · as headlines · in a thread",
        "Asked for by Ada",
    ]


async def test_a_second_of_a_kind_asks_and_changes_only_when_told_to(place: Scene) -> None:
    await place.subscribe()
    asked = await place.lookup.subscribe(HERE, DigestOptions(full=True), ADA)
    assert isinstance(asked, Existing)
    assert words(place.lookup.question(asked, "token")).splitlines() == [
        "This channel has one already. Do you want to change it?",
        "When: as each appears",
        "Entries: all",
        "Sections: all",
        "Texts: headlines → whole texts",
        "Place: in the channel",
        "Mentions: nobody",
    ]
    again = await place.lookup.subscribe(HERE, DigestOptions(), ADA)
    assert title(again) == "Subscribed already"
    assert not (await place.store.subscriptions.of(HERE))[0].options.full
    assert title(await place.lookup.subscribe(HERE, DigestOptions(full=True), ADA, change=True)) == "Changed"
    (only,) = await place.store.subscriptions.of(HERE)
    assert only.options.full
    assert title(await place.lookup.subscribe(HERE, CLUB, ADA)), "another kind is another subscription"


async def test_a_change_keeps_a_club_where_it_was(place: Scene) -> None:
    await place.subscribe(replace(CLUB, start=1))
    place.later(weeks=1)
    await place.look()
    await place.lookup.subscribe(HERE, replace(CLUB, start=1, full=True), ADA, change=True)
    (changed,) = await place.store.subscriptions.of(HERE)
    assert changed.upcoming == 2
    await place.lookup.subscribe(HERE, replace(CLUB, start=3), ADA, change=True)
    (moved,) = await place.store.subscriptions.of(HERE)
    assert moved.upcoming == 3


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        (DigestOptions(kind=DigestKind.CLUB), "needs a day"),
        (
            DigestOptions(slot=WeeklySlot(weekday=0, hour=9, timezone="Europe/Lundon")),
            "Did you mean Europe/London",
        ),
        (DigestOptions(slot=WeeklySlot(weekday=0, hour=24, timezone="UTC")), "from 0 to 23"),
        (DigestOptions(slot=WeeklySlot(weekday=7, hour=1, timezone="UTC")), "Monday to Sunday"),
        (replace(CLUB, start=99), "the newest is AN #3"),
        (DigestOptions(sections=("Mesa optimisation",)), "The nearest: “Mesa optimization”"),
    ],
)
async def test_what_cannot_be_is_told_with_what_to_do(
    place: Scene, options: DigestOptions, problem: str
) -> None:
    answer = await place.lookup.subscribe(HERE, options, ADA)
    assert isinstance(answer, Card)
    assert answer.missed
    assert problem in words(answer)
    assert await place.store.subscriptions.of(HERE) == []


async def test_sections_go_by_any_spelling_and_narrow_what_is_posted(place: Scene) -> None:
    made = await place.subscribe(DigestOptions(sections=("mesa OPTIMIZATION",)))
    assert made.options.sections == ("Mesa optimization",)
    place.issues.append(issue(4, entries=6))
    place.platform.room = 4000
    await place.settled()
    shown = await place.lookup.preview(HERE, None)
    assert isinstance(shown, Digest)
    (part,) = place.platform.parts(shown)
    assert [headline.title for headline in part.headlines] == ["Paper 1 of 4", "Paper 3 of 4", "Paper 5 of 4"]


async def test_a_list_is_of_the_channel_or_the_server_and_never_of_another(place: Scene) -> None:
    await place.subscribe()
    await place.subscribe(CLUB, THERE)
    server = replace(HERE, channel="")
    assert words(await place.reports.list(HERE)).startswith("New issues · as each appears")
    listed = words(await place.reports.list(server)).splitlines()
    assert [line.split(" · ")[:2] for line in listed] == [["10", "New issues"], ["11", "Reading club"]]
    assert "no digest" in words(await place.reports.list(ELSEWHERE))
    assert (await place.lookup.stop(ELSEWHERE, None)).missed
    assert len(await place.store.subscriptions.all()) == 2


async def test_a_pause_by_hand_leaves_out_what_appears_meanwhile(place: Scene) -> None:
    await place.subscribe()
    assert (await place.lookup.pause(HERE, None)).title == "Paused"
    place.issues.append(issue(4))
    await place.settled()
    assert (await place.lookup.pause(HERE, None)).title == "Paused already"
    assert (await place.lookup.resume(HERE, None)).title == "Resumed"
    await place.settled()
    assert place.platform.names == []
    place.issues.append(issue(5))
    await place.settled()
    assert place.platform.names


async def test_what_is_stopped_is_owed_nothing(place: Scene) -> None:
    await place.subscribe()
    place.issues.append(issue(4))
    place.platform.closed.add("10")
    await place.look()
    assert not (await place.lookup.stop(HERE, None)).missed
    place.platform.closed.clear()
    await place.settled()
    assert place.platform.names == []
    assert (await place.lookup.stop(HERE, None)).missed


async def test_with_two_it_has_to_be_said_which(place: Scene) -> None:
    await place.subscribe()
    await place.lookup.subscribe(HERE, CLUB, ADA)
    assert "news or club" in words(await place.lookup.pause(HERE, None))
    assert not (await place.lookup.pause(HERE, DigestKind.CLUB)).missed
    reasons = {each.options.kind: each.paused for each in await place.store.subscriptions.of(HERE)}
    assert reasons == {DigestKind.NEWS: "", DigestKind.CLUB: "a member paused it"}


async def test_the_log_tells_what_was_posted_and_what_was_not(place: Scene) -> None:
    assert "Nothing was posted" in words(await place.reports.log(HERE))
    await place.subscribe()
    place.issues.append(issue(4))
    await place.look()
    assert "2026-11-20 12:00 UTC · AN #4 — Title 4 · posted in 2 parts" in words(
        await place.reports.log(HERE)
    )
    assert "posted in" not in words(await place.reports.log(THERE))


async def test_the_log_goes_back_half_a_year(place: Scene) -> None:
    await place.subscribe()
    place.issues.append(issue(4))
    await place.look()
    place.later(days=179)
    await place.look()
    assert "posted in 2 parts" in words(await place.reports.log(HERE))
    place.later(days=2)
    await place.look()
    assert "Nothing was posted" in words(await place.reports.log(HERE))


async def test_the_log_tells_which_sources_fail_but_not_where_they_are(place: Scene) -> None:
    feed = SourceState(
        name="https://key:word@news.example/feed?secret=1",
        tried=place.now,
        succeeded=place.now - timedelta(hours=3),
        failures=2,
        problem="It answered 500.",
        due=place.now + timedelta(minutes=20),
    )
    never = replace(feed, name="/srv/private/sheet.xlsx", succeeded=None, due=place.now)
    forgotten = replace(feed, name="https://old.example", due=place.now - timedelta(days=2))
    fine = replace(feed, name="https://fine.example", failures=0)
    for state in (feed, never, forgotten, fine):
        await place.store.sources.put(state)
    assert words(await place.reports.log(HERE)).splitlines()[:-1] == [
        "sheet.xlsx has not answered since it was first asked · asked again now · new issues may come late",
        "news.example has not answered for 3 hours · asked again in 20 minutes · new issues may come late",
    ]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("london", "Europe/London"),
        ("new york", "America/New_York"),
        ("berln", "Europe/Berlin"),
        ("utc", "UTC"),
    ],
)
def test_timezones_are_found_half_typed(typed: str, first: str) -> None:
    assert timezones_like(typed)[0] == first
    assert len(timezones_like(typed)) <= 25
