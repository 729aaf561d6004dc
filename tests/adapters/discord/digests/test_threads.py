"""Digests in threads."""

import pytest

from bot.model.digests import DeliveryState
from tests.adapters.discord.digests.scene import LONG, DigestScene, delete, is_of, issue, names
from tests.stand_ins.discord import Answer, Cut


async def test_the_parts_after_the_first_stand_in_a_thread_in_order(running: DigestScene) -> None:
    await running.subscribe(full=True, thread=True)
    running.appear(LONG)
    await running.deliver()
    assert len(running.posted()) == 1
    thread = running.thread()
    assert thread.name == "AN #100 — Issue 100"
    assert names([*running.posted(), *running.posted(thread)]) == [d.id for d in await running.log()]
    assert len(running.stand_in.journal.of("POST", "/channels/*/messages/*/threads")) == 1


@pytest.mark.parametrize("failure", [Cut(taken=True), Cut(taken=False), Answer(status=503, taken=True)])
async def test_a_thread_whose_making_nobody_knows_of_is_made_once(
    running: DigestScene, failure: Cut | Answer
) -> None:
    await running.subscribe(full=True, thread=True)
    running.appear(LONG)
    running.stand_in.faults.add(failure, method="POST", path="/channels/*/messages/*/threads")
    await running.deliver()
    await running.later(60)
    below = running.posted(running.thread())
    assert names([*running.posted(), *below]) == [delivery.id for delivery in await running.log()]


@pytest.mark.parametrize("code", [160006, 160007])
async def test_too_many_open_threads_are_waited_for(running: DigestScene, code: int) -> None:
    await running.subscribe(full=True, thread=True)
    body = f'{{"message": "No.", "code": {code}}}'
    running.stand_in.faults.add(
        Answer(status=400, body=body), method="POST", path="/channels/*/messages/*/threads"
    )
    running.appear(LONG)
    await running.deliver()
    assert (await running.subscription()).paused == ""
    await running.later(3600)
    assert {delivery.state for delivery in await running.log()} == {DeliveryState.SENT}


@pytest.mark.parametrize("deleted", ["thread", "first part", "before the thread"])
async def test_what_follows_a_part_that_somebody_deleted_is_left_out(
    running: DigestScene, deleted: str
) -> None:
    subscription = await running.subscribe(full=True, thread=True)
    running.appear(LONG)
    third = 2 if deleted == "before the thread" else 3
    path = "/channels/*/messages/*/threads" if third == 2 else "/channels/*/messages"
    when = (lambda _: True) if third == 2 else is_of(f"{subscription.id}-1-03")
    running.stand_in.faults.add(Cut(taken=False), method="POST", path=path, when=when)
    await running.deliver()
    if deleted == "thread":
        running.stand_in.build.delete_channel(running.thread())
    else:
        delete(running, running.posted()[0].id)
    await running.later(60)
    states = [delivery.state for delivery in await running.log()]
    if deleted == "first part":  # its thread is still there
        assert set(states) == {DeliveryState.SENT}
        return
    assert states[: third - 1] == [DeliveryState.SENT] * (third - 1)
    assert set(states[third - 1 :]) == {DeliveryState.FAILED}
    assert {d.problem for d in (await running.log())[third - 1 :]} == {
        "Somebody deleted the first part or its thread, so the others were left out."
    }
    assert not (await running.subscription()).paused


async def test_a_single_part_has_a_thread_too_where_people_discuss_it(running: DigestScene) -> None:
    await running.subscribe(thread=True)
    running.appear(issue(100))
    await running.deliver()
    assert running.thread().name == "AN #100 — Issue 100"
    assert running.posted(running.thread()) == []


@pytest.mark.parametrize("failure", [Cut(taken=True), Cut(taken=False), Answer(status=503, taken=True)])
async def test_the_thread_of_a_single_part_is_opened_once_and_nothing_posted_twice(
    running: DigestScene, failure: Cut | Answer
) -> None:
    running.stand_in.nonces_last(0)
    await running.subscribe(thread=True)
    running.appear(issue(100))
    running.stand_in.faults.add(failure, method="POST", path="/channels/*/messages/*/threads")
    await running.deliver()
    await running.later(60)
    assert len(running.posted()) == 1
    assert running.thread().name == "AN #100 — Issue 100"
    assert [delivery.state for delivery in await running.log()] == [DeliveryState.SENT]


async def test_a_single_part_whose_thread_is_not_allowed_stays_posted_and_the_log_says_why(
    running: DigestScene,
) -> None:
    await running.subscribe(thread=True)
    await running.deny("create_public_threads")
    running.appear(issue(100))
    await running.deliver()
    (delivery,) = await running.log()
    assert delivery.state is DeliveryState.SENT
    assert delivery.problem == "It has no thread: I lack the permission Create Public Threads in the channel."
