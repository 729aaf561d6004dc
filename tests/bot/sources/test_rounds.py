"""A round asks each source when it is due, stops when it is told to, and asks once for all processes."""

import asyncio
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from bot.model.search import Verdict
from bot.ports import SourceState
from bot.search import Searcher
from bot.sources.named import Source
from bot.sources.obtain import Obtained
from bot.sources.outcome import Failed, Indexed, NotDue, Unchanged
from bot.sources.poller import LEASE
from store import open_store
from tests.bot.sources.polling import HOUR, MORE, WOOL, Polled
from tests.support import web
from tests.support.drafts import NOW, clock
from tests.support.feeds import feed, issue


async def test_a_source_that_answers_is_asked_about_every_hour(polled: Polled) -> None:
    polled.site.at["/feed"] = web.page(WOOL)
    await polled.round("/feed")
    (early,) = await polled.round("/feed", later=0.89 * HOUR)
    assert isinstance(early, NotDue)
    assert len(polled.site.asked) == 1
    assert early.due - NOW + timedelta(seconds=1) >= 0.9 * HOUR
    (late,) = await polled.round("/feed", later=0.22 * HOUR)
    assert isinstance(late, Unchanged)
    assert len(polled.site.asked) == 2


async def test_a_source_that_keeps_failing_is_asked_ever_later_but_once_a_day(polled: Polled) -> None:
    polled.site.at["/feed"] = web.status(500)
    waits = []
    for nth in range(1, 13):
        (outcome,) = await polled.round("/feed")
        assert isinstance(outcome, Failed)
        assert outcome.failures == nth
        waits.append(outcome.due - polled.now)
        polled.now = outcome.due
    assert timedelta(minutes=4) <= waits[0] <= timedelta(minutes=5)
    assert all(later > sooner for sooner, later in pairwise(waits[:9]))
    assert timedelta(hours=19) <= max(waits) <= timedelta(days=1)
    polled.site.at["/feed"] = web.page(WOOL)
    (outcome,) = await polled.round("/feed", later=timedelta(seconds=1))
    assert isinstance(outcome, Indexed)
    assert outcome.due - polled.now <= 1.1 * HOUR
    state = await polled.store.sources.state(outcome.source)
    assert state is not None
    assert (state.failures, state.problem) == (0, "")


async def test_a_server_that_says_when_is_not_asked_before(polled: Polled) -> None:
    polled.site.at["/feed"] = web.status(429, Retry_After=str(5 * 3600))
    (outcome,) = await polled.round("/feed")
    assert outcome.due - NOW == 5 * HOUR
    (outcome,) = await polled.round("/feed", later=4.9 * HOUR)
    assert isinstance(outcome, NotDue)
    assert len(polled.site.asked) == 1


async def test_a_defect_of_ours_is_the_failure_of_one_source(
    polled: Polled, caplog: pytest.LogCaptureFixture
) -> None:
    honest = polled.obtain

    async def stumbling(source: Source, state: SourceState) -> Obtained | None:
        if source.name.endswith("/feed"):
            raise LookupError("stumbled")
        return await honest(source, state)

    polled.obtain = stumbling
    polled.site.at |= {"/feed": web.page(WOOL), "/other": web.page(feed(issue(3)))}
    failed, other = sorted(await polled.round("/feed", "/other"), key=lambda outcome: outcome.source)
    assert isinstance(failed, Failed)
    assert "LookupError" in failed.problem
    assert isinstance(other, Indexed)
    assert "stumbled" in caplog.text


async def test_of_two_processes_on_one_database_one_asks(tmp_path: Path) -> None:
    file = tmp_path / "an.db"
    async with (
        web.serving() as site,
        open_store(file, clock=clock) as one,
        open_store(file, clock=clock) as other,
    ):
        site.at["/feed"] = web.page(WOOL)
        both = await asyncio.gather(*(Polled(store, site).round("/feed") for store in (one, other)))
    assert len(site.asked) == 1
    assert sorted(type(outcome).__name__ for (outcome,) in both) == ["Indexed", "NotDue"]


async def test_what_one_was_killed_over_is_asked_again_before_long(polled: Polled) -> None:
    polled.site.at["/feed"] = web.page(WOOL)
    await polled.store.sources.claim(polled.site.url("/feed"), NOW, NOW + LEASE)
    (outcome,) = await polled.round("/feed")
    assert isinstance(outcome, NotDue)
    (outcome,) = await polled.round("/feed", later=LEASE)
    assert isinstance(outcome, Indexed)


async def test_what_is_new_is_found_at_once_by_who_searches_already(tmp_path: Path) -> None:
    async with web.serving() as site, open_store(tmp_path / "an.db", clock=clock) as store:
        polled, searcher = Polled(store, site), Searcher(store.search)
        site.at["/feed"] = web.page(WOOL)
        await polled.one("/feed")
        assert (await searcher.find("sheep 59")).verdict is not Verdict.ANSWER
        site.at["/feed"] = web.page(MORE)
        await polled.one("/feed")
        assert (await searcher.find("sheep 59")).verdict is Verdict.ANSWER


async def test_a_round_that_is_stopped_takes_in_what_was_asked_and_leaves_the_rest(polled: Polled) -> None:
    polled.site.at |= {"/one": web.page(feed(issue(1))), "/two": web.page(feed(issue(2)))}
    asked: list[str] = []
    sync = polled.sync(polled.site.url("/one"), polled.site.url("/two"))
    outcomes = await sync.round(NOW, step=asked.append, stopped=lambda: bool(asked))
    assert asked == [outcome.source for outcome in outcomes] == [polled.site.url("/one")]
    assert list(await polled.store.library.numbers()) == [1]
