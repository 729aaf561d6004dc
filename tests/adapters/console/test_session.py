"""Lines go in, replies come out, and a number picks from the last list."""

import io
import json
import random
import shutil
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from rich.console import Console

from adapters.console.format import CONSOLE_FORMAT
from adapters.console.json_lines import JsonAnswers
from adapters.console.screens import PlainScreen, Screen
from adapters.console.talk import CardAnswers, answer_each, converse
from adapters.console.terminal import RichScreen
from bot.__main__ import build_app
from bot.cards.presenter import Presenter
from bot.lookup.lookup import Lookup
from bot.model.newsletter import Issue
from store.sqlite import connections
from tests.store.databases import made
from tests.support.fakes import MemoryFinder, MemoryLibrary, summary

FIRST, SECOND = summary("Risks from Learned Optimization"), summary("Selection vs Control", position=2)
LONG = summary("Long", 76, text="A sentence to read. " * 400)
LIBRARY = MemoryLibrary((Issue(number=58, summaries=(FIRST, SECOND)), Issue(number=76, summaries=(LONG,))))


def lookup(*, sample: bool = False) -> Lookup:
    library = MemoryLibrary(LIBRARY.issues, sample=sample)
    return Lookup(library, MemoryFinder(library.summaries), random.Random(0))  # noqa: S311 - dice, not secrets


async def lines(*typed: str) -> AsyncIterator[str]:
    for line in typed:
        yield line


def now() -> datetime:
    return datetime(2026, 1, 12, tzinfo=UTC)


def on(screen: Screen) -> CardAnswers:
    return CardAnswers(Presenter(lookup(), now, CONSOLE_FORMAT), screen)


async def talk(*typed: str) -> list[str]:
    out = io.StringIO()
    await converse(lines(*typed), on(PlainScreen(out)))
    return [page.strip().splitlines()[0] for page in out.getvalue().split("—" * 40) if page.strip()]


async def test_every_text_is_answered_in_turn() -> None:
    out = io.StringIO()
    await answer_each(["/an 58", "/paper pizza"], on(PlainScreen(out)))
    assert out.getvalue().index("AN #58") < out.getvalue().index("“pizza” is not in the newsletter")


async def test_a_session_notices_that_its_database_was_overwritten_and_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "SETTLED", 0.0)
    path, other = await made(tmp_path / "an.db", 1), await made(tmp_path / "other.db", 2)
    app = build_app({"ANBOT_DB": str(path)})
    out = io.StringIO()

    async def typed() -> AsyncIterator[str]:
        yield "/an 1"
        shutil.copyfile(other, path)
        yield "/an 2"
        path.write_bytes(b"no database" * 1000)
        yield "/an 2"
        other.replace(path)
        yield "/an 2"

    async with app.reading(None) as store:
        there = Lookup(store.library, await app.find_in(store), random.Random(0))  # noqa: S311 - as above
        answers = CardAnswers(Presenter(there, now, CONSOLE_FORMAT), PlainScreen(out), session=True)
        await converse(typed(), answers)
    first, second, damaged, again = out.getvalue().split("—" * 40)
    assert "P 1" in first
    assert "P 2" in second
    assert "is not a database" in damaged
    assert "P 2" in again


async def test_a_number_opens_that_entry_of_the_last_list() -> None:
    assert await talk("/an 58\n", "2\n") == ["AN #58", "Selection vs Control"]


async def test_an_answer_without_a_list_leaves_the_last_one_open() -> None:
    assert await talk("/an 58", "/open nothing", "1") == [
        "AN #58",
        "The summary nothing is gone from my archive. Look for it again with /paper.",
        "Risks from Learned Optimization",
    ]


async def test_a_number_beyond_the_list_is_that_of_an_issue() -> None:
    assert await talk("/an 58", "76") == ["AN #58", "AN #76"]
    assert await talk("1") == ["There is no AN #1 here. The nearest are below."]


@pytest.mark.parametrize("line", ["/digest", "/digest here weekly", "/digest help", "/help digest"])
async def test_digests_are_for_channels_and_for_the_shell(line: str) -> None:
    out = io.StringIO()
    await answer_each([line], on(PlainScreen(out)))
    assert out.getvalue().startswith("/digest\n")
    assert "anbot digest list|due|log|preview|send-now|pause|resume|stop" in out.getvalue()
    assert "- /digest" not in out.getvalue()


@pytest.mark.parametrize("word", ["quit", "/exit", "q", " QUIT "])
async def test_a_word_leaves(word: str) -> None:
    assert await talk("/an 58", word, "/an 76") == ["AN #58"]


async def test_empty_lines_are_passed_over() -> None:
    assert await talk("", "  \n", "/an 76") == ["AN #76"]


async def test_json_is_one_document_a_line_with_the_name_of_its_meaning() -> None:
    out, notices = io.StringIO(), io.StringIO()
    await answer_each(["/an 58", "/open nothing"], JsonAnswers(lookup(sample=True), out, notices))
    issue, gone = map(json.loads, out.getvalue().splitlines())
    assert (issue["type"], issue["number"]) == ("IssueFound", 58)
    assert issue["groups"][0]["headlines"][1]["title"] == "Selection vs Control"
    assert gone == {"type": "SummaryGone", "key": "nothing"}
    assert "anbot index" in notices.getvalue()


def screen(out: io.StringIO, *pager: str) -> RichScreen:
    return RichScreen(Console(file=out, force_terminal=True, width=80, height=24), pager=pager, numbers=True)


async def test_what_is_longer_than_the_terminal_opens_in_the_pager(tmp_path: Path) -> None:
    out, paged = io.StringIO(), tmp_path / "paged"
    keep = f"import sys, pathlib; pathlib.Path({str(paged)!r}).write_bytes(sys.stdin.buffer.read())"
    await answer_each(["/paper long"], on(screen(out, sys.executable, "-c", keep)))
    assert paged.read_text(encoding="utf-8").count("A sentence to read.") > 300
    assert out.getvalue() == ""


async def test_what_fits_does_not(tmp_path: Path) -> None:
    out = io.StringIO()
    await answer_each(["/an 58"], on(screen(out, "touch", str(tmp_path / "paged"))))
    assert "AN #58" in out.getvalue()
    assert not (tmp_path / "paged").exists()


@pytest.mark.parametrize("pager", [(), ("/no/such/pager",)])
async def test_without_a_pager_everything_is_printed(pager: tuple[str, ...]) -> None:
    out = io.StringIO()
    await answer_each(["/paper long"], on(screen(out, *pager)))
    assert out.getvalue().count("sentence") > 300
