"""The prompt completes what is typed, remembers it, and can be left."""

from pathlib import Path

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from adapters.console.completion import Completer
from adapters.console.prompt import typed_lines
from bot.model.newsletter import Issue
from tests.support.fakes import MemoryFinder, MemoryLibrary, summary

SUMMARIES = (
    summary(
        "Risks from Learned Optimization",
        authors="Evan Hubinger, A, B",
        section=("Mesa optimization",),
        year=2019,
    ),
    summary("Selection vs Control", position=2, section=("Agent foundations",), year=2018),
    *(summary(f"Other {n}", position=2 + n, section=("Agent foundations",)) for n in range(10)),
)
FILTERS = ["by:", "in:", "an:", "year:", "is:highlight"]
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
        ("/paper Risks fr", ["/paper Risks from Learned Optimization"]),
        ("/paper sel by", ["/paper sel by:"]),
        ("/paper mesa", []),
        ("/paper ", [f"/paper {name}" for name in FILTERS]),
        ("/paper a word ", [f"/paper a word {name}" for name in FILTERS]),
        ("/paper a word i", ["/paper a word in:", "/paper a word is:highlight"]),
        ("/paper a word by:hub", ['/paper a word by:"Evan Hubinger"']),
        ('/paper in:"mesa op', ['/paper in:"Mesa optimization"']),
        ("/paper in:agent", ['/paper in:"Agent foundations"']),
        ("/paper an:15", ["/paper an:157"]),
        ("/paper YEAR:", ["/paper YEAR:2019", "/paper YEAR:2018"]),
        ("/paper is:", ["/paper is:highlight"]),
        ("/paper is:foo", []),
        ("/paper year:2019 risks le", ["/paper year:2019 Risks from Learned Optimization"]),
        ("/paper year:2019 p", ["/paper year:2019 page:"]),
        ("/paper year:2019 page:", ["/paper year:2019 page:1", "/paper year:2019 page:2"]),
        ("/paper he", ["/paper help"]),
        ("/topic me", ["/topic Mesa optimization"]),
        ("/topic ", ["/topic Mesa optimization", "/topic Agent foundations"]),
        ("/topic agent foundations p", ["/topic agent foundations page:"]),
        ("/topic agent page:", ["/topic agent page:1", "/topic agent page:2"]),
        ("/topic nowhere page:", []),
        ("/an #5", ["/an #58"]),
        ("/an AN #15", ["/an AN #157"]),
        ("paper learned", ["paper Risks from Learned Optimization"]),
        ("/open 58-ri", ["/open 58-risks-from-learned-optimization"]),
        ("/open nothing", []),
        ("/open selection-vs", ["/open 58-selection-vs-control"]),
        ("/help pa", ["/help paper"]),
        ("/help /t", ["/help /topic"]),
        ("/digest ", ["/digest help"]),
        ("mesa", []),
        ("/nothing ", []),
    ],
)
async def test_commands_and_their_arguments_are_completed(line: str, expected: list[str]) -> None:
    assert await suggested(line) == expected


@pytest.mark.parametrize(
    "line",
    ["/paper a word by:", "/paper by:hubinger sel", "/an #", "/topic me", "/open sel", "/help ", "/paper "],
)
async def test_completing_loses_nothing_that_was_typed(line: str) -> None:
    completed = await suggested(line)
    assert completed
    for each in completed:
        assert all(word.casefold() in each.casefold() for word in line.split())


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


async def test_ctrl_c_clears_the_line_and_leaves_from_an_empty_one(tmp_path: Path) -> None:
    assert await typed(f"/an 5{CTRL_C}/an 76\r{CTRL_C}", tmp_path / "history") == ["/an 76"]


async def test_what_was_typed_can_be_called_back_next_time(tmp_path: Path) -> None:
    history = tmp_path / "state" / "history"
    await typed(f"/an 58\r{CTRL_D}", history)
    assert history.stat().st_mode & 0o077 == 0
    assert await typed(f"{UP}\r{CTRL_D}", history) == ["/an 58"]


async def test_a_history_that_cannot_be_kept_does_not_matter(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert await typed(f"/an 58\r{CTRL_D}", tmp_path / "file" / "history") == ["/an 58"]
