"""Brings commands, interactions and events to applications, over HTTP or Socket Mode."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode

import aiohttp

from tests.stand_ins.common.patience import HANG
from tests.stand_ins.slack import signing
from tests.stand_ins.slack.entities import App, Json
from tests.stand_ins.slack.errors import SlackError
from tests.stand_ins.slack.sockets import Sockets
from tests.stand_ins.slack.world import World

PATIENCE = 3.0  # seconds an application has to acknowledge
RETRIES = (0.0, 60.0, 300.0)  # seconds before an event is sent again
OK = range(200, 300)


class Way(StrEnum):
    """What is brought, by the type of its Socket Mode envelope."""

    COMMAND = "slash_commands"
    INTERACTION = "interactive"
    EVENT = "events_api"


class NotAcknowledged(Exception):
    """The application did not acknowledge in time, or not with success."""


@dataclass(slots=True, kw_only=True)
class Attempt:
    """One sending, when it began and ended: over HTTP its bytes, headers and status (none while
    unanswered).
    """

    at: float
    ended: float | None = None
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    status: int | None = None
    failure: str | None = None


@dataclass(slots=True, kw_only=True, eq=False)
class Delivery:
    """What was brought, how often, and what came back: answer is the acknowledgement's content.

    failed: why it was not acknowledged, or what was wrong with the message or view it came with.
    """

    app: App
    way: Way
    payload: Json
    on_answer: Callable[[Any], None] | None = None
    attempts: list[Attempt] = field(default_factory=list)
    answer: Any = None
    failed: str | None = None
    done: asyncio.Event = field(default_factory=asyncio.Event)

    async def acknowledged(self, *, within: float = HANG) -> Any:
        """The acknowledgement's content; NotAcknowledged, with Slack's word for it, if there is none.

        TimeoutError after so many real seconds, as under a clock that a test forgot to move.
        """
        async with asyncio.timeout(within):
            await self.done.wait()
        if self.failed:
            raise NotAcknowledged(self.failed)
        return self.answer


class Post:
    """Sends in the background; `sent` holds all deliveries in order."""

    def __init__(self, world: World, sockets: Sockets) -> None:
        self._world, self._sockets = world, sockets
        self._session: aiohttp.ClientSession | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._sending = 0
        self._going = asyncio.Event()
        self._going.set()
        self.sent: list[Delivery] = []
        self.crashes: list[BaseException] = []

    @property
    def sending(self) -> int:
        """How many attempts are under way; what waits for its next one is none."""
        return self._sending

    @asynccontextmanager
    async def holding(self) -> AsyncIterator[None]:
        """Begins no attempt until this is left; first what is under way ends."""
        self._going.clear()
        try:
            await self._world.changes.until(lambda: not self._sending, what="what is under way")
            yield
        finally:
            self._going.set()

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._session is not None:
            await self._session.close()

    def send(
        self, app: App, way: Way, payload: Json, on_answer: Callable[[Any], None] | None = None
    ) -> Delivery:
        """Starts a delivery."""
        delivery = Delivery(app=app, way=way, payload=payload, on_answer=on_answer)
        self.sent.append(delivery)
        task = asyncio.create_task(self._deliver(delivery))
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return delivery

    async def replay(self, delivery: Delivery) -> int:
        """Sends the very bytes and headers of a first attempt again, as one who overheard it; the status."""
        first = delivery.attempts[0]
        assert delivery.app.request_url, "only HTTP can be replayed"
        async with self._http().post(
            delivery.app.request_url, data=first.body, headers=first.headers
        ) as response:
            return response.status

    async def again(self, delivery: Delivery) -> None:
        """Bring what was brought once more, as if its acknowledgement had been lost on the way."""
        await delivery.done.wait()
        delivery.failed = await self._attempt(delivery, len(delivery.attempts), "http_timeout")
        if delivery.failed is None and delivery.on_answer is not None:
            delivery.on_answer(delivery.answer)

    def _http(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession()
        return self._session

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            self.crashes.append(error)

    async def _deliver(self, delivery: Delivery) -> None:
        """Tries once, an event up to four times."""
        delays = (0.0, *RETRIES) if delivery.way is Way.EVENT else (0.0,)
        reason: str | None = None
        try:
            for number, delay in enumerate(delays):
                if number:
                    await self._world.clock.wait(delay)
                reason = await self._attempt(delivery, number, reason)
                if reason is None:
                    break
            else:
                delivery.failed = reason
            if reason is None and delivery.on_answer is not None:
                delivery.on_answer(delivery.answer)
        except SlackError as error:
            delivery.failed = error.error
        finally:
            delivery.done.set()
            self._world.changes.notify()

    async def _attempt(self, delivery: Delivery, number: int, reason: str | None) -> str | None:
        """Why it failed, in Slack's word, or None."""
        await self._going.wait()
        attempt = Attempt(at=self._world.clock.now())
        delivery.attempts.append(attempt)
        way = self._by_http if delivery.app.request_url else self._by_socket
        self._sending += 1
        sending = asyncio.create_task(way(delivery, attempt, number, reason))
        timer = asyncio.create_task(self._world.clock.wait(PATIENCE))
        self._world.changes.notify()
        try:
            await asyncio.wait({sending, timer}, return_when=asyncio.FIRST_COMPLETED)
            attempt.ended = self._world.clock.now()
            attempt.failure = sending.result() if sending.done() else "http_timeout"
        finally:
            self._sending -= 1
            for task in (sending, timer):
                task.cancel()
            await asyncio.gather(sending, timer, return_exceptions=True)
        self._world.changes.notify()
        return attempt.failure

    async def _by_http(
        self, delivery: Delivery, attempt: Attempt, number: int, reason: str | None
    ) -> str | None:
        app, event = delivery.app, delivery.way is Way.EVENT
        assert app.request_url
        transit = self._world.transit
        payload = transit.payload(delivery.payload)
        attempt.body = transit.frame(encoded(delivery.way, payload))
        kind = "application/json" if event else "application/x-www-form-urlencoded"
        again = {"X-Slack-Retry-Num": str(number), "X-Slack-Retry-Reason": str(reason)} if number else {}
        proof = signing.headers(app.signature, app.signing_secret, attempt.body, self._world.clock.now())
        attempt.headers = {"Content-Type": kind} | proof | again
        try:
            async with self._http().post(
                app.request_url, data=attempt.body, headers=attempt.headers
            ) as response:
                text = await response.text()
                attempt.status = response.status
        except aiohttp.ClientError:
            return "connection_failed"
        if attempt.status not in OK:
            return "http_error"
        delivery.answer = text
        with suppress(json.JSONDecodeError):
            delivery.answer = json.loads(text)
        return None

    async def _by_socket(
        self, delivery: Delivery, _attempt: Attempt, number: int, reason: str | None
    ) -> str | None:
        envelope: Json = {
            "envelope_id": self._world.id("envelope-"),
            "type": delivery.way.value,
            "payload": self._world.transit.payload(delivery.payload),
            "accepts_response_payload": delivery.way is not Way.EVENT,
        }
        if delivery.way is Way.EVENT:
            envelope |= {"retry_attempt": number, "retry_reason": reason or ""}
        try:
            delivery.answer = await (await self._sockets.send(delivery.app, envelope))
        except ConnectionError:
            return "connection_failed"
        return None


def encoded(way: Way, payload: Json) -> bytes:
    """The body Slack sends: a form for commands, a form with JSON for interactions, JSON for events."""
    match way:
        case Way.COMMAND:
            return urlencode(payload, errors="surrogatepass").encode()
        case Way.INTERACTION:
            return urlencode({"payload": json.dumps(payload)}).encode()
        case Way.EVENT:
            return json.dumps(payload).encode()
