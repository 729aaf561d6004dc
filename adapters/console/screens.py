"""Where cards are shown. The terminal is in another module, which is slow to load."""

from typing import Final, Protocol, TextIO

from adapters.console import plain
from bot.cards.card import Card

_RULE: Final = "—" * 40


class Screen(Protocol):
    """Shows cards, one after the other."""

    def show(self, card: Card) -> None:
        """Show the card at once."""


class PlainScreen:
    """Plain text, a rule between cards; filled to `width` if there is one."""

    def __init__(self, out: TextIO, width: int | None = None) -> None:
        self._out = out
        self._width = width
        self._started = False

    def show(self, card: Card) -> None:
        """Show the card at once, even in a pipe."""
        text = plain.write(card, self._width)
        self._out.write(f"\n{_RULE}\n\n{text}" if self._started else text)
        self._out.flush()
        self._started = True
