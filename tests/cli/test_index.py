"""`anbot index` takes newsletters in, whatever they come as."""

import json
import os
import shlex
import signal
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, cast

import pytest
from click.testing import CliRunner

from bot.__main__ import build_app
from bot.cli import anbot
from bot.cli.index_report import lines_of
from bot.errors import StoreError
from bot.indexing.indexer import Report
from bot.model.newsletter import Note, SourceKind
from bot.ports import Archive, ArchiveTransaction, DatabaseName
from bot.sources import named
from bot.sources.named import expand
from store import Store, open_store
from tests.stand_ins.common.patience import HANG
from tests.support import newsletters
from tests.support.one_issue import DRAFT, Run
from tests.support.processes import ROOT, command


def test_what_was_indexed_is_what_is_answered(run: Run, issue: Path, database: Path) -> None:
    result = run("index", issue)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == f"{issue}: AN #801, 2 summaries: 2 new\n"
    assert database.exists()
    answer = run("try", "/an 801", "/open 801-the-shape-of-kettles").stdout
    assert "AN #801" in answer
    assert "A teapot is claimed to circle the sun." in answer
    assert "Kettles are round. This is good for them." in answer
    assert "sample" not in answer


def test_indexing_the_same_again_changes_nothing_and_says_so(run: Run, issue: Path) -> None:
    run("index", issue)
    assert run("index", issue).stdout == f"{issue}: AN #801, 2 summaries: 2 unchanged\n"


def test_a_pipe_that_nobody_writes_to_is_empty_and_holds_up_nothing(
    run: Run, tmp_path: Path, issue: Path
) -> None:
    pipe = tmp_path / "pipe.html"
    os.mkfifo(pipe)
    result = run("index", pipe, issue)
    assert result.stdout == f"{issue}: AN #801, 2 summaries: 2 new\n"
    assert result.stderr == "pipe.html is empty.\n"


def test_a_broken_row_is_reported_and_loses_nothing_else(run: Run, sheet: Path) -> None:
    result = run("index", sheet)
    assert result.exit_code == 0
    assert result.stdout.startswith(f"{sheet}: AN #801, 2 summaries: 2 new")
    assert "row 3" in result.stdout
    assert "soon" in result.stdout


def test_any_order_of_sources_makes_the_same_library(
    run: Run, issue: Path, sheet: Path, tmp_path: Path
) -> None:
    exports = []
    for name, order in (("one", (issue, sheet)), ("two", (sheet, issue))):
        for source in order:
            run("index", "--db", tmp_path / name, source)
        exports.append(run("export", "--db", tmp_path / name).stdout)
    assert exports[0] == exports[1]
    assert len(exports[0].splitlines()) == 3


@pytest.mark.usefixtures("sheet")
def test_a_folder_is_taken_with_its_spreadsheet_first(run: Run, issue: Path) -> None:
    hidden = issue.parent / ".hidden" / "802.html"
    hidden.parent.mkdir()
    hidden.write_text(newsletters.page(replace(DRAFT, number=802)), encoding="utf-8")
    result = run("index", "--json", issue.parent)
    output = json.loads(result.stdout)
    assert [Path(report["source"]).name for report in output["sources"]] == ["sheet.xlsx", "801.html"]
    assert output["failures"] == []


def test_a_text_without_a_number_finds_its_place_after_the_others(
    run: Run, sheet: Path, tmp_path: Path
) -> None:
    text = tmp_path / "a.txt"
    text.write_text(newsletters.flat(DRAFT), encoding="utf-8")
    output = json.loads(run("index", "--json", text, sheet).stdout)
    assert [report["issues"] for report in output["sources"]] == [[801], [801]]


def test_a_page_without_a_number_waits_for_what_tells_it(run: Run, issue: Path, tmp_path: Path) -> None:
    """Files are taken by kind; the place of this one is known from a later one."""
    issue.write_text(newsletters.page(DRAFT).replace("Newsletter #801", ""), encoding="utf-8")
    text = tmp_path / "z.txt"
    text.write_text(f"Newsletter #801. {newsletters.flat(DRAFT)}", encoding="utf-8")
    output = json.loads(run("index", "--json", issue, text).stdout)
    assert [Path(report["source"]).name for report in output["sources"]] == ["z.txt", "801.html"]
    assert [report["issues"] for report in output["sources"]] == [[801], [801]]


def test_what_is_named_twice_is_taken_once(run: Run, issue: Path) -> None:
    assert len(run("index", issue, issue, issue.parent / "*.html").stdout.splitlines()) == 1


def test_a_word_is_short_for_the_address_of_the_spreadsheet(issue: Path) -> None:
    addresses = ["https://a.example/feed", "sheet"]
    assert [source.name for source in expand([str(issue), *addresses])] == [
        named.SHEET,
        str(issue),
        addresses[0],
    ]


