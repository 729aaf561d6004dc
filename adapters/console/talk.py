"""The way in: chooses a screen and a source of lines for where we run."""

import re
import sys
from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Final, TextIO

from adapters.console.digests import Digests, is_digest
from adapters.console.screens import JsonScreen, PlainScreen, Screen
from bot.config import Settings
from bot.lookup.lookup import Lookup
from bot.lookup.requests import parse
from bot.ports import DigestStore
from bot.runtime.clock import Clock


async def talk(  # noqa: PLR0913 - who answers, what is kept, what is asked, and how it is shown
    lookup: Lookup,
    store: DigestStore,
    clock: Clock,
    texts: Sequence[str],
    settings: Settings,
    *,
    as_json: bool,
) -> None:
    """Answer the texts and return; without any, whoever or whatever types.

    Colours, links and the prompt need a terminal on both sides; a pipe gets
    plain text. What the console subscribed to is printed first, where it is due.
    """
    digests = Digests(lookup.library, store, clock)
    if not as_json:
        await digests.print_due()
    rich = sys.stdout.isatty() and not as_json
    prompting = rich and not texts and sys.stdin.isatty()
    screen = _terminal(settings, prompting=prompting) if rich else _stream(settings, as_json=as_json)
    if texts:
        await answer_each(texts, lookup, screen, digests)
    else:
        lines = _prompt(lookup, settings) if prompting else _lines(sys.stdin)
        await converse(lines, lookup, screen, digests)


def _stream(settings: Settings, *, as_json: bool) -> Screen:
    return JsonScreen(sys.stdout, sys.stderr) if as_json else PlainScreen(sys.stdout, settings.columns)


def _terminal(settings: Settings, *, prompting: bool) -> Screen:
    from rich.console import Console  # noqa: PLC0415 - slow to load, and a pipe needs none of it

    from adapters.console.terminal import RichScreen  # noqa: PLC0415 - as above

    return RichScreen(Console(), pager=settings.pager if prompting else "", numbers=prompting)


def _prompt(lookup: Lookup, settings: Settings) -> AsyncIterator[str]:
    from adapters.console.prompt import Completer, typed_lines  # noqa: PLC0415 - slow to load

    return typed_lines(Completer(lookup.library, lookup.finder), settings.history)


async def _lines(source: TextIO) -> AsyncIterator[str]:
    for line in source:
        yield line


_LEAVE: Final = {"q", "quit", "exit", ":q", "/quit", "/exit"}


async def answer_each(
    texts: Iterable[str], lookup: Lookup, screen: Screen, digests: Digests | None = None
) -> None:
    """Answer every text on its own."""
    for text in texts:
        await _answer(text, lookup, screen, digests)


async def converse(
    lines: AsyncIterator[str], lookup: Lookup, screen: Screen, digests: Digests | None = None
) -> None:
    """Answer line by line until the lines end or one of them says to leave.

    A number alone picks from the last list that was shown; one that the list
    does not have is the number of an issue.
    """
    offered: tuple[str, ...] = ()
    async for line in lines:
        if line.strip().casefold() in _LEAVE:
            return
        if line.strip():
            offered = await _answer(_picked(line, offered), lookup, screen, digests) or offered


async def _answer(text: str, lookup: Lookup, screen: Screen, digests: Digests | None) -> tuple[str, ...]:
    if digests and is_digest(text):
        return screen.tell(await digests.answer(text))
    return screen.show(await lookup.answer(parse(text)))


def _picked(line: str, offered: tuple[str, ...]) -> str:
    text = line.strip()
    if re.fullmatch(r"[0-9]{1,4}", text) and 1 <= int(text) <= len(offered):
        return offered[int(text) - 1]
    return text
