"""Asking and answering at a console: lines in, replies out."""

import re
from collections.abc import AsyncIterator, Iterable
from typing import Final

from adapters.console.digests import Digests, is_digest
from adapters.console.screens import Screen
from bot.answer import Answerer
from bot.requests import parse

_LEAVE: Final = {"q", "quit", "exit", ":q", "/quit", "/exit"}


async def answer_each(
    texts: Iterable[str], answerer: Answerer, screen: Screen, digests: Digests | None = None
) -> None:
    """Answer every text on its own."""
    for text in texts:
        await _answer(text, answerer, screen, digests)


async def converse(
    lines: AsyncIterator[str], answerer: Answerer, screen: Screen, digests: Digests | None = None
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
            offered = await _answer(_picked(line, offered), answerer, screen, digests) or offered


async def _answer(text: str, answerer: Answerer, screen: Screen, digests: Digests | None) -> tuple[str, ...]:
    if digests and is_digest(text):
        return screen.tell(await digests.answer(text))
    return screen.show(await answerer.answer(parse(text)))


def _picked(line: str, offered: tuple[str, ...]) -> str:
    text = line.strip()
    if re.fullmatch(r"[0-9]{1,4}", text) and 1 <= int(text) <= len(offered):
        return offered[int(text) - 1]
    return text
