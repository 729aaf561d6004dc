"""A first `anbot index` that fails leaves a database without summaries; the sample goes on answering."""

import asyncio
import json
import os
import signal
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.__main__ import build_app
from bot.app import Platform, Services
from bot.cli import anbot
from tests.stand_ins.common.patience import HANG
from tests.support.one_issue import Run
from tests.support.processes import command

SAMPLE = "This is a sample"


def assert_the_sample_answers(run: Run) -> None:
    asked = run("try", "/an 58", "/paper mesa")
    assert (asked.exit_code, asked.stderr) == (0, "")
    assert "AN #58" in asked.stdout
    assert "Risks from Learned Optimization" in asked.stdout
    assert SAMPLE in asked.stdout


def index_through_a_pipe(database: Path, pipe: Path, *signals: signal.Signals, written: bytes) -> int:
    """The exit code of an `anbot index` that gets these signals while it reads its one source."""
    os.mkfifo(pipe)
    with command("index", str(pipe), database=database) as program:
        with pipe.open("wb") as source:  # opens once the program reads from it
            for number in signals:
                program.send_signal(number)
            if signal.SIGKILL in signals:
                program.wait(timeout=HANG)
            else:
                source.write(written)
        program.communicate(timeout=HANG)
    return program.returncode


@pytest.mark.parametrize("source", ["{tmp}/image.xlsx", "{tmp}/empty.html", "http://["])
def test_after_a_source_that_cannot_be_taken(run: Run, database: Path, tmp_path: Path, source: str) -> None:
    (tmp_path / "image.xlsx").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    (tmp_path / "empty.html").write_bytes(b"")
    assert run("index", source.format(tmp=tmp_path)).exit_code == 2
    assert database.exists()
    assert_the_sample_answers(run)


@pytest.mark.slow
def test_after_ctrl_c(run: Run, database: Path, tmp_path: Path) -> None:
    code = index_through_a_pipe(database, tmp_path / "pipe.html", signal.SIGINT, written=b"no newsletter")
    assert code == 130
    assert_the_sample_answers(run)


@pytest.mark.slow
def test_after_ctrl_c_while_a_source_never_ends(database: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.html"
    os.mkfifo(pipe)
    # The pipe opens once the program reads from it.
    with command("index", str(pipe), database=database) as program, pipe.open("wb"):
        program.send_signal(signal.SIGINT)
        _, err = program.communicate(timeout=HANG)
    assert (program.returncode, err.splitlines()[-1][:8]) == (130, "Stopped.")


@pytest.mark.slow
def test_after_a_kill(run: Run, database: Path, tmp_path: Path) -> None:
    code = index_through_a_pipe(database, tmp_path / "pipe.html", signal.SIGKILL, written=b"")
    assert code == -signal.SIGKILL
    assert database.exists()
    assert_the_sample_answers(run)


def test_where_the_database_is_an_empty_file(run: Run, database: Path) -> None:
    database.parent.mkdir()
    database.touch()
    assert_the_sample_answers(run)


@pytest.mark.parametrize("style", ["json", "discord", "slack"])
def test_whatever_the_answer_is_printed_as(run: Run, style: str) -> None:
    assert run("index", "http://[").exit_code == 2
    assert "Risks from Learned Optimization" in run("try", "--as", style, "/paper mesa").stdout


def test_words_are_searched_for_in_the_sample(run: Run) -> None:
    assert run("index", "http://[").exit_code == 2
    best = json.loads(run("search", "--json", "mesa optimization").stdout)["results"][0]
    assert best["issue"] == 58


def test_the_first_index_that_succeeds_ends_it(run: Run, issue: Path) -> None:
    assert run("index", "http://[").exit_code == 2
    assert run("index", issue).exit_code == 0
    assert SAMPLE not in run("try", "/an 801").stdout
    assert "There is no AN #58 here" in run("try", "/an 58").stdout


def test_the_running_bot_answers_from_the_sample_too(run: Run, database: Path) -> None:
    answered: list[object] = []

    async def serve(services: Services, stop: asyncio.Event) -> None:
        answered.append(await services.lookup.library.issue(58))
        stop.set()

    async def preview(*_: object) -> str:
        return ""

    chat = Platform(
        name="chat", variables=(), given=(), needs=(), configured=True, serve=serve, preview=preview
    )
    assert run("index", "http://[").exit_code == 2
    put_together = replace(build_app({"ANBOT_DB": str(database), "ANBOT_SOURCES": ""}), platforms=(chat,))
    result = CliRunner().invoke(anbot, ["run"], obj=put_together, catch_exceptions=False)
    assert result.exit_code == 0
    assert [issue is not None for issue in answered] == [True]
