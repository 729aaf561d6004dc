"""Answers as JSON: the core's own values, one document a line."""

from typing import Any, TextIO

import msgspec

from bot.cards.wording import is_sample
from bot.lookup.answers import Answer
from bot.lookup.lookup import Lookup
from bot.lookup.requests import parse


class JsonAnswers:
    """Answers with one document a line; notices go to another stream."""

    def __init__(self, lookup: Lookup, out: TextIO, notices: TextIO) -> None:
        self._lookup = lookup
        self._out = out
        self._notices = notices

    async def answer(self, text: str) -> tuple[str, ...]:
        """Write the answer; it has no numbers to pick from."""
        answered = await self._lookup.answer(parse(text))
        self._out.write(_line(answered.answer))
        self._out.flush()
        if answered.notice:
            self._notices.write(f"{is_sample(answered.notice.fetch)}\n")
        return ()


def _line(answer: Answer) -> str:
    """`type` is the name of the answer's meaning."""
    fields: dict[str, Any] = msgspec.to_builtins(answer)
    return msgspec.json.encode({"type": type(answer).__name__} | fields).decode() + "\n"
