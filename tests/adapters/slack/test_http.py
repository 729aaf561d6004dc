"""What the bot does with requests over HTTP that are not as they should be."""

import asyncio
import io
import json
import logging
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from urllib.parse import urlencode

import aiohttp
import pytest

from adapters.slack import connections, http
from tests.adapters.slack.world import World, words
from tests.stand_ins.slack import Signature
from tests.stand_ins.slack.signing import signed

PLANTED = "planted words of a person"
FORM = "application/x-www-form-urlencoded"
URL = "http://127.0.0.1:{}/slack/events"


async def sent(place: World, body: bytes, headers: dict[str, str]) -> tuple[int, str]:
    """The status and the text of the answer to a request."""
    async with (
        aiohttp.ClientSession() as session,
        session.post(URL.format(place.port), data=body, headers=headers) as response,
    ):
        return response.status, await response.text()


def headers_of(place: World, body: bytes, kind: str = FORM) -> dict[str, str]:
    return {"Content-Type": kind, **signed(place.app.signing_secret, body, place.clock.now())}


def lines(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.name.startswith("anbot")]


@asynccontextmanager
async def connected(place: World, start: bytes = b"") -> AsyncIterator[asyncio.StreamReader]:
    """A connection over which no more comes than the start."""
    reader, writer = await asyncio.open_connection("127.0.0.1", place.port)
    writer.write(start)
    try:
        yield reader
    finally:
        writer.close()


HALF_HEAD = b"POST /slack/events HTTP/1.1\r\nHost: a"
HALF_BODY = (
    b"POST /slack/events HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\nX-Slack-Signature: v0=0\r\n"
    b"X-Slack-Request-Timestamp: %d\r\n\r\na=1"
)


@pytest.mark.parametrize("signature", [Signature.WRONG, Signature.OLD, Signature.MISSING])
async def test_the_log_of_a_refusal_is_one_line_without_content(
    by_http: World, signature: Signature, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "anbot")
    async with by_http.run():
        before = len(lines(caplog))
        by_http.app.signature = signature
        used = await by_http.alice.command(f"/paper {PLANTED}\nforged line", by_http.general)
        await used.done.wait()
        refusals = lines(caplog)[before:]
    assert len([line for line in refusals if "refused" in line]) == 1
    assert not [line for line in refusals if "planted" in line or "verification" in line or "\n" in line]


async def test_a_signature_that_is_off_in_time_says_so(
    by_http: World, caplog: pytest.LogCaptureFixture
) -> None:
    async with by_http.run():
        by_http.app.signature = Signature.OLD
        await (await by_http.alice.command("/an 58", by_http.general)).done.wait()
    assert re.search("30[12] s off; is the clock of this machine ahead of the time?", caplog.text)


