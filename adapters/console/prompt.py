"""The prompt at a terminal, with history and completion."""

from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from prompt_toolkit import PromptSession, print_formatted_text
from prompt_toolkit.auto_suggest import AutoSuggestFromHistory
from prompt_toolkit.completion import CompleteEvent, Completion
from prompt_toolkit.completion import Completer as ToolkitCompleter
from prompt_toolkit.document import Document
from prompt_toolkit.history import FileHistory, History, InMemoryHistory

from bot.lookup import commands
from bot.ports import Finder, Library
from bot.text.folding import fold
from bot.text.markdown import printable
from bot.text.phrases import short_authors


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A text that could replace the last `length` characters typed."""

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
        fitting = [pair for pair in named if all(word in fold(pair[0]) for word in wanted.split())]
        fitting.sort(key=lambda pair: not fold(pair[0]).startswith(wanted))
        return [Suggestion(text=name, length=len(typed), about=str(count)) for name, count in fitting[:_MOST]]


_WELCOME: Final = "Ask /an 58, /paper mesa, /topic or /help. A number opens an entry, Ctrl-D leaves."


class _Completions(ToolkitCompleter):
    """Our suggestions as the prompt needs them."""

    def __init__(self, completer: Completer) -> None:
        self._completer = completer

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> list[Completion]:
        """None: all come from the database, later."""
        del document, complete_event
        return []

    async def get_completions_async(
        self, document: Document, complete_event: CompleteEvent
    ) -> AsyncGenerator[Completion, None]:
        """Suggestions for the text before the cursor."""
        del complete_event
        for suggestion in await self._completer.complete(document.text_before_cursor):
            text = " ".join(printable(suggestion.text).split())
            yield Completion(
                text, start_position=-suggestion.length, display_meta=printable(suggestion.about)
            )


async def typed_lines(completer: Completer, history: Path) -> AsyncIterator[str]:
    """The lines that the person types, until Ctrl-D or Ctrl-C at the prompt."""
    session: PromptSession[str] = PromptSession(
        history=_history(history),
        completer=_Completions(completer),
        complete_while_typing=True,
        auto_suggest=AutoSuggestFromHistory(),
        reserve_space_for_menu=6,
    )
    print_formatted_text(_WELCOME)
    while True:
        try:
            yield await session.prompt_async("an> ")
        except (EOFError, KeyboardInterrupt):
            return


def _history(path: Path) -> History:
    """The history in that file, or for this run alone if it cannot be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
    except OSError:
        return InMemoryHistory()
    return FileHistory(str(path))


_MOST: Final = 12


def _names(typed: str) -> Sequence[Suggestion]:
    return [
        Suggestion(text=f"/{command.name}", length=len(typed) + 1, about=command.about)
        for command in commands.COMMANDS
        if command.name.startswith(typed.casefold())
    ]


def _place(issue: int | None, authors: str) -> str:
    return " · ".join(fact for fact in (f"AN #{issue}" if issue is not None else "", authors) if fact)
