"""Ctrl-C as a wish that is granted at the next good moment."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final, TextIO

from bot.text.markdown import printable

INTERRUPTED: Final = 130
"""What a shell expects of a program that Ctrl-C ended."""


@contextmanager
def interruptible() -> Iterator[Callable[[], bool]]:
    """Whether Ctrl-C was pressed: the source at hand is finished first. A
    second Ctrl-C ends everything at once; the database keeps whole sources.
    """
    pressed: list[int] = []

    def note(number: int, frame: Any) -> None:
        del frame
        if pressed:
            raise KeyboardInterrupt
        pressed.append(number)

    before = signal.signal(signal.SIGINT, note)
    try:
        yield lambda: bool(pressed)
    finally:
        signal.signal(signal.SIGINT, before)


PATIENCE: Final = 1.0
"""Seconds before the bar appears."""


@contextmanager
def progress(total: int, out: TextIO, patience: float = PATIENCE) -> Iterator[Callable[[str], None]]:
    """Call what this gives with the name of each step as it begins.

    The bar shows on a terminal only, and is gone when all is done.
    """
    if not out.isatty():
        yield lambda _: None
        return
    from rich.console import Console  # noqa: PLC0415 - slow to load, and a pipe needs none of it
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn  # noqa: PLC0415 - as above

    columns = (
        SpinnerColumn(),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.description}", markup=False),
    )
    bar = Progress(*columns, console=Console(file=out), transient=True)
    task = bar.add_task("", total=total)
    steps = iter(range(total + 1))

    def step(name: str) -> None:
        bar.update(task, description=printable(name), completed=next(steps))

    timer = threading.Timer(patience, bar.start)
    timer.start()
    try:
        yield step
    finally:
        timer.cancel()
        timer.join()
        bar.stop()
