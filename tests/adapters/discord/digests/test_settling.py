"""What nobody knows the outcome of is looked for, and never sent twice."""

from datetime import timedelta
from itertools import count
from typing import Any

import pytest

from bot.digests.dispatcher import SENDING
from bot.model.digests import DeliveryState
from store.outbox import SqlOutbox
from tests.adapters.discord.digests.scene import (
    LONG,
    DigestScene,
    delete,
    is_of,
    issue,
    names,
)
from tests.stand_ins.discord import Answer, Cut


@pytest.mark.parametrize("thread", [False, True])
@pytest.mark.parametrize("part", [1, 2, 3])
@pytest.mark.parametrize(
    "failure",
    [Cut(taken=True), Cut(taken=False), Answer(status=503, taken=True), Answer(status=503)],
    ids=["cut after", "cut before", "503 after", "503 before"],
)
async def test_what_nobody_knows_is_looked_for_and_nothing_is_lost_or_doubled(
    running: DigestScene, failure: Cut | Answer, part: int, *, thread: bool
) -> None:
    running.stand_in.nonces_last(0)  # so that only looking can help
    subscription = await running.subscribe(full=True, thread=thread)
    running.appear(LONG)
    struck = running.stand_in.faults.add(
        failure, method="POST", path="/channels/*/messages", when=is_of(f"{subscription.id}-1-{part:02d}")
    )
    await running.deliver()
    assert struck.struck
    assert (await running.log())[part - 1].state is DeliveryState.SENDING
    await running.later(60)
    below = running.posted(running.thread()) if thread else []
    deliveries = await running.log()
    assert names([*running.posted(), *below]) == [delivery.id for delivery in deliveries]
    assert {delivery.state for delivery in deliveries} == {DeliveryState.SENT}


async def test_what_the_bot_held_while_it_was_stopped_leaves_once_and_not_late(
    running: DigestScene, monkeypatch: pytest.MonkeyPatch
) -> None:
    running.stand_in.nonces_last(0)
    await running.subscribe()
    running.appear(issue(100))

    async def begin(outbox: SqlOutbox, *arguments: Any) -> bool:
        monkeypatch.undo()
        begun = await outbox.begin(*arguments)
        running.bench.now += timedelta(seconds=SENDING + 1)
        return begun

    monkeypatch.setattr(SqlOutbox, "begin", begin)
    await running.deliver()
    assert running.posted() == []
    await running.later(60)
    assert names(running.posted()) == [delivery.id for delivery in await running.log()]


async def test_it_is_found_among_many_messages_of_others(running: DigestScene) -> None:
    running.stand_in.nonces_last(0)
    await running.subscribe()
    running.appear(issue(100))
    for number in range(150):
        await running.ada.send(running.channel, f"chatter {number}")
    running.stand_in.faults.add(Cut(taken=True), method="POST", path="/channels/*/messages")
    await running.deliver()
    for number in range(150):
        await running.ada.send(running.channel, f"more chatter {number}")
    await running.later(60)
    assert len([message for message in running.posted() if message.embeds]) == 1
    assert (await running.log())[0].state is DeliveryState.SENT


async def test_looking_that_is_cut_off_goes_on_where_it_was(running: DigestScene) -> None:
    running.stand_in.nonces_last(0)
    await running.subscribe()
    running.appear(issue(100))
    running.stand_in.faults.add(Cut(taken=True), method="POST", path="/channels/*/messages")
    await running.deliver()
    for number in range(450):
        await running.ada.send(running.channel, f"chatter {number}")
    pages = count(1)
    running.stand_in.faults.add(
        Answer(status=503),
        method="GET",
        path="/channels/*/messages",
        when=lambda _: not next(pages) % 3,
        times=None,
    )
    for _ in range(4):
        await running.later(600)
    assert len([message for message in running.posted() if message.embeds]) == 1
    assert (await running.log())[0].state is DeliveryState.SENT