def test_a_long_list_of_reasons_is_cut_short() -> None:
    notes = tuple(Note(where=f"row {n}", what="is odd") for n in range(1000))
    report = Report(
        source="a.csv",
        kind=SourceKind.CSV,
        issues=(),
        new=0,
        changed=0,
        unchanged=0,
        removed=0,
        skipped=notes,
    )
    lines = list(lines_of(report))
    assert lines[0] == "a.csv: 0 summaries: 1,000 skipped"
    assert lines[-1].strip() == "and 995 more"
    assert len(lines) == 8


def test_a_pattern_means_the_files_it_matches(run: Run, issue: Path) -> None:
    assert "AN #801" in run("index", issue.parent / "8*.html").stdout


def test_one_bad_source_does_not_lose_the_others(run: Run, issue: Path, tmp_path: Path) -> None:
    image = tmp_path / "image.xlsx"
    image.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    result = run("index", image, issue)
    assert result.exit_code == 2
    assert "AN #801, 2 summaries: 2 new" in result.stdout
    assert len(result.stderr.splitlines()) == 1
    assert "image.xlsx" in result.stderr
    output = json.loads(run("index", "--json", image, issue).stdout)
    assert [failure["source"] for failure in output["failures"]] == [str(image)]


def test_an_issue_without_a_number_is_refused_with_what_settles_it(run: Run, tmp_path: Path) -> None:
    text = tmp_path / "a.txt"
    text.write_text(newsletters.flat(DRAFT), encoding="utf-8")
    refused = run("index", text)
    assert refused.exit_code == 2
    assert "--issue" in refused.stderr
    assert "AN #801" in run("index", "--issue", "801", text).stdout


def test_an_issue_number_is_for_one_file(run: Run, issue: Path, sheet: Path) -> None:
    result = run("index", "--issue", "801", issue, sheet)
    assert result.exit_code == 2
    assert "2 are named" in result.stderr


@pytest.mark.slow
def test_ctrl_c_ends_indexing_between_two_sources(database: Path, issue: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.html"
    os.mkfifo(pipe)
    with command("index", str(pipe), str(issue), database=database) as program:
        with pipe.open("wb") as source:  # opens once the program reads from it
            program.send_signal(signal.SIGINT)
            source.write(newsletters.page(replace(DRAFT, number=802)).encode())
        out, err = program.communicate(timeout=HANG)
    assert program.returncode == 130
    assert out == f"{pipe}: AN #802, 2 summaries: 2 new\n"
    assert err.startswith("Stopped.")


class Once:
    """An archive that has room for one source."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._left = 1

    def many(self) -> AbstractAsyncContextManager[None]:
        return self._archive.many()

    def writing(self) -> AbstractAsyncContextManager[ArchiveTransaction]:
        if not self._left:
            raise StoreError("There is no room left.")
        self._left -= 1
        return self._archive.writing()


def test_what_was_indexed_before_the_database_failed_is_reported(issue: Path, tmp_path: Path) -> None:
    @asynccontextmanager
    async def small_store(path: DatabaseName | str, **options: Any) -> AsyncIterator[Store]:
        async with open_store(path, **options) as store:
            yield replace(store, archive=cast("Archive", Once(store.archive)))

    other = issue.with_name("802.html")
    other.write_text(newsletters.page(replace(DRAFT, number=802)), encoding="utf-8")
    small = replace(build_app({}), open_store=small_store)
    arguments = ["index", "--db", str(tmp_path / "an.sqlite"), str(issue), str(other), str(issue.parent)]
    result = CliRunner().invoke(anbot, arguments, obj=small)
    assert (result.exit_code, result.stdout) == (2, f"{issue}: AN #801, 2 summaries: 2 new\n")
    assert result.stderr.count("There is no room left.") == 1


def test_a_database_that_cannot_be_written_ends_indexing_at_once(
    run: Run, issue: Path, database: Path
) -> None:
    run("index", issue)
    other = issue.with_name("802.html")
    other.write_text(newsletters.page(replace(DRAFT, number=802)), encoding="utf-8")
    with closing(sqlite3.connect(database)) as hog:
        hog.execute("BEGIN IMMEDIATE")
        hasty = replace(build_app({}), open_store=partial(open_store, busy_seconds=0))
        arguments = ["index", "--db", str(database), str(other), str(issue)]
        result = CliRunner().invoke(anbot, arguments, obj=hasty)
    assert result.exit_code == 75
    assert len(result.stderr.splitlines()) == 1
    assert "another process" in result.stderr


def test_a_name_of_nothing_costs_only_itself(run: Run, issue: Path) -> None:
    result = run("index", "nope*", issue)
    assert result.exit_code == 2
    assert "No file matches nope*" in result.stderr
    assert "AN #801" in result.stdout


@pytest.mark.slow
def test_an_export_that_nobody_reads_on_ends_in_silence(filled: None, database: Path) -> None:
    del filled
    piped = f"{sys.executable} -m bot export --db {shlex.quote(str(database))} | head -c 1"
    done = subprocess.run(["/bin/sh", "-c", piped], capture_output=True, check=True, cwd=ROOT)
    assert (done.stdout, done.stderr) == (b"{", b"")
