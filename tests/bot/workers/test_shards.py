"""What a process has of a platform, and of what all processes together may request of it."""

from bot.runtime.clock import Clock
from bot.workers.shards import Shards
from store import Store, open_store
from tests.support.drafts import clock


def taking_part(store: Store, serving: set[int] | None = None) -> Shards:
    return Shards(store.lease, "discord", Clock(read=clock), shards=4, serving=serving)


async def test_each_has_the_part_that_it_serves_and_all_together_have_the_whole() -> None:
    async with open_store(":memory:", clock=clock) as store:
        workers = [taking_part(store) for _ in range(3)]
        assert [each.part for each in workers] == [0, 0, 0]
        for _ in range(3):
            for each in workers:
                await each.renew()
        assert sorted(each.part for each in workers) == [0.25, 0.25, 0.5]
        await workers[0].release()
        assert workers[0].part == 0


async def test_what_is_held_and_not_served_yet_is_not_its_part() -> None:
    serving: set[int] = set()
    async with open_store(":memory:", clock=clock) as store:
        worker = taking_part(store, serving)
        assert set((await worker.renew()).fences) == {0, 1, 2, 3}
        assert worker.part == 0
        serving |= {1, 2, 3}
        assert worker.part == 0.75
