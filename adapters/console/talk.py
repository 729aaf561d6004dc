"""The console's way in: chooses a screen and a source of lines."""

import re
import sys
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final, Protocol, TextIO

from adapters.console.format import CONSOLE_FORMAT, ON_DIGESTS
from adapters.console.json_lines import JsonAnswers
from adapters.console.page import commands_of
from adapters.console.screens import PlainScreen, Screen
from bot.cards.card import Card, state_card
from bot.cards.presenter import Presenter
from bot.config import Settings
from bot.errors import BotError
from bot.lookup.commands import DIGEST
from bot.lookup.lookup import Lookup
from bot.lookup.requests import Request, ShowHelp, parse
from bot.model.places import Preferences


async def talk(
    lookup: Lookup, clock: Callable[[], datetime], texts: Sequence[str], settings: Settings, *, as_json: bool
) -> None:
    """Answer the texts and return; without any, a prompt or the lines of a pipe.

    Colours, links and the prompt need a terminal on both sides; a pipe gets plain text.
    """
    rich = sys.stdout.isatty() and not as_json and not settings.dumb_terminal
    prompting = rich and not texts and sys.stdin.isatty()
    answers: Answers = JsonAnswers(lookup, sys.stdout, sys.stderr)
    if not as_json:
        screen = _terminal(settings, prompting=prompting) if rich else _stream(settings)
        answers = CardAnswers(Presenter(lookup, clock, CONSOLE_FORMAT), screen, session=prompting)
    if texts:
        await answer_each(texts, answers)
    else:
        await converse(_prompt(lookup, settings) if prompting else _lines(sys.stdin), answers)


def _stream(settings: Settings) -> Screen:
    return PlainScreen(sys.stdout, settings.columns)


def _terminal(settings: Settings, *, prompting: bool) -> Screen:
    from rich.console import Console  # noqa: PLC0415 - slow to load, and a pipe needs none of it

    from adapters.console.terminal import RichScreen  # noqa: PLC0415 - as above

    return RichScreen(Console(), pager=settings.pager if prompting else (), numbers=prompting)


def _prompt(lookup: Lookup, settings: Settings) -> AsyncIterator[str]:
    from adapters.console.completion import Completer  # noqa: PLC0415 - as below
    from adapters.console.prompt import typed_lines  # noqa: PLC0415 - slow to load

    return typed_lines(Completer(lookup.library, lookup.finder), settings.history)


async def _lines(source: TextIO) -> AsyncIterator[str]:
    for number, line in enumerate(source):
        yield line if number else line.removeprefix(_BYTE_ORDER_MARK)


_BYTE_ORDER_MARK: Final = "\ufeff"


class Answers(Protocol):
    """Answers what is typed."""

    async def answer(self, text: str) -> tuple[str, ...]:
        """Answer the text; returns the commands that the numbers in the answer open."""


class CardAnswers:
    """Answers with cards on a screen. A `session` goes on after an error, which may pass."""

    def __init__(self, presenter: Presenter, screen: Screen, *, session: bool = False) -> None:
        self._presenter = presenter
        self._screen = screen
        self._session = session

    async def answer(self, text: str) -> tuple[str, ...]:
        """Show the card that answers the text."""
        try:
            card = await self._card_for(parse(text))
        except BotError as error:
            if not self._session:
                raise
            card = state_card(str(error), missed=True)
        self._screen.show(card)
        return commands_of(card)

    async def _card_for(self, request: Request) -> Card:
        card = await self._presenter.card_for(request, Preferences())
        return replace(card, notice=ON_DIGESTS) if request == ShowHelp(command=DIGEST) else card


_LEAVE: Final = {"q", "quit", "exit", ":q", "/quit", "/exit"}


async def answer_each(texts: Iterable[str], answers: Answers) -> None:
    """Answer every text on its own."""
    for text in texts:
        await answers.answer(text)


async def converse(lines: AsyncIterator[str], answers: Answers) -> None:
    """Answer line by line until the lines end or one of them says to leave.

    A number alone picks from the last list that was shown; one that the list
    does not have is the number of an issue.
    """
    offered: tuple[str, ...] = ()
    async for line in lines:
        if line.strip().casefold() in _LEAVE:
            return
        if line.strip():
            offered = await answers.answer(_picked(line, offered)) or offered


def _picked(line: str, offered: tuple[str, ...]) -> str:
    text = line.strip()
    if re.fullmatch(r"[0-9]{1,4}", text) and 1 <= int(text) <= len(offered):
        return offered[int(text) - 1]
    return text
