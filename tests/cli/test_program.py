"""What holds of every command, and of the program as a whole."""

import os
import pty
import re
import subprocess
import sys
from contextlib import suppress
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
        "leave",
        "forget",
        "search",
        "parse",
        "export",
        "graph",
        "backup",
        "restore",
        "move",
        "invite",
        "manifest",
    ]
    for name in listed:
        assert "Usage:" in run(name, "--help").stdout


def test_the_version_is_printed(run: Run) -> None:
    assert run("--version").stdout == f"anbot, version {__version__}\n"


@pytest.mark.slow
def test_it_runs_as_a_program_of_its_own(database: Path) -> None:
    with command("try", "/an 58", database=database) as program:
        out, err = program.communicate(timeout=HANG)
    assert (program.returncode, err) == (0, "")
    assert "AN #58" in out


@pytest.mark.slow
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


@pytest.mark.slow
def test_a_terminal_that_lacks_a_character_gets_the_rest(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    with command("try", "/an 58", database=database) as program:
        out, err = program.communicate(timeout=HANG)
    assert (program.returncode, err) == (0, "")
    assert "? Risks from Learned Optimization" in out


@pytest.mark.slow
def test_a_terminal_that_can_only_print_gets_plain_text(database: Path) -> None:
    ours, its = pty.openpty()
    environment = {**os.environ, "ANBOT_DB": str(database), "TERM": "dumb", "PAGER": "false"}
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "try"], cwd=ROOT, env=environment, stdin=its, stdout=its, stderr=its
    ):
        os.close(its)
        os.write(ours, b"/an 58\n/quit\n")
        shown = b""
        with suppress(OSError):  # how a terminal says that nobody is left at it
            while piece := os.read(ours, 4096):
                shown += piece
    os.close(ours)
    assert b"Risks from Learned Optimization" in shown
    assert b"\x1b" not in shown


@pytest.mark.slow
def test_a_byte_order_mark_before_the_first_line_is_no_part_of_it(database: Path) -> None:
    environment = {**os.environ, "ANBOT_DB": str(database), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-m", "bot", "try"],
        cwd=ROOT,
        env=environment,
        input=b"\xef\xbb\xbf/an 58\n",
        capture_output=True,
        check=True,
    )
    assert b"Risks from Learned Optimization" in done.stdout


@pytest.mark.slow
@pytest.mark.parametrize("arguments", ["try '/an 58' '/an 58'", "search mesa", "parse issue.txt"])
def test_who_reads_only_the_beginning_is_left_in_silence(
    database: Path, tmp_path: Path, arguments: str
) -> None:
    issue = tmp_path / "issue.txt"
    issue.write_text(
        "Highlights\n\n" + "Sheep (Ann Lee) (summarized by Flo): Wool.\n\n" * 2000, encoding="utf-8"
    )
    command_line = f"{sys.executable} -m bot {arguments.replace('issue.txt', str(issue))} | true"
    done = subprocess.run(
        ["/bin/sh", "-c", command_line],
        cwd=ROOT,
        env={**os.environ, "ANBOT_DB": str(database)},
        capture_output=True,
        check=True,
    )
    assert done.stderr in {b"", b"This is a sample of the archive. To get all of it: anbot index sheet\n"}


@pytest.mark.slow
@pytest.mark.parametrize("style", ["console", "json"])
def test_bytes_that_are_no_text_are_answered(database: Path, style: str) -> None:
    odd = os.fsdecode(b"/paper \xff\xfe mesa \xff")
    with command("try", "--as", style, odd, os.fsdecode(b"\xff"), database=database) as program:
        _, err = program.communicate(timeout=HANG)
    assert program.returncode == 0
    assert "Traceback" not in err


@pytest.mark.slow
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


@pytest.mark.slow
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