@pytest.mark.parametrize("length", [http.BODY + 1, 3 * http.BODY])
@pytest.mark.parametrize("chunked", [False, True])
async def test_a_long_body_is_not_read(
    by_http: World, length: int, *, chunked: bool, caplog: pytest.LogCaptureFixture
) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(length // 1000 + 1):
            yield b"x" * 1000

    async with by_http.run(), aiohttp.ClientSession() as session:
        proof = headers_of(by_http, b"another body")
        body = pieces() if chunked else io.BytesIO(b"x" * length)
        with suppress(aiohttp.ClientConnectionError):  # it is closed while more is sent
            async with session.post(URL.format(by_http.port), data=body, headers=proof) as response:
                assert response.status == 413
    assert "too long" in caplog.text
    assert "xxx" not in caplog.text


def malformed() -> Iterator[tuple[str, dict[str, str], bytes]]:
    """Bodies and headers that nobody signed, each with a name."""
    for name, body in (("json", b"{"), ("text", b"\xff\xfe"), ("form", b"payload=%7B"), ("empty", b"")):
        for kind in ("application/json", FORM, "text/plain; charset=none", "nothing"):
            for stamp in ("", "x", "-1", "9" * 400, "1.5", "١"):
                proof = {"X-Slack-Request-Timestamp": stamp.encode().decode("latin-1")}
                yield f"{name} {kind} {stamp[:3]}", {"Content-Type": kind, **proof}, body


async def test_nothing_unsigned_reaches_a_parser(by_http: World) -> None:
    async with by_http.run():
        for name, headers, body in malformed():
            status, _ = await sent(by_http, body, headers)
            assert status == 401, name
            status, _ = await sent(by_http, body, {**headers, "X-Slack-Signature": "v0=é"})
            assert status == 401, name


async def test_many_refusals_are_few_lines(by_http: World, caplog: pytest.LogCaptureFixture) -> None:
    async with by_http.run():
        for _ in range(40):
            await sent(by_http, b"a=1", {})
    assert len([line for line in lines(caplog) if "refused" in line]) == 10


SIGNED = {
    "no json": (b"{", "application/json"),
    "a list": (b"[1]", "application/json"),
    "a number": (b"1", "application/json"),
    "no utf-8": (b"command=/an&text=\xff", FORM),
    "empty": (b"", FORM),
    "payload of a list": (urlencode({"payload": "[]"}).encode(), FORM),
    "payload of nothing": (urlencode({"payload": ""}).encode(), FORM),
    "a command alone": (urlencode({"command": "/an", "text": PLANTED}).encode(), FORM),
    "an unknown command": (urlencode({"command": "/other", "team_id": "T1", "text": PLANTED}).encode(), FORM),
    "actions of nobody": (
        urlencode({"payload": json.dumps({"type": "block_actions", "actions": []})}).encode(),
        FORM,
    ),
    "an action of a number": (
        urlencode({"payload": json.dumps({"type": "block_actions", "actions": 1, "user": 2})}).encode(),
        FORM,
    ),
    "a view of nothing": (
        urlencode({"payload": json.dumps({"type": "view_submission", "view": {}})}).encode(),
        FORM,
    ),
    "an event of text": (
        json.dumps({"type": "event_callback", "event": PLANTED}).encode(),
        "application/json",
    ),
    "an event of nothing": (json.dumps({"type": "event_callback", "event": {}}).encode(), "application/json"),
}


@pytest.mark.parametrize("name", SIGNED)
async def test_what_is_signed_but_garbage_gets_a_sentence(
    by_http: World, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    body, kind = SIGNED[name]
    caplog.set_level(logging.DEBUG, "anbot")
    async with by_http.run():
        status, text = await sent(by_http, body, headers_of(by_http, body, kind))
    assert status == 200
    assert "nothing was done" in text
    assert PLANTED not in caplog.text
    assert "Traceback" not in caplog.text


@pytest.mark.parametrize("half", ["head", "body"])
async def test_what_is_sent_by_halves_is_given_up(
    by_http: World, half: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(connections, "ARRIVAL", 0.05)
    start = HALF_HEAD if half == "head" else HALF_BODY % by_http.clock.now()
    async with by_http.run(), connected(by_http, start) as reader:
        assert (await reader.read()).startswith(b"HTTP/1.1 408 ")
    assert "did not arrive in time" in caplog.text
    assert "Traceback" not in caplog.text


async def test_a_connection_is_kept_after_a_page_that_is_not_there(
    by_http: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "ARRIVAL", 0.05)
    async with by_http.run():
        reader, writer = await asyncio.open_connection("127.0.0.1", by_http.port)
        async with connected(by_http) as silent:
            for _ in range(2):
                writer.write(b"GET /nothing HTTP/1.1\r\nHost: a\r\n\r\n")
                assert (await reader.readuntil(b"404: Not Found")).startswith(b"HTTP/1.1 404 ")
                await silent.read()  # as long as a request may take
        writer.close()


async def test_those_who_wait_make_room_for_who_asks(by_http: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "MOST", 5)
    async with AsyncExitStack() as stack, by_http.run():
        slow = [await stack.enter_async_context(connected(by_http, HALF_HEAD)) for _ in range(12)]
        await by_http.command("/an 58")
        assert "AN #58" in words(await by_http.posted())
        assert (await slow[0].read()).startswith(b"HTTP/1.1 408 ")


async def test_beyond_what_can_be_answered_a_connection_is_turned_away(
    by_http: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "MOST", 0)
    async with by_http.run(), connected(by_http) as reader:
        assert (await reader.read()).startswith(b"HTTP/1.1 503 ")


@pytest.mark.parametrize("half", ["head", "body"])
async def test_what_is_sent_by_halves_does_not_hold_up_its_end(by_http: World, half: str) -> None:
    start = HALF_HEAD if half == "head" else HALF_BODY % by_http.clock.now()
    async with AsyncExitStack() as stack:
        async with by_http.run():
            reader = await stack.enter_async_context(connected(by_http, start))
            await by_http.command("/an 58")
        assert await reader.read() == b""


async def test_it_says_that_it_is_well(by_http: World) -> None:
    async with (
        by_http.run(),
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{by_http.port}/healthz") as response,
    ):
        assert (response.status, await response.text()) == (200, "ok\n")


async def test_it_listens_at_the_host_alone(by_http: World) -> None:
    async with by_http.run(HOST="127.0.0.2"):
        with pytest.raises(OSError, match=r"127\.0\.0\.1"):
            await asyncio.open_connection("127.0.0.1", by_http.port)
