"""The same scene on each platform."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from tests.adapters.contract.discord_scene import discord_scene
from tests.adapters.contract.scene import Scene
from tests.adapters.contract.slack_scene import slack_scene
from tests.adapters.discord.world import undisturbed as undisturbed_discord
from tests.adapters.slack.timing import undisturbed as undisturbed_slack
from tests.support.processes import free_port

PLATFORMS = ("discord", "slack by Socket Mode", "slack over HTTP")


@pytest.fixture(autouse=True)
def undisturbed(monkeypatch: pytest.MonkeyPatch) -> None:
    undisturbed_discord(monkeypatch)
    undisturbed_slack(monkeypatch)


@pytest.fixture(params=PLATFORMS)
async def idle(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Scene]:
    """A platform on which the bot does not run yet."""
    made: AbstractAsyncContextManager[Scene]
    if request.param == "discord":
        made = discord_scene(tmp_path / "anbot.sqlite")
    else:
        port = free_port() if request.param == "slack over HTTP" else 0
        made = slack_scene(tmp_path / "anbot.sqlite", port=port)
    async with made as scene:
        yield scene


@pytest.fixture
async def scene(idle: Scene) -> AsyncIterator[Scene]:
    """A platform on which the bot runs."""
    async with idle.running():
        yield idle
