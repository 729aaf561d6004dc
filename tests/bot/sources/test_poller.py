"""Rounds over real sources: what is new is taken in, and nothing that fails loses anything."""

import asyncio
import os
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from bot.model.search import Verdict
from bot.ports import SourceState
from bot.search import Searcher
from bot.sources.http import Bounds
from bot.sources.named import Source
from bot.sources.obtain import Obtained, obtaining
from bot.sources.outcome import Failed, Indexed, NotDue, Unchanged
from bot.sources.poller import LEASE
from store import Store, open_store
from tests.support import newsletters, web
from tests.support.drafts import NOW, clock
from tests.support.feeds import feed, issue
from tests.support.indexing import content, counts
from tests.support.polling import Polled

WOOL = feed(issue(58), issue(57))
MORE = feed(issue(59), issue(58), issue(57))
HOUR = timedelta(hours=1)
FAILURES = {
    "500": (web.status(500), "answered 500"),
    "404": (web.status(404), "answered 404"),
    "cut": (web.cut, "could not be read"),
    "broken gzip": (web.page(b"no gzip", Content_Encoding="gzip"), "cannot be unpacked"),
    "cut gzip": (web.packed(WOOL, keep=100), "ends too early"),
    "bomb": (web.packed(bytes(100_000)), "more than 50,000 bytes"),
    "binary": (web.page(b"\x89PNG\r\n" + bytes(100)), "binary"),
    "no issues": (web.page(b"<rss><channel><item><title>Hi</title></item></channel></rss>"), "none of its 1"),
    "empty": (web.page(b""), "empty"),
}


@pytest.fixture(name="polled")
async def _polled(store: Store) -> AsyncIterator[Polled]:
    async with web.serving() as site:
        yield Polled(store, site)


async def test_what_is_new_is_taken_in_and_its_issues_are_told(polled: Polled) -> None:
    polled.site.at["/feed"] = web.tagged(WOOL)
    outcome = await polled.one("/feed")
    assert isinstance(outcome, Indexed)
    assert (counts(outcome.report), outcome.fresh) == ((4, 0, 0, 0), (57, 58))
    polled.site.at["/feed"] = web.tagged(MORE)
    outcome = await polled.one("/feed")
    assert isinstance(outcome, Indexed)
    assert (counts(outcome.report), outcome.fresh) == ((2, 0, 4, 0), (59,))


@pytest.mark.parametrize("answer", [web.tagged(WOOL), web.dated(WOOL, "Mon, 24 Jun 2019"), web.page(WOOL)])
async def test_what_has_not_changed_is_not_taken_in_again(polled: Polled, answer: web.Answer) -> None:
    """Be it known by its tag, by its date or, without either, by its content."""
    polled.site.at["/feed"] = answer
    assert isinstance(await polled.one("/feed"), Indexed)
    assert isinstance(await polled.one("/feed"), Unchanged)
    assert isinstance(await polled.one("/feed"), Unchanged)


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


async def test_a_changed_date_is_no_new_issue(polled: Polled) -> None:
    polled.site.at["/feed"] = web.page(WOOL)
    await polled.one("/feed")
    polled.site.at["/feed"] = web.page(feed(issue(58, day=date(2031, 4, 4)), issue(57)))
    outcome = await polled.one("/feed")
    assert isinstance(outcome, Indexed)
    assert outcome.fresh == ()
    stored = await polled.store.library.issue(58)
    assert stored is not None
    assert stored.published == date(2031, 4, 4)


async def test_a_corrected_item_corrects_its_summaries(polled: Polled) -> None:
    polled.site.at["/feed"] = web.page(WOOL)
    await polled.one("/feed")
    polled.site.at["/feed"] = web.page(feed(issue(58, text="It is horned."), issue(57)))
    outcome = await polled.one("/feed")
    assert isinstance(outcome, Indexed)
    assert (counts(outcome.report), outcome.fresh) == ((0, 2, 2, 0), ())
    summary = await polled.store.library.summary("58-sheep-58")
    assert summary is not None
    assert summary.text == "It is horned."


async def test_a_renumbered_item_is_the_new_issue_and_takes_none_away(polled: Polled) -> None:
    polled.site.at["/feed"] = web.page(WOOL)
    await polled.one("/feed")
    polled.site.at["/feed"] = web.page(feed(replace(issue(58), number=60), issue(57)))
    outcome = await polled.one("/feed")
    assert isinstance(outcome, Indexed)
    assert outcome.fresh == (60,)
    assert list(await polled.store.library.numbers()) == [57, 58, 60]


