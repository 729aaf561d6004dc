"""`anbot run` as a process of its own."""

import asyncio
import json

import pytest

from tests.adapters.contract.scene import Scene, turned
from tests.stand_ins.common.faults import Slow
from tests.support.processes import running

pytestmark = pytest.mark.slow


async def test_it_says_when_it_is_ready_answers_and_stops_in_good_order(idle: Scene) -> None:
    async with running(**idle.environment) as process:
        await process.says(f"ready {idle.name}")
        card = await idle.ask("/paper selection vs control")
        assert await process.terminated() == 0
    assert "Selection vs Control" in card.text
    log = "".join(process.lines)
    assert json.loads(log.splitlines()[-1])["message"] == "stopped"
    assert "Traceback" not in log
    warnings = [line for line in process.lines if "WARNING" in line and "embedded sample" not in line]
    assert warnings == []
    secrets = [value for name, value in idle.environment.items() if "TOKEN" in name or "SECRET" in name]
    assert [secret for secret in secrets if secret and secret in log] == []


async def test_without_the_platform_it_ends_with_the_exit_code_of_what_may_pass(idle: Scene) -> None:
    nowhere = {"DISCORD_API_URL": "http://127.0.0.1:9/api/v10", "SLACK_API_URL": "http://127.0.0.1:9/api"}
    async with running(**{**idle.environment, **nowhere}) as process:
        assert await process.ended() == 75
    log = "".join(process.lines)
    assert f"Error: {idle.name.partition(' ')[0].title()} cannot be reached" in log
    assert "Traceback" not in log


async def test_a_killed_process_leaves_buttons_that_work(idle: Scene) -> None:
    async with running(**idle.environment) as process:
        await process.says(f"ready {idle.name}")
        card = await idle.ask("/paper selection vs control")
        process.running.kill()
        await process.ended()
    async with running(**idle.environment) as process:
        await process.says(f"ready {idle.name}")
        opinion = await turned(idle, card, "Opinion")
        assert await process.terminated() == 0
    assert opinion.id == card.id
    assert "opinion" in opinion.text


async def test_an_answer_on_its_way_is_finished_before_it_stops(idle: Scene) -> None:
    gate = asyncio.Event()
    async with running(**idle.environment) as process:
        await process.says(f"ready {idle.name}")
        card = await idle.ask("/paper selection vs control")
        struck = idle.fail_answer(Slow(until=gate))
        turning = asyncio.create_task(turned(idle, card, "Opinion"))
        await struck.wait()
        stopping = asyncio.create_task(process.terminated())
        gate.set()
        assert await stopping == 0
    assert "opinion" in (await turning).text
