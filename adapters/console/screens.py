"""Where replies are shown. A terminal has a module of its own, for it is slow to load."""

from typing import Final, Protocol, TextIO

from adapters.console import json_lines, plain
from adapters.console.blocks import Page, commands_of
from adapters.console.page import page_of
from bot.lookup.answers import Answered

_RULE: Final = "—" * 40


class Screen(Protocol):
    """Shows replies, one after the other."""

    def show(self, reply: Answered) -> tuple[str, ...]:
        """Show it; returns the commands that its numbers stand for."""

    def tell(self, page: Page) -> tuple[str, ...]:
        """Show a page that answers no request; the same."""


class PlainScreen:
    """Plain text, a rule between pages; filled to `width` if there is one."""

    def __init__(self, out: TextIO, width: int | None = None) -> None:
        self._out = out
        self._width = width
        self._started = False

    def show(self, reply: Answered) -> tuple[str, ...]:
        """Show it at once, even into a pipe."""
        return self.tell(page_of(reply))

    def tell(self, page: Page) -> tuple[str, ...]:
        """Show it at once, even into a pipe."""
        text = plain.write(page, self._width)
        self._out.write(f"\n{_RULE}\n\n{text}" if self._started else text)
        self._out.flush()
        self._started = True
        return commands_of(page)


class JsonScreen:
    """One JSON document a line; notices go where they cannot spoil it."""

    def __init__(self, out: TextIO, notices: TextIO) -> None:
        self._out = out
        self._notices = notices

    def show(self, reply: Answered) -> tuple[str, ...]:
        """Show the bare answer; there are no numbers to pick from."""
        self._out.write(json_lines.write(reply.answer))
        self._out.flush()
        if reply.notice:
            self._notices.write(f"This is a sample of the archive. To get all of it: {reply.notice.fetch}\n")
        return ()

    def tell(self, page: Page) -> tuple[str, ...]:
        """Show the blocks of the page."""
        self._out.write(json_lines.write_page(page))
        self._out.flush()
        return ()
