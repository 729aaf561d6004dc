"""The program at a real terminal: what a person types and sees."""

import os
import pty
import re
import select
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

import pytest

from tests.stand_ins.common.patience import HANG

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[3]


_PROMPT = r"an>\x1b"


class Terminal:
    """A terminal with the program in it, and all that it showed so far."""

    def __init__(self, keyboard: IO[bytes], screen: IO[bytes]) -> None:
        self._keyboard = keyboard
        self._screen = screen
        self._seen = 0
        self.shown = ""

    def type(self, text: str) -> None:
        self._keyboard.write(text.encode())

    def see(self, pattern: str) -> str:
        """Read on until the pattern is shown; gives what came up to it since the last time."""
        while not (match := re.compile(pattern).search(self.shown, self._seen)):
            chunk = self._read()
            assert chunk, f"{pattern!r} was never shown, but {self.shown[self._seen :]!r}"
            self.shown += chunk
        before, self._seen = self._seen, match.end()
        return self.shown[before : self._seen]

    def see_all(self) -> str:
        """Everything until the program has ended."""
        while chunk := self._read():
            self.shown += chunk
        return self.shown

    def _read(self) -> str:
        ready, _, _ = select.select([self._screen], [], [], HANG)
        assert ready, f"nothing more was shown, after {self.shown[self._seen :]!r}"
        with suppress(OSError):  # how a terminal says that nobody writes to it any more
            return os.read(self._screen.fileno(), 65536).decode(errors="replace")
        return ""


@contextmanager
def terminal(tmp_path: Path, *arguments: str, piped: bool = False, **environment: str) -> Iterator[Terminal]:
    """The program started in a terminal of 80 columns; or with its output in a pipe."""
    mine, its = pty.openpty()
    surroundings = {
        "PATH": os.environ["PATH"],
        "TERM": "xterm-256color",
        "COLUMNS": "80",
        "LINES": "24",
        "PAGER": "",
        "PROMPT_TOOLKIT_NO_CPR": "1",
        "ANBOT_DB": str(tmp_path / "an.sqlite"),
        "ANBOT_HISTORY": str(tmp_path / "history"),
    }
    with (
        open(mine, "r+b", buffering=0) as screen,  # noqa: PTH123 - a descriptor
        subprocess.Popen(
            [sys.executable, "-m", "bot", *arguments],
            cwd=ROOT,
            env=surroundings | environment,
            stdin=its,
            stdout=subprocess.PIPE if piped else its,
            stderr=its,
        ) as program,
    ):
        os.close(its)
        try:
            yield Terminal(screen, program.stdout or screen)
        except BaseException:
            program.kill()  # or it would be waited for
            raise
        assert program.wait(60) == 0


def test_there_are_colours_and_links(tmp_path: Path) -> None:
    with terminal(tmp_path, "try", "/open 58-selection-vs-control") as seen:
        shown = seen.see_all()
    assert "\x1b[1;38;5;30m" in shown
    assert "\x1b]8;" in shown


def test_addresses_are_shown_to_terminals_that_cannot_follow_links(tmp_path: Path) -> None:
    with terminal(tmp_path, "try", "/open 58-selection-vs-control") as seen:
        shown = re.sub(r"\x1b\]8;.*?\x1b\\", "", seen.see_all())
    assert "https://www.alignmentforum.org/posts/ZDZmopKquzHYPRNxq/selection-vs-control" in shown


def test_who_wants_no_colour_gets_none(tmp_path: Path) -> None:
    with terminal(tmp_path, "try", "/open 58-selection-vs-control", NO_COLOR="1") as seen:
        shown = seen.see_all()
    assert "\x1b[1m" in shown
    assert not re.search(r"\x1b\[([0-9]+;)*(3[0-8]|9[0-7])[;m]", shown)


def test_lines_typed_for_a_pipe_are_answered_as_plain_text(tmp_path: Path) -> None:
    with terminal(tmp_path, "try", piped=True) as seen:
        seen.type("/an 58\n")
        seen.type("\x04")
        shown = seen.see_all()
    assert "AN #58" in shown
    assert "\x1b" not in shown


def test_tab_completes_a_filter_and_ctrl_c_clears_the_line(tmp_path: Path) -> None:
    with terminal(tmp_path, "try") as seen:
        seen.see(_PROMPT)
        seen.type("/paper by:nobody at all\x03")
        seen.see(_PROMPT)
        seen.type("/paper ye")
        seen.see("year:")
        seen.type("\t1066\r")
        seen.see("Nothing is of the year 1066")
        seen.see(_PROMPT)
        seen.type("\x04")
        assert "nobody at all" not in (tmp_path / "history").read_text(encoding="utf-8")
        seen.see_all()


@pytest.mark.parametrize("leave", ["\x04", "\x03"], ids=["Ctrl-D", "Ctrl-C"])
def test_at_the_prompt_a_number_opens_an_entry_and_a_key_leaves(tmp_path: Path, leave: str) -> None:
    with terminal(tmp_path, "try") as seen:
        seen.see(_PROMPT)
        seen.type("/an 58\r")
        seen.see("AN #76 ▸")
        seen.see(_PROMPT)
        seen.type("2\r")
        assert "go by the name of optimization" in seen.see("More on Agent foundations")
        seen.see(_PROMPT)
        seen.type(leave)
        assert "Traceback" not in seen.see_all()
    assert "/an 58" in (tmp_path / "history").read_text(encoding="utf-8")
