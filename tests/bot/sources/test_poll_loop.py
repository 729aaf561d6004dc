"""The loop asks when a source is due, outlives what fails, and ends when stopped."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.errors import StoreError
from bot.ports import SourceState
from bot.sources.named import Source
from bot.sources.obtain import Obtained
from store import Store
from tests.bot.sources.polling import Polled
from tests.stand_ins.common.patience import HANG
from tests.support import web
from tests.support.drafts import NOW
from tests.support.feeds import feed, issue

END = timedelta(days=1)


@pytest.fixture(name="polled")
async def _polled(store: Store) -> AsyncIterator[Polled]:
    async with web.serving() as site:
        site.at["/feed"] = web.tagged(feed(issue(58)))
        yield Polled(store, site)


async def test_it_polls_about_every_hour_until_it_is_told_to_stop(polled: Polled) -> None:
    stop, naps = asyncio.Event(), []

    async def sleep(seconds: float) -> None:
        naps.append(seconds)
        polled.now += timedelta(seconds=seconds)
        if polled.now > NOW + END:
            stop.set()
        await asyncio.sleep(0)

    await polled.sync(polled.site.url("/feed"), sleep=sleep).run(stop)
    assert 24 <= len(polled.site.asked) <= 27
    assert max(naps) <= 600
    assert len(naps) < 24 * 9
    assert list(await polled.store.library.numbers()) == [58]


async def test_without_sources_it_asks_nobody_and_waits(polled: Polled) -> None:
    stop = asyncio.Event()

    async def sleep(seconds: float) -> None:
        assert seconds > 60
        stop.set()
        await asyncio.sleep(0)

    await polled.sync(sleep=sleep).run(stop)
    assert polled.site.asked == []


async def test_a_database_that_gives_way_does_not_end_it(
    polled: Polled, caplog: pytest.LogCaptureFixture
) -> None:
    stop, tries = asyncio.Event(), []
    honest = polled.obtain

    async def failing(source: Source, state: SourceState) -> Obtained | None:
        tries.append(source.name)
        if len(tries) == 1:
            raise StoreError("There is no room left.")
        return await honest(source, state)

    async def sleep(seconds: float) -> None:
        polled.now += timedelta(seconds=seconds)
        if len(tries) > 1:
            stop.set()
        await asyncio.sleep(0)

    polled.obtain = failing
    await polled.sync(polled.site.url("/feed"), sleep=sleep).run(stop)
    assert "There is no room left." in caplog.text
    assert list(await polled.store.library.numbers()) == [58]


async def test_told_to_stop_it_gives_up_a_round_under_way(polled: Polled) -> None:
    stop, never = asyncio.Event(), asyncio.Event()

    async def hanging(source: Source, state: SourceState) -> Obtained | None:
        del source, state
        stop.set()
        await never.wait()
        return None

    polled.obtain = hanging
    async with asyncio.timeout(HANG):
        await polled.sync(polled.site.url("/feed")).run(stop)


async def test_what_became_of_a_round_is_logged(polled: Polled, caplog: pytest.LogCaptureFixture) -> None:
    stop = asyncio.Event()

    async def sleep(seconds: float) -> None:
        del seconds
        stop.set()
        await asyncio.sleep(0)

    with caplog.at_level("INFO"):
        await polled.sync(polled.site.url("/feed"), "nowhere.html", sleep=sleep).run(stop)
    assert f"{polled.site.url('/feed')}: 2 new, 0 changed, 0 unchanged; new issue: AN #58" in caplog.text
    assert "no file or folder nowhere.html" in caplog.text
