"""A progress bar for what takes longer than a person likes to wait in silence."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, TextIO

from bot.markdown import printable

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
