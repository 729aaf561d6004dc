"""Rate limits are kept and counted, and failures come when they are asked for."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from tests.stand_ins.discord import Answer, Cut, Limit, ManualClock, Slow, StandIn, TooMany
from tests.stand_ins.discord.scene import Scene

SENDING = "POST /channels/{channel_id}/messages"


class Asker:
    """Sends messages with a bare client, to see statuses and headers as they come."""

    def __init__(self, discord: StandIn, session: aiohttp.ClientSession, clock: ManualClock) -> None:
        self.discord, self.clock = discord, clock
        self.app = discord.build.application()
        guild = discord.build.guild(apps=[self.app])
        self.channels = [discord.build.channel(guild, name) for name in ("one", "two")]
        self._session = session

    async def send(self, channel: int = 0, content: str = "x") -> aiohttp.ClientResponse:
        url = f"{self.discord.api_url}/channels/{self.channels[channel].id}/messages"
        headers = {"Authorization": f"Bot {self.app.token}"}
        async with self._session.post(url, json={"content": content}, headers=headers) as response:
            await response.read()
            return response


@pytest.fixture
async def asker() -> AsyncIterator[Asker]:
    clock = ManualClock()
    async with StandIn(clock=clock, limits_clock=clock) as discord, aiohttp.ClientSession() as session:
        yield Asker(discord, session, clock)


async def test_five_messages_in_five_seconds_pass_and_the_sixth_waits(asker: Asker) -> None:
    responses = [await asker.send() for _ in range(6)]
    assert [response.status for response in responses] == [200] * 5 + [429]
    assert [response.headers["X-RateLimit-Remaining"] for response in responses] == [*"43210", "0"]
    refused = responses[-1]
    assert refused.headers["Retry-After"] == "5"
    assert refused.headers["X-RateLimit-Scope"] == "user"
    assert "Via" in refused.headers
    body = await refused.json()
    assert (body["retry_after"], body["global"]) == (pytest.approx(5), False)
    asker.clock.advance(5)
    assert (await asker.send()).status == 200
    assert len(asker.discord.limits.taken(SENDING, asker.channels[0].id)) == 6


async def test_each_channel_has_a_window_of_its_own(asker: Asker) -> None:
    for _ in range(5):
        await asker.send(0)
    assert (await asker.send(1)).status == 200
    assert not asker.discord.limits.refused


async def test_50_requests_a_second_are_the_most_over_all_routes(asker: Asker) -> None:
    asker.discord.limits.routes[SENDING] = Limit(count=100, seconds=1)
    statuses = [(await asker.send()).status for _ in range(51)]
    assert statuses == [200] * 50 + [429]
    refused = await asker.send()
    assert refused.headers["X-RateLimit-Global"] == "true"
    assert (await refused.json())["global"] is True
    assert asker.discord.limits.refused == {"all": 2}


async def test_too_many_invalid_requests_shut_the_address_out(asker: Asker) -> None:
    asker.discord.limits.invalid_most = 3
    asker.discord.build.remove(next(iter(asker.discord.world.guilds.values())), asker.app.bot)
    assert [(await asker.send()).status for _ in range(3)] == [403] * 3
    banned = await asker.send()
    assert (banned.status, "Via" in banned.headers) == (429, False)
    asker.clock.advance(601)
    assert (await asker.send()).status == 403


async def test_a_shared_429_is_no_invalid_request(asker: Asker) -> None:
    asker.discord.faults.add(TooMany(retry_after=1, scope="shared"))
    assert (await asker.send()).headers["X-RateLimit-Scope"] == "shared"
    asker.discord.faults.add(TooMany(retry_after=1))
    await asker.send()
    assert asker.discord.limits.invalid_requests == 1


@pytest.mark.parametrize("taken", [False, True])
async def test_a_connection_is_cut_before_or_after_the_request_was_taken(asker: Asker, taken: bool) -> None:  # noqa: FBT001 - a parameter
    asker.discord.faults.add(Cut(taken=taken))
    with pytest.raises(aiohttp.ClientError):
        await asker.send()
    (record,) = asker.discord.journal
    assert (record.status, record.taken) == (None, taken)
    assert len(asker.discord.messages(asker.channels[0])) == taken


@pytest.mark.parametrize("taken", [False, True])
async def test_a_500_may_hide_that_the_request_was_taken(asker: Asker, taken: bool) -> None:  # noqa: FBT001 - a parameter
    asker.discord.faults.add(Answer(status=500, taken=taken))
    assert (await asker.send()).status == 500
    assert len(asker.discord.messages(asker.channels[0])) == taken


async def test_a_slow_answer_comes_when_it_is_let_go(asker: Asker) -> None:
    go = asyncio.Event()
    fault = asker.discord.faults.add(Slow(until=go, taken=True))
    sending = asyncio.create_task(asker.send())
    await asker.discord.until(lambda: asker.discord.messages(asker.channels[0]))
    assert fault.struck
    assert not sending.done()
    go.set()
    assert (await sending).status == 200


async def test_the_end_does_not_wait_for_a_slow_answer() -> None:
    async with aiohttp.ClientSession() as session:
        async with StandIn() as discord:
            asker = Asker(discord, session, ManualClock())
            fault = discord.faults.add(Slow(until=asyncio.Event()))
            sending = asyncio.create_task(asker.send())
            await discord.until(lambda: fault.struck)
        with pytest.raises(aiohttp.ClientError):
            await sending


async def test_a_fault_strikes_only_what_it_matches_and_as_often_as_it_says(asker: Asker) -> None:
    path = f"/channels/{asker.channels[1].id}/messages"
    fault = asker.discord.faults.add(Answer(status=503), method="POST", path=path, times=2)
    assert (await asker.send(0)).status == 200
    assert [(await asker.send(1)).status for _ in range(3)] == [503, 503, 200]
    assert len(fault.struck) == 2


async def test_a_fault_may_choose_by_the_request_itself(asker: Asker) -> None:
    fault = asker.discord.faults.add(
        Answer(status=500), when=lambda record: record.json["content"] == "part 2", times=None
    )
    sent = [(await asker.send(content=f"part {number}")).status for number in (1, 2, 2, 3)]
    assert sent == [200, 500, 500, 200]
    asker.discord.faults.remove(fault)
    assert (await asker.send(content="part 2")).status == 200


async def test_what_is_asked_against_discords_document_is_noted(scene: Scene) -> None:
    if not scene.discord.checked:
        pytest.skip("Discord's own document is not beside this checkout")
    wrong: dict[str, Any] = {"content": ["x"], "nonce": True}
    await scene.send(**wrong)
    await scene.send(content="x", allowed_mentions={"parse": [], "users": [int(scene.alice.id)]})
    noted = scene.discord.openapi.of("request")
    assert {violation.where for violation in noted} == {"$.content", "$.nonce"}
    assert scene.discord.openapi.checked == 3
