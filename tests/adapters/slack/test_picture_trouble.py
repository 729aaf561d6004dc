"""If a picture cannot be shown, its list answers alone, and nobody but the log hears of it."""

import asyncio
import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.pictures import MISSING
from bot.pictures import pictures as drawn
from tests.adapters.slack.picturing import TOPIC, images, of_years, pictured, pictures, refused, uploads
from tests.adapters.slack.world import World, words, world
from tests.stand_ins.common.patience import HANG
from tests.stand_ins.slack import Answer, Slow
from tests.support.fakes import MemoryLibrary


@pytest.fixture
async def by_socket(tmp_path: Path) -> AsyncIterator[World]:
    """A workspace that may show pictures; the app does not run yet."""
    async with world(tmp_path / "anbot.sqlite", pictures=True) as made:
        made.library = of_years()
        yield made


def failures(caplog: pytest.LogCaptureFixture) -> list[str]:
    lines = [each for each in caplog.records if "picture could not be shown" in each.getMessage()]
    assert [each.levelno for each in lines if each.exc_info or each.levelno != logging.WARNING] == []
    return [each.getMessage() for each in lines]


async def failed(caplog: pytest.LogCaptureFixture, count: int = 1) -> None:
    """Return when the log says so many times that lists answer alone."""
    async with asyncio.timeout(HANG):
        while len(failures(caplog)) < count:  # noqa: ASYNC110 - a log tells nobody
            await asyncio.sleep(0)


async def test_without_the_scope_lists_answer_and_nobody_sees_an_error(
    illustrated: World, caplog: pytest.LogCaptureFixture
) -> None:
    installation = illustrated.slack.world.installed(illustrated.app, illustrated.team)
    assert installation
    installation.scopes -= {"files:write"}
    for count in (1, 2):
        await illustrated.command(TOPIC)
        assert "A mesa follow-up" in words(await illustrated.posted(count))
        await failed(caplog)
    assert [each.rpartition(" ")[2] for each in failures(caplog)] == ["missing_scope"]
    assert len(illustrated.slack.journal.of("files.*")) == 1
    assert illustrated.slack.ephemerals(illustrated.general, illustrated.alice) == []


async def test_after_ten_minutes_it_is_tried_again(
    illustrated: World, caplog: pytest.LogCaptureFixture
) -> None:
    illustrated.slack.faults.add(Answer(status=403), method="upload", times=2)
    await illustrated.command(TOPIC)
    await failed(caplog)
    illustrated.clock.advance(10 * 60)
    await illustrated.command(TOPIC)
    await failed(caplog, 2)
    illustrated.clock.advance(10 * 60)
    await illustrated.command(TOPIC)
    await pictured(illustrated)


async def test_what_slack_does_not_take_in_time_is_given_up(
    illustrated: World, caplog: pytest.LogCaptureFixture
) -> None:
    await illustrated.command(TOPIC)
    await illustrated.until(lambda: uploads(illustrated))
    illustrated.slack.world.files.clear()
    await illustrated.passing(lambda: failures(caplog))
    assert len(refused(illustrated)) == 3
    assert len(illustrated.slack.messages(illustrated.general)) == 1


async def test_what_cannot_be_drawn_any_more_is_no_error_of_the_answer(
    illustrated: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> bytes:
        raise RuntimeError("no font")

    await illustrated.command(TOPIC)
    await pictured(illustrated)
    monkeypatch.setattr(drawn, "_chart", broken)
    assert isinstance(illustrated.library, MemoryLibrary)
    illustrated.library.issues = of_years(2022).issues
    await illustrated.command(TOPIC)
    assert "A mesa follow-up" in words(await illustrated.posted(3))
    assert illustrated.slack.ephemerals(illustrated.general, illustrated.alice) == []


async def test_stopping_waits_for_no_picture(by_socket: World) -> None:
    async with by_socket.run():
        await by_socket.command(TOPIC)
        await by_socket.until(lambda: uploads(by_socket))
    assert by_socket.slack.journal.of("response_url") == []


async def test_nothing_is_uploaded_unless_it_was_switched_on(by_socket: World) -> None:
    async with by_socket.run(SLACK_PICTURES=""):
        await by_socket.command(TOPIC)
        await by_socket.posted()
    assert by_socket.slack.journal.of("files.*") == []


async def test_what_draws_them_is_missed_at_the_start(
    by_socket: World, caplog: pytest.LogCaptureFixture
) -> None:
    by_socket.pictures = False
    async with by_socket.run(SLACK_PICTURES="yes"):
        await by_socket.command(TOPIC)
        assert images(await by_socket.posted()) == []
    assert MISSING in caplog.text


async def test_a_list_does_not_wait_for_an_upload_that_hangs(by_socket: World) -> None:
    until = asyncio.Event()
    by_socket.slack.faults.add(Slow(until=until), method="upload")
    async with by_socket.run():
        used = await by_socket.command(TOPIC)
        assert "A mesa follow-up" in str(used.answer)
        await by_socket.until(lambda: by_socket.slack.journal.of("upload"))
        until.set()
        await pictured(by_socket)
        assert len(pictures(by_socket)) == 1
