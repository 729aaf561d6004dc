"""Rounds over real sources: what is new is taken in, and nothing that fails loses anything."""

import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.sources.http import Bounds
from bot.sources.obtain import obtaining
from bot.sources.outcome import Failed, Indexed, Unchanged
from tests.bot.sources.polling import HOUR, MORE, WOOL, Polled
from tests.support import newsletters, web
from tests.support.drafts import NOW
from tests.support.feeds import feed, issue
from tests.support.indexing import content, counts

FAILURES = {
    "500": (web.status(500), "answered 500"),
    "404": (web.status(404), "answered 404"),
    "cut": (web.cut, "could not be read"),
    "broken gzip": (web.page(b"no gzip", Content_Encoding="gzip"), "cannot be unpacked"),
    "cut gzip": (web.packed(WOOL, keep=100), "ends too early"),
    "bomb": (web.packed(bytes(100_000)), "more than 50,000 bytes"),
    "binary": (web.page(b"\x89PNG\r\n" + bytes(100)), "a picture"),
    "no issues": (web.page(b"<rss><channel><item><title>Hi</title></item></channel></rss>"), "none of its 1"),
    "empty": (web.page(b""), "empty"),
}


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
