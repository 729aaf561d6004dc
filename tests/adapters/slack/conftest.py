"""The app in a workspace of its own, met in both ways."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.adapters.slack.picturing import of_years
from tests.adapters.slack.timing import answer_late, undisturbed
from tests.adapters.slack.world import World, world
from tests.support.processes import free_port

WAYS = ("by Socket Mode", "over HTTP")


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    undisturbed(monkeypatch)


@pytest.fixture
def slow_answers(monkeypatch: pytest.MonkeyPatch, alone: None) -> None:  # noqa: ARG001 - it comes after
    """No answer is ready in time for the acknowledgement of a command."""
    answer_late(monkeypatch)


@pytest.fixture
async def by_http(tmp_path: Path) -> AsyncIterator[World]:
    """A workspace whose requests come over HTTP; the app does not run yet."""
    async with world(tmp_path / "anbot.sqlite", port=free_port()) as made:
        yield made


@pytest.fixture
async def by_socket(tmp_path: Path) -> AsyncIterator[World]:
    """A workspace met by Socket Mode; the app does not run yet."""
    async with world(tmp_path / "anbot.sqlite") as made:
        yield made


@pytest.fixture(params=WAYS)
async def place(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[World]:
    """A workspace in which the app runs, in either way."""
    port = free_port() if request.param == "over HTTP" else 0
    async with world(tmp_path / "anbot.sqlite", port=port) as made, made.run():
        yield made


@pytest.fixture(params=WAYS)
async def illustrated(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[World]:
    """The same in a workspace that shows pictures, where a topic has summaries of two years."""
    port = free_port() if request.param == "over HTTP" else 0
    async with world(tmp_path / "anbot.sqlite", port=port, pictures=True) as made:
        made.library = of_years()
        async with made.run():
            yield made
