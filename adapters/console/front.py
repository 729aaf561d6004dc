"""The way in: chooses a screen and a source of lines for where we run."""

import sys
from collections.abc import AsyncIterator, Sequence
from typing import TextIO

from adapters.console.digests import Digests
from adapters.console.screens import JsonScreen, PlainScreen, Screen
from adapters.console.session import answer_each, converse
from bot.config import Settings
from bot.desk import Desk
from bot.digests.pace import Pace
from bot.ports import Outbox


async def talk(  # noqa: PLR0913 - who answers, what is kept, what is asked, and how it is shown
    desk: Desk, outbox: Outbox, pace: Pace, texts: Sequence[str], settings: Settings, *, as_json: bool
) -> None:
    """Answer the texts and return; without any, whoever or whatever types.

    Colours, links and the prompt need a terminal on both sides; a pipe gets
    plain text. What the console subscribed to is printed first, where it is due.
    """
    digests = Digests(desk.library, outbox, pace)
    if not as_json:
        await digests.print_due()
    rich = sys.stdout.isatty() and not as_json
    prompting = rich and not texts and sys.stdin.isatty()
    screen = _terminal(settings, prompting=prompting) if rich else _stream(settings, as_json=as_json)
    if texts:
        await answer_each(texts, desk.answerer, screen, digests)
    else:
        lines = _prompt(desk, settings) if prompting else _lines(sys.stdin)
        await converse(lines, desk.answerer, screen, digests)


def _stream(settings: Settings, *, as_json: bool) -> Screen:
    return JsonScreen(sys.stdout, sys.stderr) if as_json else PlainScreen(sys.stdout, settings.columns)


def _terminal(settings: Settings, *, prompting: bool) -> Screen:
    from rich.console import Console  # noqa: PLC0415 - slow to load, and a pipe needs none of it

    from adapters.console.terminal import RichScreen  # noqa: PLC0415 - as above

    return RichScreen(Console(), pager=settings.pager if prompting else "", numbers=prompting)


def _prompt(desk: Desk, settings: Settings) -> AsyncIterator[str]:
    from adapters.console.complete import Completer  # noqa: PLC0415 - only a prompt completes
    from adapters.console.prompt import typed_lines  # noqa: PLC0415 - slow to load

    return typed_lines(Completer(desk.library, desk.finder), settings.history)


async def _lines(source: TextIO) -> AsyncIterator[str]:
    for line in source:
        yield line
