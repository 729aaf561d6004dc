"""`anbot sync` asks every source once, now, and reports on each."""

import asyncio
import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.__main__ import build_app
from bot.cli import anbot
from bot.config import Settings
from bot.errors import InputError
from bot.runtime.environment import settings_from
from bot.sources.named import FEED, PODCAST, SHEET, expand
from tests.stand_ins.common.patience import HANG
from tests.support import newsletters, web
from tests.support.feeds import feed, issue
from tests.support.one_issue import DRAFT, Run
from tests.support.processes import command
from tests.support.web import Web

WOOL = feed(issue(58))
Sync = Callable[..., Result]


@contextmanager
def beside() -> Iterator[Web]:
    """A web server in a thread of its own, for a program that has this one."""
    loop, ready, end = asyncio.new_event_loop(), threading.Event(), asyncio.Event()
    there: list[Web] = []

    async def serve() -> None:
        async with web.serving() as site:
            there.append(site)
            ready.set()
            await end.wait()

    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),))
    thread.start()
    try:
        assert ready.wait(10)
        yield there[0]
    finally:
        loop.call_soon_threadsafe(end.set)
        thread.join()
        loop.close()


@pytest.fixture(name="site")
def _site() -> Iterator[Web]:
    with beside() as site:
        site.at["/feed"] = web.tagged(WOOL)
        yield site


@pytest.fixture
def sync(database: Path) -> Sync:
    """`anbot sync` where those sources are configured."""

    def invoke(*arguments: str, sources: str = "", allow: str = "1") -> Result:
        environment = {"ANBOT_DB": str(database), "ANBOT_SOURCES": sources, "ANBOT_ALLOW_PRIVATE": allow}
        return CliRunner().invoke(
            anbot, ["sync", *arguments], obj=build_app(environment), catch_exceptions=False
        )

    return invoke


def test_news_is_reported_and_then_that_there_is_none(sync: Sync, site: Web) -> None:
    address = site.url("/feed")
    first = sync(sources=address)
    assert (first.exit_code, first.stderr) == (0, "")
    assert first.stdout == f"{address}: AN #58, 2 summaries: 2 new\n  new issue: AN #58\n"
    second = sync(sources=address)
    assert (second.exit_code, second.stdout, second.stderr) == (0, f"{address}: unchanged\n", "")
    assert "If-None-Match" in site.asked[1].headers


def test_a_source_that_fails_is_reported_and_the_others_go_on(sync: Sync, site: Web, issue: Path) -> None:
    result = sync(sources=f"{site.url('/nothing')} '{issue}' /nowhere/at/all")
    assert result.exit_code == 1
    assert result.stdout == f"{issue}: AN #801, 2 summaries: 2 new\n  new issue: AN #801\n"
    missing, unanswered = sorted(result.stderr.splitlines())
    assert missing.startswith("There is no file or folder /nowhere/at/all. (next try ")
    assert unanswered.startswith(f"{site.url('/nothing')} answered 404")
    again = sync(sources=site.url("/nothing"))
    assert "2 times in a row" in again.stderr


def test_named_sources_are_asked_instead_of_the_configured(sync: Sync, site: Web, issue: Path) -> None:
    assert "AN #801" in sync(str(issue), sources=site.url("/feed")).stdout
    assert site.asked == []


def test_private_addresses_are_asked_only_where_that_is_allowed(sync: Sync, site: Web) -> None:
    refused = sync(sources=site.url("/feed"), allow="")
    assert refused.exit_code == 1
    assert "ANBOT_ALLOW_PRIVATE=yes" in refused.stderr
    assert site.asked == []


@pytest.mark.parametrize(
    ("arguments", "sources", "message"),
    [
        ([], "", "There is nothing to ask: ANBOT_SOURCES is empty"),
        (["nowhere.html"], "", "no file or folder nowhere.html"),
    ],
)
def test_a_mistake_is_a_sentence(sync: Sync, arguments: list[str], sources: str, message: str) -> None:
    result = sync(*arguments, sources=sources)
    assert result.exit_code == 2
    assert message in result.stderr


def test_the_real_sources_are_configured_unless_others_are() -> None:
    real = settings_from({}, Settings).sources
    assert {source.name for source in expand(real)} == {SHEET, FEED, PODCAST}
    assert settings_from({"ANBOT_SOURCES": " "}, Settings).sources == ()
    assert settings_from({"ANBOT_QUIET": "5"}, Settings).quiet == timedelta(minutes=5)
    with pytest.raises(InputError, match="ANBOT_QUIET is “soon”"):
        settings_from({"ANBOT_QUIET": "soon"}, Settings)
    assert settings_from({"ANBOT_SOURCES": "a 'b c'"}, Settings).sources == ("a", "b c")
    with pytest.raises(InputError, match="quotation mark"):
        settings_from({"ANBOT_SOURCES": "a 'b"}, Settings)


@pytest.mark.slow
def test_ctrl_c_lets_it_finish_what_was_asked_and_it_can_be_run_again(
    database: Path, run: Run, issue: Path, tmp_path: Path
) -> None:
    pipe = tmp_path / "0.html"
    os.mkfifo(pipe)
    with command("sync", str(pipe), str(issue), database=database) as program:
        with pipe.open("wb") as source:  # opens once the program reads from it
            program.send_signal(signal.SIGINT)
            source.write(newsletters.page(replace(DRAFT, number=802)).encode())
        out, err = program.communicate(timeout=HANG)
    assert program.returncode == 130
    assert out == f"{pipe}: AN #802, 2 summaries: 2 new\n  new issue: AN #802\n"
    assert err.startswith("Stopped.")
    assert "AN #801" in run("sync", issue).stdout
