"""What commands say beside their results, Ctrl-C at the next good moment, and a progress bar."""

import asyncio
import signal
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any, Final, TextIO, TypeVar

import click

from bot.app import Store
from bot.cards.wording import is_sample
from bot.sources.named import FETCH_ARCHIVE
from bot.text.markdown import printable

T = TypeVar("T")

INTERRUPTED: Final = 130
"""The exit code that a shell expects after Ctrl-C."""
PATIENCE: Final = 1.0
"""Seconds before a progress bar appears."""
_GRACE: Final = 5.0
"""Seconds that a source has to be finished after Ctrl-C."""
_GLANCE: Final = 0.1
"""Seconds between two looks at whether Ctrl-C was pressed."""


async def say_if_sample(store: Store) -> None:
    """A line on stderr if the embedded sample answers."""
    if (await store.library.origin()).sample:
        click.echo(is_sample(FETCH_ARCHIVE), err=True)


@contextmanager
def interruptible() -> Iterator[Callable[[], bool]]:
    """Give a function that says if Ctrl-C was pressed, so that the current source is
    finished first. A second Ctrl-C ends everything at once; the database keeps whole sources.
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


async def unless_stopped(work: Coroutine[Any, Any, T], interrupted: Callable[[], bool]) -> T | None:
    """What the work returns; None if it had not ended a few seconds after Ctrl-C."""
    loop = asyncio.get_running_loop()
    task = asyncio.ensure_future(work)
    until: float | None = None
    while not task.done() and (until is None or loop.time() < until):
        await asyncio.wait({task}, timeout=_GLANCE)
        if until is None and interrupted():
            until = loop.time() + _GRACE
    if task.done():
        return task.result()
    task.cancel()
    return None


@contextmanager
def progress(total: int | None, out: TextIO, patience: float = PATIENCE) -> Iterator[Callable[[str], None]]:
    """Give a function to call with the name of each step as it begins.

    The bar is drawn on a terminal only, and removed at the end. `total` is None if nobody knows
    how many steps there are.
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
    steps = count()

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
