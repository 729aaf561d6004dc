"""A few scenarios of the many that `python -m tests.exactly_once` plays."""

import asyncio
import time
from itertools import product

import pytest

from tests.exactly_once.__main__ import play_all
from tests.exactly_once.bots import SPEED
from tests.exactly_once.lag import watched
from tests.exactly_once.scenarios import PLATFORMS, ROUND, STEPS, Trouble, scenario


@pytest.mark.slow
async def test_a_killed_cut_or_doubled_bot_posts_everything_once_and_in_order() -> None:
    assert await play_all(range(1, ROUND, ROUND // 8), at_once=8, played=lambda _: None) == {}


def test_in_a_round_every_trouble_strikes_every_step_on_either_platform() -> None:
    drawn = [scenario(seed) for seed in range(ROUND)]
    struck = {(each.platform, at, trouble) for each in drawn for at, trouble in each.troubles.items()}
    assert struck == set(product(PLATFORMS, range(STEPS), Trouble))
    assert drawn == [scenario(seed) for seed in range(ROUND)]


@pytest.mark.parametrize(("scenarios", "step"), [(50, 7), (30, 11), (20, 13)])
def test_every_trouble_strikes_in_a_few_scenarios_that_are_apart(scenarios: int, step: int) -> None:
    drawn = [scenario(seed) for seed in range(1, 1 + scenarios * step, step)]
    assert {trouble for each in drawn for trouble in each.troubles.values()} == set(Trouble)
    assert {at for each in drawn for at in each.troubles} == set(range(STEPS))
    assert {each.platform for each in drawn} == set(PLATFORMS)


async def test_a_platform_that_is_seconds_late_is_noticed() -> None:
    async with watched() as lag:
        await asyncio.sleep(0.05)
        assert not lag.breaks_the_rules(SPEED / 30)
        time.sleep(0.5)  # noqa: ASYNC251 - the event loop is to be late
        await asyncio.sleep(0.05)
        assert lag.breaks_the_rules(SPEED)
