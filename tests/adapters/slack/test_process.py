"""The real process against a Slack over real HTTP and real websockets."""

import asyncio

import pytest

from tests.adapters.slack.world import World, words
from tests.stand_ins.slack import Slow
from tests.support.processes import running

GUESSED = "xoxb-guessed"


def environment(place: World, **given: str) -> dict[str, str]:
    return {**place.environment(**given), "ANBOT_DB": str(place.database)}


async def test_it_says_when_it_is_ready_answers_and_stops_in_good_order(by_socket: World) -> None:
    async with running(**environment(by_socket)) as process:
        await process.says("ready slack")
        await by_socket.command("/paper selection vs control")
        assert "Selection vs Control" in words(await by_socket.posted())
        assert await process.terminated() == 0
    log = "".join(process.lines)
    assert log.rstrip().endswith("stopped")
    assert by_socket.environment()["SLACK_BOT_TOKEN"] not in log
    assert by_socket.environment()["SLACK_APP_TOKEN"] not in log
    assert "Traceback" not in log


@pytest.mark.slow
async def test_old_buttons_work_after_a_kill(by_http: World) -> None:
    async with running(**environment(by_http)) as process:
        await process.says("ready slack")
        await by_http.command("/paper selection vs control")
        card = await by_http.posted()
        process.running.kill()
        await process.ended()
    async with running(**environment(by_http)) as process:
        await process.says("ready slack")
        await (await by_http.alice.use(card, "Opinion")).acknowledged()
        await by_http.until(lambda: "opinion" in words(by_http.slack.messages(by_http.general)[0]))
        assert await process.terminated() == 0


@pytest.mark.slow
async def test_what_is_being_answered_is_finished_before_it_stops(by_http: World) -> None:
    let = asyncio.Event()
    async with running(**environment(by_http)) as process:
        await process.says("ready slack")
        by_http.slack.faults.add(Slow(until=let), method="response_url")
        await by_http.command("/an 58")
        await by_http.until(lambda: by_http.slack.journal.of("response_url"))
        stopping = asyncio.create_task(process.terminated())
        let.set()
        assert await stopping == 0
    assert "AN #58" in words(await by_http.posted())


async def test_a_wrong_token_ends_it_with_a_sentence(by_socket: World) -> None:
    async with running(**environment(by_socket, SLACK_BOT_TOKEN=GUESSED)) as process:
        assert await process.ended() == 2
    assert "SLACK_BOT_TOKEN" in "".join(process.lines)
    assert GUESSED not in "".join(process.lines)
