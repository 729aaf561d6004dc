"""What a half-typed line could become, whatever the prompt is made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot import commands
from bot.bylines import short_authors
from bot.ports import Finder, Library
from bot.text import fold

_MOST: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Text that may stand in place of the last `length` characters typed."""

    text: str
    length: int
    about: str = ""


class Completer:
    """Completes commands, and each command's own argument."""

    def __init__(self, library: Library, finder: Finder) -> None:
        self._library = library
        self._finder = finder

    async def complete(self, line: str) -> Sequence[Suggestion]:
        """At most a dozen suggestions for the line up to the cursor, best first."""
        if not line.startswith("/"):
            return ()
        name, blank, typed = line[1:].partition(" ")
        if not blank:
            return _names(name)
        arguments = {
            "an": self._numbers,
            "paper": self._titles,
            "topic": self._sections,
            "open": self._keys,
        }
        return await arguments[name](typed.lstrip()) if name in arguments else ()

    async def _numbers(self, typed: str) -> Sequence[Suggestion]:
        wanted = typed.lstrip("#")
        numbers = [str(number) for number in reversed(await self._library.numbers())]
        words = [word for word in ("latest", "random", "help", *numbers) if word.startswith(wanted)]
        return [Suggestion(text=word, length=len(typed)) for word in words[:_MOST]]

    async def _titles(self, typed: str) -> Sequence[Suggestion]:
        if not typed:
            return ()
        return [
            Suggestion(text=h.title, length=len(typed), about=_place(h.issue, short_authors(h.authors)))
            for h in await self._finder.complete(typed, limit=_MOST)
        ]

    async def _keys(self, typed: str) -> Sequence[Suggestion]:
        words = typed.replace("-", " ")
        return [
            Suggestion(text=h.key, length=len(typed), about=h.title)
            for h in (await self._finder.complete(words, limit=_MOST) if words.strip() else ())
        ]

    async def _sections(self, typed: str) -> Sequence[Suggestion]:
        wanted = fold(typed)
        named = [
            (section.path[-1], section.count) for section in await self._library.sections() if section.path
        ]
        found = [(name, count) for name, count in named if all(word in fold(name) for word in wanted.split())]
        found.sort(key=lambda pair: not fold(pair[0]).startswith(wanted))
        return [Suggestion(text=name, length=len(typed), about=str(count)) for name, count in found[:_MOST]]


def _names(typed: str) -> Sequence[Suggestion]:
    return [
        Suggestion(text=f"/{command.name}", length=len(typed) + 1, about=command.about)
        for command in commands.COMMANDS
        if command.name.startswith(typed.casefold())
    ]


def _place(issue: int | None, authors: str) -> str:
    return " · ".join(fact for fact in (f"AN #{issue}" if issue is not None else "", authors) if fact)
