"""The health and the metrics of `anbot run`, read over HTTP as whoever runs it reads them."""

import asyncio
import os
import re
import sys
from collections.abc import Mapping

import aiohttp
import pytest

from tests.adapters.contract.scene import ADA, Scene
from tests.stand_ins.common.planted import found_in
from tests.support import web
from tests.support.feeds import feed, issue
from tests.support.processes import ROOT, free_port, running

pytestmark = pytest.mark.slow

UNREACHABLE = {
    "discord": {"DISCORD_TOKEN": "x.y.z", "DISCORD_API_URL": "http://127.0.0.1:9/api"},
    "slack": {
        "SLACK_BOT_TOKEN": "xoxb-1",
        "SLACK_APP_TOKEN": "xapp-1",
        "SLACK_API_URL": "http://127.0.0.1:9/api",
    },
}


async def get(port: int, path: str) -> tuple[int, str]:
    address = f"http://127.0.0.1:{port}{path}"
    async with aiohttp.ClientSession() as session, session.get(address) as response:
        return response.status, await response.text()


def value(page: str, sample: str) -> float:
    (value,) = re.findall(rf"^{re.escape(sample)} (\S+)$", page, re.MULTILINE)
    return float(value)


async def until(idle: Scene, port: int, sample: str, wanted: float) -> str:
    """The page once the sample has that value."""
    page = ""

    async def reached() -> bool:
        nonlocal page
        _, page = await get(port, "/metrics")
        return value(page, sample) == wanted

    while not await reached():
        await idle.until(lambda: True)
    return page


async def test_what_is_looked_up_and_posted_is_counted_without_a_word_of_it(idle: Scene) -> None:
    port = free_port()
    async with web.serving() as site:
        site.at["/feed"] = web.page(feed(issue(157)))
        environment = {
            **idle.environment,
            "ANBOT_SOURCES": site.url("/feed"),
            "ANBOT_ALLOW_PRIVATE": "1",
            "ANBOT_QUIET": "0",
            "ANBOT_HEALTH_PORT": str(port),
            "DISCORD_MESSAGE_CONTENT": "1",
        }
        async with running(**environment) as process:
            await process.says("this process delivers digests")
            await process.says("AN #157")
            await idle.ask("/paper a title that nothing has at all")
            await idle.ask("/an 157")
            await idle.ask("/linking on", by=ADA)
            await idle.say("what of [[a title that nothing has at all]]?")
            await idle.say("AN #157")
            await idle.ask("/digest here each", by=ADA)
            site.at["/feed"] = web.page(feed(issue(157), issue(158)))
            await sync(environment)
            for outcome in ("posted", "none"):
                counted = f'anbot_linking_messages_total{{platform="{idle.name}",reply="{outcome}"}}'
                await until(idle, port, counted, 1)
            page = await until(
                idle, port, f'anbot_deliveries_total{{platform="{idle.name}",state="sent"}}', 1
            )
            ready = await get(port, "/readyz")
            assert await process.terminated() == 0
    assert value(page, 'anbot_lookups_total{kind="paper",verdict="nothing"}') == 1
    assert value(page, 'anbot_lookup_seconds_count{kind="issue"}') == 1
    assert value(page, f'anbot_subscriptions{{platform="{idle.name}",state="active"}}') == 1
    assert value(page, f'anbot_deliveries_owed{{platform="{idle.name}",state="pending"}}') == 0
    assert value(page, f'anbot_platform_up{{platform="{idle.name}"}}') == 1
    assert value(page, "anbot_issues") == 2
    assert value(page, "process_open_fds") > 3
    assert ready == (200, "ready\n")
    assert found_in(page) == []
    labels = set(re.findall(r'[{,](\w+)="', page))
    assert labels == {
        "kind",
        "verdict",
        "platform",
        "state",
        "reply",
        "source",
        "version",
        "le",
        "generation",
    }


async def sync(environment: Mapping[str, str]) -> None:
    command = (sys.executable, "-m", "bot", "sync")
    syncing = await asyncio.create_subprocess_exec(*command, cwd=ROOT, env={**os.environ, **environment})
    assert await syncing.wait() == 0


async def test_it_is_not_ready_while_a_platform_is_down_but_healthy(idle: Scene) -> None:
    (other,) = (name for name in UNREACHABLE if name != idle.name)
    port = free_port()
    environment = {**UNREACHABLE[other], **idle.environment, "ANBOT_HEALTH_PORT": str(port)}
    async with running(**environment) as process:
        await process.says(f"{other} is not served")
        page = await until(idle, port, f'anbot_platform_up{{platform="{idle.name}"}}', 1)
        assert value(page, f'anbot_platform_up{{platform="{other}"}}') == 0
        assert await get(port, "/readyz") == (503, f"{other} is not connected\n")
        assert await get(port, "/healthz") == (200, "ok\n")
        assert (await get(port, "/elsewhere"))[0] == 404


async def test_a_port_that_is_taken_ends_it_with_a_sentence(idle: Scene) -> None:
    async with web.serving() as site:
        taken = site.url("/").rsplit(":", 1)[1].strip("/")
        async with running(**idle.environment, ANBOT_HEALTH_PORT=taken) as process:
            assert await process.ended() == 75
    log = "".join(process.lines)
    sentence = f"Error: Port {taken} of 127.0.0.1 cannot be used (Address already in use). "
    assert sentence + "Name another with ANBOT_HEALTH_HOST and ANBOT_HEALTH_PORT." in log