async def test_an_item_that_took_the_number_of_another_issue_is_not_believed(polled: Polled) -> None:
    polled.site.at["/feed"] = web.page(WOOL)
    await polled.one("/feed")
    before = await content(polled.store)
    wrong = issue(58, "Cows", "Hens", "Ducks")
    polled.site.at["/feed"] = web.page(feed(wrong, issue(57)))
    outcome = await polled.one("/feed")
    assert isinstance(outcome, Indexed)
    assert [note.where for note in outcome.report.skipped] == ["AN #58"]
    assert await content(polled.store) == before


@pytest.mark.parametrize("name", FAILURES)
async def test_a_source_that_fails_loses_nothing_and_the_others_go_on(polled: Polled, name: str) -> None:
    answer, says = FAILURES[name]
    polled.obtain = obtaining(Bounds(largest=50_000, allowed=lambda _: True))
    polled.site.at["/feed"] = web.tagged(WOOL)
    await polled.one("/feed")
    before = await content(polled.store)
    polled.site.at |= {"/feed": answer, "/other": web.page(feed(issue(3)))}
    failed, other = sorted(
        await polled.round("/feed", "/other", later=2 * HOUR), key=lambda outcome: outcome.source
    )
    assert isinstance(failed, Failed)
    assert says in failed.problem
    assert isinstance(other, Indexed)
    assert set(before) <= set(await content(polled.store))
    state = await polled.store.sources.state(failed.source)
    assert state is not None
    assert (state.failures, state.problem, state.succeeded) == (1, failed.problem, NOW)


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


async def test_what_could_not_be_understood_does_not_pass_for_unchanged(polled: Polled) -> None:
    polled.site.at["/feed"] = web.tagged(WOOL)
    await polled.one("/feed")
    polled.site.at["/feed"] = web.tagged(b"\x89PNG\r\n" + bytes(100))
    assert isinstance(await polled.one("/feed"), Failed)
    assert isinstance(await polled.one("/feed"), Failed)
    polled.site.at["/feed"] = web.tagged(WOOL)
    assert isinstance(await polled.one("/feed"), Unchanged)


async def test_a_private_address_is_not_asked_unless_allowed(polled: Polled) -> None:
    polled.site.at["/feed"] = web.page(WOOL)
    polled.obtain = obtaining(Bounds())
    outcome = await polled.one("/feed")
    assert isinstance(outcome, Failed)
    assert "ANBOT_ALLOW_PRIVATE" in outcome.problem
    assert polled.site.asked == []


async def test_a_file_is_read_again_only_when_it_was_written(polled: Polled, tmp_path: Path) -> None:
    file = tmp_path / "58.html"
    file.write_text(newsletters.page(issue(58)), encoding="utf-8")
    assert isinstance(await polled.one(str(file)), Indexed)
    then = file.stat().st_mtime_ns
    file.write_text(newsletters.page(issue(58, text="It is horned.")), encoding="utf-8")
    os.utime(file, ns=(then, then))
    assert isinstance(await polled.one(str(file)), Unchanged)
    os.utime(file, ns=(then, then + 1))
    outcome = await polled.one(str(file))
    assert isinstance(outcome, Indexed)
    assert counts(outcome.report) == (0, 2, 0, 0)


async def test_a_folder_is_all_that_lies_in_it_at_the_time(polled: Polled, tmp_path: Path) -> None:
    (failed,) = await polled.round(str(tmp_path / "in"))
    assert isinstance(failed, Failed)
    assert "no file or folder" in failed.problem
    (tmp_path / "in").mkdir()
    for number in (58, 59):
        (tmp_path / "in" / f"{number}.html").write_text(newsletters.page(issue(number)), encoding="utf-8")
        outcomes = await polled.round(str(tmp_path / "in"))
        assert isinstance(outcomes[-1], Indexed)
    assert list(await polled.store.library.numbers()) == [58, 59]


async def test_a_text_without_a_number_waits_for_what_tells_it(polled: Polled) -> None:
    polled.site.at |= {
        "/a.txt": web.page(newsletters.flat(issue(58)).encode()),
        "/b.xml": web.page(WOOL),
    }
    outcomes = await polled.round("/a.txt", "/b.xml")
    taken = [outcome.report.issues for outcome in outcomes if isinstance(outcome, Indexed)]
    assert taken == [(57, 58), (58,)]


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
