"""The prompt at a terminal, with history and completion."""

from collections.abc import AsyncGenerator, AsyncIterator
from pathlib import Path
from typing import Final

from prompt_toolkit import PromptSession, print_formatted_text
from prompt_toolkit.auto_suggest import AutoSuggestFromHistory
from prompt_toolkit.completion import CompleteEvent, Completion
from prompt_toolkit.completion import Completer as ToolkitCompleter
from prompt_toolkit.document import Document
from prompt_toolkit.history import FileHistory, History, InMemoryHistory

from adapters.console.completion import Completer
from bot.errors import BotError
from bot.text.markdown import printable

_WELCOME: Final = "Ask /an 58, /paper mesa or /help. Tab completes, numbers open, Ctrl-D leaves."


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
        """Suggestions for the text before the cursor; none while the database cannot be read."""
        del complete_event
        try:
            suggestions = await self._completer.complete(document.text_before_cursor)
        except BotError:
            return  # the answer says so
        for suggestion in suggestions:
            text = " ".join(printable(suggestion.text).split())
            yield Completion(
                text, start_position=-suggestion.length, display_meta=printable(suggestion.about)
            )


async def typed_lines(completer: Completer, history: Path) -> AsyncIterator[str]:
    """The lines that the person types, until Ctrl-D. Ctrl-C clears a line, and leaves from an empty one."""
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
        except EOFError:
            return
        except KeyboardInterrupt:
            if not session.default_buffer.text:
                return


def _history(path: Path) -> History:
    """The history in that file, or for this run alone if it cannot be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
    except OSError:
        return InMemoryHistory()
    return FileHistory(str(path))
