"""The prompt completes what is typed, remembers it, and can be left."""

from pathlib import Path

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from adapters.console.prompt import Completer, typed_lines
from bot.model.newsletter import Issue
from tests.support.fakes import MemoryFinder, MemoryLibrary, summary

SUMMARIES = (
    summary("Risks from Learned Optimization", authors="Evan Hubinger, A, B", section=("Mesa optimization",)),
    summary("Selection vs Control", position=2, section=("Agent foundations",)),
)
LIBRARY = MemoryLibrary((Issue(number=58, summaries=SUMMARIES), Issue(number=157)))


async def suggested(line: str) -> list[str]:
    completer = Completer(LIBRARY, MemoryFinder(SUMMARIES))
    return [line[: len(line) - s.length] + s.text for s in await completer.complete(line)]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("/", ["/an", "/paper", "/topic", "/open", "/digest", "/help"]),
        ("/pa", ["/paper"]),
        ("/an ", ["/an latest", "/an random", "/an help", "/an 157", "/an 58"]),
        ("/an 5", ["/an 58"]),
        ("/an la", ["/an latest"]),
        ("/paper learned", ["/paper Risks from Learned Optimization"]),
        ("/paper ", []),
        ("/topic me", ["/topic Mesa optimization"]),
        ("/topic ", ["/topic Mesa optimization", "/topic Agent foundations"]),
        ("/open selection-vs", ["/open 58-selection-vs-control"]),
        ("/help ", []),
        ("mesa", []),
        ("/nothing ", []),
    ],
)
async def test_commands_and_their_arguments_are_completed(line: str, expected: list[str]) -> None:
    assert await suggested(line) == expected


async def test_a_suggested_title_is_shown_with_its_issue() -> None:
    (suggestion,) = await Completer(LIBRARY, MemoryFinder(SUMMARIES)).complete("/paper risks")
    assert suggestion.about == "AN #58 · Evan Hubinger et al."


async def typed(text: str, history: Path) -> list[str]:
    with create_pipe_input() as keyboard, create_app_session(input=keyboard, output=DummyOutput()):
        keyboard.send_text(text)
        return [line async for line in typed_lines(Completer(LIBRARY, MemoryFinder(SUMMARIES)), history)]


CTRL_C, CTRL_D, UP = "\x03", "\x04", "\x1b[A"


@pytest.mark.parametrize("leave", [CTRL_C, CTRL_D])
async def test_the_prompt_gives_lines_until_it_is_left(leave: str, tmp_path: Path) -> None:
    assert await typed(f"/an 58\r/an 76\r{leave}", tmp_path / "history") == ["/an 58", "/an 76"]


async def test_what_was_typed_can_be_called_back_next_time(tmp_path: Path) -> None:
    history = tmp_path / "state" / "history"
    await typed(f"/an 58\r{CTRL_D}", history)
    assert history.stat().st_mode & 0o077 == 0
    assert await typed(f"{UP}\r{CTRL_D}", history) == ["/an 58"]


async def test_a_history_that_cannot_be_kept_does_not_matter(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert await typed(f"/an 58\r{CTRL_D}", tmp_path / "file" / "history") == ["/an 58"]
