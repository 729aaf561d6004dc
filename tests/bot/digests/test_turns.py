"""Ten thousand wait, and few have a task."""

import asyncio

import pytest

from bot.digests.turns import AT_ONCE, WIDTH, Turns


class Deliveries:
    """Of servers with ten channels each, which are let go one after the other."""

    def __init__(self, servers: int) -> None:
        self.ready = [(f"{server}-{n}", str(server)) for server in range(servers) for n in range(10)]
        self.begun: list[str] = []
        self.running: list[str] = []
        self.let = asyncio.Semaphore(0)

    async def deliver(self, subscription: str, server: str) -> None:
        assert subscription.split("-", maxsplit=1)[0] == server
        self.begun.append(subscription)
        self.running.append(subscription)
        await self.let.acquire()
        self.running.remove(subscription)

    async def go(self, count: int) -> None:
        for _ in range(count):
            self.let.release()
        for _ in range(2 * count + 4):
            await asyncio.sleep(0)


@pytest.mark.parametrize(("bucket", "most"), [(str, AT_ONCE), (lambda _: "", WIDTH)])
async def test_of_ten_thousand_only_as_many_have_a_task_as_there_is_room_for(
    bucket: type[str], most: int
) -> None:
    deliveries = Deliveries(1000)
    turns = Turns(deliveries.deliver, bucket)
    before = len(asyncio.all_tasks())
    turns.begin(deliveries.ready)
    await deliveries.go(0)
    assert len(asyncio.all_tasks()) - before == len(deliveries.running) == most
    await deliveries.go(3)
    assert len(asyncio.all_tasks()) - before == len(deliveries.running) == most
    assert deliveries.begun == [subscription for subscription, _ in deliveries.ready[: most + 3]]
    for _ in deliveries.ready:
        deliveries.let.release()
    await turns.over()
    assert sorted(deliveries.begun) == sorted(subscription for subscription, _ in deliveries.ready)


async def test_a_bucket_that_is_full_holds_up_no_other_and_what_is_not_ready_any_more_is_not_begun() -> None:
    deliveries = Deliveries(3)
    turns = Turns(deliveries.deliver, lambda server: "" if server in "01" else server)
    turns.begin(deliveries.ready)
    await deliveries.go(0)
    assert len(deliveries.running) == WIDTH + 10
    turns.begin(deliveries.ready[:WIDTH])
    await deliveries.go(WIDTH + 10)
    assert not deliveries.running
    assert len(deliveries.begun) == WIDTH + 10
