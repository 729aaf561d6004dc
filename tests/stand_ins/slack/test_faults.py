"""Rate limits, failures on demand, and response_urls at their ends."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.stand_ins.common.clock import ManualClock
from tests.stand_ins.slack import Answer, Cut, Slow, StandIn, TooMany
from tests.stand_ins.slack.limits import Limits
from tests.stand_ins.slack.scene import Scene


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def impatient(scene: Scene) -> AsyncWebClient:
    """A client that retries nothing."""
    return AsyncWebClient(token=scene.installation.token, base_url=scene.slack.api_url, retry_handlers=[])


async def reply(session: aiohttp.ClientSession, url: str, **body: Any) -> tuple[int, str]:
    async with session.post(url, json=body) as response:
        return response.status, await response.text()


async def test_a_second_message_in_a_second_is_refused_and_counted(
    scene: Scene, impatient: AsyncWebClient
) -> None:
    scene.slack.limits.window_scale = 60
    other = scene.slack.build.channel(scene.team, "other", scene.installation.bot)
    await impatient.chat_postMessage(channel=scene.general.id, text="one")
    await impatient.chat_postMessage(channel=other.id, text="elsewhere")
    with pytest.raises(SlackApiError) as refused:
        await impatient.chat_postMessage(channel=scene.general.id, text="two")

    assert refused.value.response.status_code == 429
    assert 1 <= int(refused.value.response.headers["Retry-After"]) <= 60
    assert scene.slack.limits.refused == {f"chat.postMessage {scene.general.id}": 1}
    assert [each.text for each in scene.slack.messages(scene.general)] == ["one"]


def test_a_tier_allows_so_many_calls_a_minute() -> None:
    clock = ManualClock(0)
    limits = Limits(clock)
    waits = [limits.take("conversations.list", tier=2, workspace="T1") for _ in range(21)]
    assert waits == [0] * 20 + [60]
    assert limits.take("conversations.list", tier=2, workspace="T2") == 0
    clock.advance(60)
    assert limits.take("conversations.list", tier=2, workspace="T1") == 0


async def test_a_client_waits_out_a_429_and_is_heard_then(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("random.random", lambda: 0.0)  # what slack_sdk waits beyond what it is told
    fault = scene.slack.faults.add(TooMany(retry_after=0), method="chat.postMessage")
    await scene.client.chat_postMessage(channel=scene.general.id, text="hello")

    assert [each.status for each in scene.slack.journal.of("chat.postMessage")] == [429, 200]
    assert len(fault.struck) == 1
    assert len(scene.slack.messages(scene.general)) == 1


@pytest.mark.parametrize("taken", [False, True])
async def test_an_answer_lost_says_nothing_of_what_was_done(
    scene: Scene, impatient: AsyncWebClient, *, taken: bool
) -> None:
    scene.slack.faults.add(Cut(taken=taken), method="chat.*")
    with pytest.raises(aiohttp.ClientError):
        await impatient.chat_postMessage(channel=scene.general.id, text="hello")
    assert len(scene.slack.messages(scene.general)) == taken
    assert [(each.status, each.taken) for each in scene.slack.journal] == [(None, taken)]


async def test_slack_may_be_broken_for_a_while(scene: Scene, impatient: AsyncWebClient) -> None:
    scene.slack.faults.add(Answer(status=503), times=2)
    for _ in range(2):
        with pytest.raises(SlackApiError) as refused:
            await impatient.auth_test()
        assert refused.value.response.status_code == 503
    assert (await impatient.auth_test())["ok"]


async def test_a_slow_answer_comes_when_it_is_let(scene: Scene) -> None:
    until = asyncio.Event()
    scene.slack.faults.add(Slow(until=until, taken=True), method="chat.postMessage")
    posting = asyncio.create_task(scene.client.chat_postMessage(channel=scene.general.id, text="hello"))
    await scene.slack.until(lambda: scene.slack.messages(scene.general))
    assert not posting.done()
    until.set()
    assert (await posting)["ok"]


async def test_a_response_url_ends_after_thirty_minutes(scene: Scene, session: aiohttp.ClientSession) -> None:
    url = (await scene.alice.command("/paper mesa", scene.general)).payload["response_url"]
    scene.clock.advance(30 * 60)
    assert (await reply(session, url, text="in time"))[0] == 200
    scene.clock.advance(1)
    assert await reply(session, url, text="late") == (404, '{"ok": false, "error": "expired_url"}')


async def test_the_response_url_of_a_command_speaks_in_the_channel_and_replaces_nothing(
    scene: Scene, session: aiohttp.ClientSession
) -> None:
    url = (await scene.alice.command("/paper mesa", scene.general)).payload["response_url"]
    await reply(session, url, text="for all", response_type="in_channel")
    await reply(session, url, text="once more", response_type="in_channel", replace_original=True)
    assert [each.text for each in scene.slack.messages(scene.general)] == ["for all", "once more"]
    status, answer = await reply(session, url, delete_original=True)
    assert (status, "message_not_found" in answer) == (400, True)


async def test_a_response_url_takes_no_broken_message_and_does_not_count_it(
    scene: Scene, session: aiohttp.ClientSession
) -> None:
    url = (await scene.alice.command("/paper mesa", scene.general)).payload["response_url"]
    for _ in range(6):
        status, answer = await reply(session, url, text="hello", blocks=[{"type": "carousel"}])
        assert status == 400
        assert "invalid_blocks" in answer
    assert (await reply(session, url, text="hello"))[0] == 200


async def test_an_error_of_the_stand_ins_own_is_shown_to_the_test() -> None:
    slack = StandIn()
    with pytest.raises(BaseExceptionGroup, match="the stand-in itself failed"):
        async with slack:
            slack.post.crashes.append(RuntimeError("broken"))
