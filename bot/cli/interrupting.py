"""Ctrl-C as a wish that is granted at the next good moment."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

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
