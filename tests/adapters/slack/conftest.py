"""The app in a workspace of its own, met in both ways."""

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from adapters.slack import interactions, linking
from bot.runtime import in_flight
from tests.adapters.slack.world import World, world
from tests.stand_ins.common.patience import HANG
from tests.support.processes import free_port

WAYS = ("by Socket Mode", "over HTTP")


@pytest.fixture(autouse=True)
def no_settings_of_bolt(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("SLACK_")]:
        monkeypatch.delenv(name)


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """No answer is given up because the machine is busy."""
    for owner, name in ((interactions, "_CEILING"), (linking, "_PATIENCE"), (in_flight, "_DRAIN")):
        monkeypatch.setattr(owner, name, HANG)


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
