"""What is due is posted once, in order, whatever fails in between."""

import asyncio
import contextlib
import logging

import pytest

from bot.digests.dispatcher import SETTLING
from bot.digests.poster import OutcomeUnknown, Rejected, RetryLater
from bot.model.digests import DeliveryState, DigestKind, DigestOptions
from bot.model.places import Place
from tests.bot.digests.platform import Killed, Trouble
from tests.bot.digests.scene import HERE, MONDAY, Scene, issue

CLUB = DigestOptions(kind=DigestKind.CLUB, slot=MONDAY, start=2)
TEN = 40
"""Entries that take ten parts or more."""


async def states(place: Scene) -> list[DeliveryState]:
    return [delivery.state for delivery in await place.store.outbox.log(HERE, 100)]


@pytest.mark.parametrize("taken", [True, False])
@pytest.mark.parametrize("what", [Killed, OutcomeUnknown, TimeoutError])
@pytest.mark.parametrize("at", range(11))
async def test_at_whatever_part_of_ten_it_fails_all_are_there_once_in_order(
    place: Scene,
    what: type[BaseException],
    taken: bool,  # noqa: FBT001 - a case
    at: int,
) -> None:
    await place.subscribe()
    place.issues.append(issue(4, entries=TEN))
    place.platform.troubles = [
        *[Trouble()] * at,
        Trouble(what=what, taken=taken),
        Trouble(),
        Trouble(what=what),
    ]
    for _ in range(12):
        with contextlib.suppress(Killed):
            await place.look()
        place.later(seconds=45)
    assert place.platform.names == sorted(set(place.platform.names))
    assert len(place.platform.names) >= 10
    assert set(await states(place)) == {DeliveryState.SENT}


async def test_each_delivery_has_one_line_in_the_log(place: Scene, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "anbot.digests")
    await place.subscribe()
    place.issues.append(issue(4, entries=TEN))
    place.platform.troubles = [Trouble(), Trouble(what=Rejected), Trouble(what=RetryLater), Trouble()]
    await place.settled()
    ended = [vars(record) for record in caplog.records if "delivery" in vars(record)]
    log = {each.id: each.state for each in await place.store.outbox.log(HERE, 100)}
    assert {each["delivery"]: each["state"] for each in ended} == log
    assert len(ended) == len(log)
    assert [each["state"] for each in ended][:3] == ["sent", "failed", "sent"]
    assert {(each["platform"], each["server"], each["channel"]) for each in ended} == {("fake", "1", "10")}


async def test_a_rate_limit_is_waited_out(place: Scene) -> None:
    await place.subscribe()
    place.issues.append(issue(4))
    place.platform.troubles = [Trouble(what=RetryLater)]
    await place.look()
    place.later(seconds=6)
    await place.look()
    assert place.platform.names == []
    place.later(seconds=1)
    await place.look()
    assert len(place.platform.names) == 2


async def test_what_is_refused_for_good_does_not_hold_up_the_rest(place: Scene) -> None:
    await place.subscribe()
    place.issues.append(issue(4))
    place.platform.troubles = [Trouble(what=Rejected)]
    await place.settled()
    assert await states(place) == [DeliveryState.SENT, DeliveryState.FAILED]
    assert len(place.platform.names) == 1


async def test_where_nobody_can_look_an_unsure_part_is_given_up_and_told(place: Scene) -> None:
    await place.subscribe()
    place.issues.append(issue(4))
    place.platform.troubles = [Trouble(what=OutcomeUnknown, taken=True)]
    place.platform.searchable = False
    await place.settled()
    assert len(place.platform.names) == 2, "nothing is posted twice"
    assert await states(place) == [DeliveryState.SENT, DeliveryState.FAILED]
    card = await place.reports.log(HERE)
    assert "Nobody may look." in card.body[0].text


async def test_a_closed_place_is_paused_once_told_once_and_goes_on_when_resumed(place: Scene) -> None:
    await place.subscribe()
    place.issues.append(issue(4))
    place.platform.closed.add("10")
    await place.settled()
    place.issues.append(issue(5))
    await place.settled()
    assert place.platform.notices == [("7", "The channel is closed.")]
    (paused,) = await place.store.subscriptions.of(HERE)
    assert paused.paused == "The channel is closed."
    place.platform.closed.clear()
    assert not (await place.lookup.resume(HERE, None)).missed
    await place.settled()
    assert set(await states(place)) == {DeliveryState.SENT}
    assert {name.split("-")[1] for name in place.platform.names} == {"1", "2"}


async def test_places_are_apart(place: Scene) -> None:
    there = Place(platform="fake", server="1", channel="11")
    await place.subscribe()
    await place.subscribe(place=there)
    place.issues.append(issue(4))
    place.platform.closed.add("10")
    await place.settled()
    assert {channel for channel, _, _ in place.platform.posted} == {"11"}


async def test_later_parts_know_the_first_one(place: Scene) -> None:
    await place.subscribe(DigestOptions(thread=True))
    place.issues.append(issue(4, entries=10))
    await place.settled()
    first = place.platform.names[0]
    assert [root for _, root, _ in place.platform.posted[:3]] == ["", first, first]


async def test_of_two_processes_one_delivers_and_the_other_takes_over_within_a_minute(place: Scene) -> None:
    await place.subscribe()
    one, other = place.loop(), place.loop()
    await one.hold()
    await other.hold()
    place.issues.append(issue(4))
    await other.plan()
    await other.deliver_due()
    assert place.platform.names == []
    for _ in range(5):
        place.later(seconds=10)
        await other.hold()
    await other.plan()
    await other.deliver_due()
    assert len(place.platform.names) == 2
    place.issues.append(issue(5))
    await one.plan()
    await one.deliver_due()
    assert len(place.platform.names) == 2, "what was taken over from does nothing more"


async def test_what_a_process_was_about_to_send_when_it_was_stopped_it_does_not_send_as_it_goes_on(
    place: Scene,
) -> None:
    await place.subscribe()
    place.issues.append(issue(4))
    one, other = place.loop(), place.loop()
    await one.hold()

    def stopped() -> None:
        place.platform.before = lambda: None
        place.later(minutes=1)

    place.platform.before = stopped
    await one.deliver_due()
    assert place.platform.names == []
    place.later(seconds=SETTLING)
    await other.hold()
    await other.deliver_due()
    assert len(place.platform.names) == 2
    await one.deliver_due()
    assert len(place.platform.names) == 2


async def test_a_process_that_plans_as_it_takes_over_and_every_second_does_not_get_in_its_own_way(
    place: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    await place.subscribe()
    place.issues.append(issue(4))
    runner = place.loop()
    with caplog.at_level(logging.INFO, logger="anbot.digests"):
        await runner.hold()
        place.issues.append(issue(5))
        await asyncio.gather(runner.plan(), runner.plan())
    assert "another process plans" not in caplog.text
    assert len(await states(place)) == 4


async def test_a_thread_of_what_another_process_was_sending_is_taken_up_only_when_that_is_over(
    place: Scene,
) -> None:
    await place.subscribe()
    place.issues.append(issue(4))
    place.platform.troubles = [Trouble(what=Killed)]
    one = place.loop()
    with pytest.raises(Killed):
        await one.once()
    place.later(seconds=1)
    other = place.loop()
    place.later(seconds=25)
    await other.once()
    assert place.platform.names == []
    place.later(seconds=30)
    await other.once()
    assert len(place.platform.names) == 2
