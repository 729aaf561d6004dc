"""What holds of every command, and of the program as a whole."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot import __version__
from tests.stand_ins.common.patience import HANG
from tests.support.one_issue import Run
from tests.support.processes import ROOT, command


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["index", "nowhere.html"], "no file or folder nowhere.html"),
        (["index", "{tmp}/*.html"], "No file matches"),
        (["index", "{tmp}"], "There are no newsletters in"),
        (["parse", "nowhere.html"], "no file nowhere.html"),
        (["parse", "{tmp}"], "cannot be read"),
        (["index", "--issue", "3", "{tmp}/a", "{tmp}/b"], "no file or folder"),
        (["export"], "There is no database"),
        (["try", "--db", "{tmp}", "/an 58"], "is a directory"),
        (["try", "--as", "xml", "/an 58"], "'xml' is not one of"),
        (["index"], "Missing argument"),
        (["nothing"], "No such command 'nothing'"),
    ],
)
def test_a_mistake_is_a_sentence_with_exit_code_2(
    run: Run, tmp_path: Path, arguments: list[str], message: str
) -> None:
    result = run(*(argument.format(tmp=tmp_path) for argument in arguments))
    assert result.exit_code == 2
    assert result.stdout == ""
    assert message in result.stderr
    assert "Traceback" not in result.stderr


def test_every_command_has_help(run: Run) -> None:
    listed = re.findall(r"^  (\w+) ", run("--help").stdout.partition("Commands:")[2], re.MULTILINE)
    assert listed == [
        "try",
        "index",
        "sync",
        "run",
        "doctor",
        "digest",
        "forget",
        "search",
        "parse",
        "export",
        "backup",
        "invite",
        "manifest",
    ]
    for name in listed:
        assert "Usage:" in run(name, "--help").stdout


def test_the_version_is_printed(run: Run) -> None:
    assert run("--version").stdout == f"anbot, version {__version__}\n"


def test_it_runs_as_a_program_of_its_own(database: Path) -> None:
    with command("try", "/an 58", database=database) as program:
        out, err = program.communicate(timeout=HANG)
    assert (program.returncode, err) == (0, "")
    assert "AN #58" in out


def test_plain_text_is_filled_to_the_columns_of_the_environment(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "50")
    with command("try", "/open 58-selection-vs-control", database=database) as program:
        out, _ = program.communicate(timeout=HANG)
    shell = "    anbot index "
    filled = [line for line in out.splitlines() if " " in line.strip("- ") and not line.startswith(shell)]
    assert max(map(len, filled)) <= 50
    assert len(filled) > 10


def test_a_terminal_that_lacks_a_character_gets_the_rest(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    with command("try", "/an 58", database=database) as program:
        out, err = program.communicate(timeout=HANG)
    assert (program.returncode, err) == (0, "")
    assert "? Risks from Learned Optimization" in out


@pytest.mark.parametrize("style", ["console", "json"])
def test_bytes_that_are_no_text_are_answered(database: Path, style: str) -> None:
    odd = os.fsdecode(b"/paper \xff\xfe mesa \xff")
    with command("try", "--as", style, odd, os.fsdecode(b"\xff"), database=database) as program:
        _, err = program.communicate(timeout=HANG)
    assert program.returncode == 0
    assert "Traceback" not in err


def test_lines_that_are_no_text_are_answered(database: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "try"],
        cwd=ROOT,
        env={**os.environ, "ANBOT_DB": str(database)},
        input=b"\xff\xfe\n/an 58\n",
        capture_output=True,
        check=True,
    )
    assert b"AN #58" in done.stdout


def test_an_answer_does_not_load_what_it_does_not_need() -> None:
    """Slow libraries wait until they are needed, so that the first answer does not."""
    slow = [
        "aiohttp",
        "discord",
        "slack_bolt",
        "lxml",
        "openpyxl",
        "prompt_toolkit",
        "rich",
        "feedparser",
    ]
    code = (
        "import sys; sys.argv = ['anbot', 'try', '/an 58']\n"
        "from bot.__main__ import main\n"
        "try: main()\n"
        f"finally: print('LOADED', [name for name in {slow} if name in sys.modules])"
    )
    environment = {**os.environ, "ANBOT_DB": "/nowhere/an.sqlite"}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "LOADED []"
