"""The progress bar shows to people who wait, and to nobody else."""

import io
import re
import threading

from bot.cli.terminal import progress


class Terminal(io.StringIO):
    """A terminal that says when something was written to it."""

    def __init__(self) -> None:
        super().__init__()
        self.written = threading.Event()

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self.written.set()
        return super().write(text)


def test_the_bar_names_what_is_being_done() -> None:
    terminal = Terminal()
    with progress(2, terminal, patience=0) as step:
        step("first.html")
        assert terminal.written.wait(30)
        step("[b]second[/b].html")
    assert re.search(r"1/2.* \[b\]second\[/b\]\.html", terminal.getvalue())


def test_the_bar_counts_even_if_nobody_knows_how_many_steps_there_are() -> None:
    terminal = Terminal()
    with progress(None, terminal, patience=0) as step:
        for number in range(100):
            step(f"table {number}")
        assert terminal.written.wait(30)
    assert re.search(r"99/\?.* table 99", terminal.getvalue())


def test_what_is_quick_shows_no_bar() -> None:
    terminal = Terminal()
    with progress(1, terminal, patience=1000) as step:
        step("first.html")
    assert terminal.getvalue() == ""


def test_a_pipe_shows_no_bar() -> None:
    out = io.StringIO()
    with progress(1, out, patience=0) as step:
        step("first.html")
    assert out.getvalue() == ""