async def test_looking_reads_from_the_end_and_no_further_than_it_could_stand(running: DigestScene) -> None:
    await running.subscribe()
    for number in range(250):
        await running.ada.send(running.channel, f"chatter {number}")
    running.bench.now += timedelta(days=2)
    running.clock.advance(2 * 86_400)
    running.appear(issue(100))
    running.stand_in.faults.add(Cut(taken=False), method="POST", path="/channels/*/messages")
    await running.deliver()
    for number in range(150):
        await running.ada.send(running.channel, f"more {number}")
    await running.later(60)
    assert len(running.stand_in.journal.of("GET", "/channels/*/messages")) == 2
    assert (await running.log())[0].state is DeliveryState.SENT


async def test_a_copy_of_it_by_somebody_else_is_not_taken_for_it(running: DigestScene) -> None:
    subscription = await running.subscribe()
    running.appear(issue(100))
    running.stand_in.faults.add(Cut(taken=False), method="POST", path="/channels/*/messages")
    await running.deliver()
    await running.ada.send(running.channel, f"e:{subscription.id}-1-01")
    await running.later(60)
    assert len([message for message in running.posted() if message.embeds]) == 1


async def test_what_somebody_deleted_before_we_knew_of_it_is_not_posted_again(running: DigestScene) -> None:
    await running.subscribe()
    running.appear(issue(100))
    await running.deny("read_message_history")
    running.stand_in.faults.add(Cut(taken=True), method="POST", path="/channels/*/messages")
    await running.deliver()
    delete(running, running.posted()[0].id)
    await running.later(10)
    assert running.posted() == []
    assert (await running.log())[0].state is DeliveryState.SENT


async def test_without_the_history_a_nonce_that_is_remembered_settles_it(running: DigestScene) -> None:
    await running.subscribe()
    await running.deny("read_message_history")
    running.appear(issue(100))
    running.stand_in.faults.add(Cut(taken=True), method="POST", path="/channels/*/messages")
    await running.deliver()
    await running.later(10)
    assert len(running.posted()) == 1
    assert len(running.sent()) == 2
    assert (await running.log())[0].message == running.posted()[0].id


async def test_without_the_history_an_old_attempt_is_not_repeated_and_the_log_says_so(
    running: DigestScene,
) -> None:
    await running.subscribe(full=True)
    await running.deny("read_message_history")
    running.appear(LONG)
    running.stand_in.faults.add(Cut(taken=True), method="POST", path="/channels/*/messages")
    await running.deliver()
    await running.later(600)
    first, *others = await running.log()
    assert first.state is DeliveryState.FAILED
    assert "without the permission Read Message History I cannot check" in first.problem
    assert {delivery.state for delivery in others} == {DeliveryState.SENT}
    assert len(running.posted()) == 1 + len(others)


SKEWS = [timedelta(seconds=400), timedelta(hours=1), timedelta(days=1)]


@pytest.mark.parametrize("skew", [*SKEWS, *(-skew for skew in SKEWS)])
async def test_however_wrong_our_clock_is_what_was_posted_is_found(
    running: DigestScene, skew: timedelta
) -> None:
    running.stand_in.nonces_last(0)
    subscription = await running.subscribe(full=True)
    running.bench.now += skew
    running.appear(LONG)
    for part in (1, 2):
        running.stand_in.faults.add(
            Cut(taken=True),
            method="POST",
            path="/channels/*/messages",
            when=is_of(f"{subscription.id}-1-{part:02d}"),
        )
    await running.deliver()
    await running.later(60)
    running.bench.now -= skew  # set right again, while the second part is unknown
    for _ in range(20):
        await running.later(600)
    deliveries = await running.log()
    assert names(running.posted()) == [delivery.id for delivery in deliveries]
    assert {delivery.state for delivery in deliveries} == {DeliveryState.SENT}


async def test_it_is_found_behind_many_messages_though_our_clock_was_a_day_ahead(
    running: DigestScene,
) -> None:
    running.stand_in.nonces_last(0)
    await running.subscribe()
    running.bench.now += timedelta(days=1)
    running.appear(issue(100))
    running.stand_in.faults.add(Cut(taken=True), method="POST", path="/channels/*/messages")
    await running.deliver()
    for number in range(120):
        await running.ada.send(running.channel, f"chatter {number}")
    await running.later(60)
    assert len([message for message in running.posted() if message.embeds]) == 1
