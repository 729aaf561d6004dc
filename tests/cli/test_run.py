"""`anbot run` serves what it can, and says what it cannot."""

import asyncio
import logging
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.__main__ import build_app
from bot.app import Platform, Services
from bot.cli import anbot
from bot.errors import BotError, InputError, Unavailable
from bot.runtime.clock import Clock
from tests.support.drafts import NOW


@dataclass
class Chat:
    """A platform that ends as it is told, time after time; None is a good end."""

    name: str
    endings: list[BotError | None]
    begun: int = 0
    given: tuple[str, ...] = ("CHAT_TOKEN",)
    needs: tuple[str, ...] = ("CHAT_TOKEN", "CHAT_SECRET")
    configured: bool = True
    stopped: bool = False
    tells: bool = False
    messages: list[str] = field(default_factory=list)
    stop: asyncio.Event | None = None

    async def serve(self, services: Services, stop: asyncio.Event) -> None:
        self.begun, self.stop = self.begun + 1, stop
        if self.endings and (ending := self.endings.pop(0)):
            raise ending
        if not self.endings:
            with services.gateways.serving(self.name, self.is_up):
                await stop.wait()
            self.stopped = True

    async def is_up(self) -> bool:
        return True

    async def tell(self, _: Services, text: str) -> None:
        """Whoever runs it stops it as soon as they are told of anything."""
        self.messages.append(text)
        assert self.stop
        self.stop.set()

    def platform(self) -> Platform:
        async def preview(*_: object) -> str:
            return ""

        return Platform(
            name=self.name,
            variables=(),
            given=self.given,
            needs=self.needs,
            configured=self.configured,
            serve=self.serve,
            tell=self.tell if self.tells else None,
            preview=preview,
        )


@dataclass
class Waits:
    """A sleep that ends at once, and how long each was to be."""

    seconds: list[float] = field(default_factory=list)
    now: datetime = NOW

    async def sleep(self, seconds: float) -> None:
        self.seconds.append(seconds)
        self.now += timedelta(seconds=seconds)


Serve = Callable[..., Result]


@pytest.fixture
def waits() -> Waits:
    return Waits()


@pytest.fixture
def serve(database: Path, waits: Waits) -> Iterator[Serve]:
    """`anbot run` over these platforms."""

    def invoke(*chats: Chat) -> Result:
        app = build_app({"ANBOT_DB": str(database), "ANBOT_SOURCES": ""})
        clock = Clock(read=lambda: waits.now, sleep=waits.sleep)
        put_together = replace(app, platforms=tuple(chat.platform() for chat in chats), clock=clock)
        return CliRunner().invoke(anbot, ["run"], obj=put_together, catch_exceptions=False)

    loggers = logging.getLogger(), logging.getLogger("anbot")
    levels = [logger.level for logger in loggers]
    loggers[0].setLevel(logging.INFO)
    yield invoke
    for logger, level in zip(loggers, levels, strict=True):
        logger.setLevel(level)


def refused() -> BotError:
    return InputError("The token is not accepted.")


def out_of_reach() -> BotError:
    return Unavailable("It cannot be reached.")


def test_a_platform_that_is_refused_is_tried_again_while_another_is_served(
    serve: Serve, waits: Waits, caplog: pytest.LogCaptureFixture
) -> None:
    wrong, right = Chat("wrong", [refused() for _ in range(8)] + [None, None]), Chat("right", [])
    assert serve(wrong, right).exit_code == 0
    assert (wrong.begun, right.begun, right.stopped) == (9, 1, True)
    assert waits.seconds == [60, 120, 240, 480, 960, 1920, 3600, 3600]
    assert "wrong is not served: The token is not accepted. Next try in 1 minute." in caplog.text


def test_if_none_can_be_served_it_ends_with_the_reason(serve: Serve) -> None:
    first, second = Chat("first", [refused()]), Chat("second", [refused()])
    ended = serve(first, second)
    assert (ended.exit_code, ended.stderr) == (2, "Error: The token is not accepted.\n")
    alone = serve(Chat("alone", [refused()]))
    assert (alone.exit_code, alone.stderr) == (2, "Error: The token is not accepted.\n")


def test_if_one_reason_may_pass_the_exit_code_says_so(serve: Serve, caplog: pytest.LogCaptureFixture) -> None:
    for endings in ([refused(), out_of_reach()], [out_of_reach(), refused()]):
        ended = serve(*(Chat(f"chat {number}", [ending]) for number, ending in enumerate(endings)))
        assert (ended.exit_code, ended.stderr) == (75, "Error: It cannot be reached.\n")
        assert "is not served: The token is not accepted." in caplog.text
        caplog.clear()


def test_a_platform_that_stays_down_is_told_on_the_other(serve: Serve) -> None:
    wrong, right = Chat("wrong", [refused() for _ in range(1000)]), Chat("right", [], tells=True)
    assert serve(wrong, right).exit_code == 0
    (alert,) = right.messages
    assert re.fullmatch(
        r"Fails for \d+ (minutes|hours?|days?): wrong: (The token is not accepted|It is not connected)\.",
        alert,
    )


def test_the_log_begins_with_what_is_served_and_what_is_configured_by_half(
    serve: Serve, database: Path, caplog: pytest.LogCaptureFixture
) -> None:
    half, unset = Chat("half", [], configured=False), Chat("unset", [], given=(), configured=False)
    assert serve(Chat("whole", [None, None]), half, unset).exit_code == 0
    begun, warned = (record.getMessage() for record in caplog.records[:2])
    assert begun.startswith("anbot ")
    assert begun.endswith(f" serves whole from {database}")
    assert warned == "half stays off: CHAT_TOKEN is set, but it also needs CHAT_SECRET"
    assert "unset" not in caplog.text
