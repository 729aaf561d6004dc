"""Cards at a terminal, in a pager if they are longer than it."""

import signal
import subprocess
from collections.abc import Sequence

from rich.console import Console
from rich.rule import Rule

from adapters.console import rich
from bot.cards.card import Card


class RichScreen:
    """A terminal; a card that is longer opens in the pager, if there is one."""

    def __init__(self, console: Console, *, pager: Sequence[str] = (), numbers: bool = False) -> None:
        self._console = console
        self._pager = pager
        self._numbers = numbers
        self._started = False

    def show(self, card: Card) -> None:
        """Show the card, at most as wide as is good to read."""
        width = min(self._console.width, rich.WIDEST)
        with self._console.capture() as capture:
            if self._started and not self._numbers:
                self._console.print(Rule(style=rich.FAINT), width=width)
            self._console.print(rich.draw(card, numbers=self._numbers), width=width, crop=False)
        self._put("\n" + capture.get().strip("\n") + "\n\n")
        self._started = True

    def _put(self, text: str) -> None:
        fits = text.count("\n") < self._console.height
        if fits or not self._pager or not _paged(self._pager, text):
            self._console.file.write(text)
            self._console.file.flush()


def _paged(pager: Sequence[str], text: str) -> bool:
    """Whether the pager showed the text; Ctrl-C inside it is left to it."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        subprocess.run(pager, input=text.encode(), check=False)  # noqa: S603 - the user's own pager
    except OSError:
        return False
    finally:
        signal.signal(signal.SIGINT, before)
    return True
