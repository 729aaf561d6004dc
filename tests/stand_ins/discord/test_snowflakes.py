"""Ids sort by age and spread guilds over shards."""

import pytest

from tests.stand_ins.common.clock import Clock
from tests.stand_ins.discord import ManualClock
from tests.stand_ins.discord.snowflakes import Snowflakes, dated, shard_of


class Backwards:
    """A clock that runs the wrong way."""

    def __init__(self) -> None:
        self._now = 2_000_000_000.0

    def now(self) -> float:
        self._now -= 1
        return self._now


@pytest.mark.parametrize("clock", [ManualClock(2_000_000_000), Backwards()])
def test_ids_grow_whatever_the_clock_does(clock: Clock) -> None:
    ids = Snowflakes(clock)
    made = [int(ids.make()) for _ in range(5000)]
    assert made == sorted(set(made))
    assert abs(dated(str(made[-1])) - 2_000_000_000) <= 1.5


def test_guilds_made_in_a_row_fall_on_different_shards() -> None:
    ids = Snowflakes(ManualClock())
    assert {shard_of(ids.make_apart(), 4) for _ in range(4)} == {0, 1, 2, 3}
