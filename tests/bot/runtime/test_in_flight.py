"""What stops waits for all that is in flight."""

import asyncio

from bot.runtime.in_flight import InFlight


async def test_who_waits_for_the_end_waits_for_what_begins_right_after_the_last() -> None:
    work, let_in, answered = InFlight(), asyncio.Event(), asyncio.Event()

    async def answer() -> None:
        with work.busy():
            await let_in.wait()
        with work.busy():
            await answered.wait()

    answering = asyncio.create_task(answer())
    draining = asyncio.create_task(work.drained())
    await asyncio.sleep(0)
    let_in.set()
    for _ in range(5):
        await asyncio.sleep(0)
    assert not draining.done()
    answered.set()
    await asyncio.gather(answering, draining)
