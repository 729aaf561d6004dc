"""The scene of most tests: one workspace, one application, one person."""

import os
from collections.abc import AsyncIterator

import pytest

from tests.stand_ins.slack import ManualClock, StandIn
from tests.stand_ins.slack.scene import Scene
from tests.stand_ins.slack.tiny_bot import COMMANDS, EVENTS, TinyBot, client, over_http


@pytest.fixture(autouse=True)
def no_settings_of_bolt(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("SLACK_")]:
        monkeypatch.delenv(name)


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    clock = ManualClock()
    async with StandIn(clock=clock) as slack:
        slack.limits.window_scale = 0  # those who test limits set it
        team = slack.build.team("readers")
        app = slack.build.app(
            "an", commands=COMMANDS, shortcuts=["find"], events=EVENTS, domains=["arxiv.org"]
        )
        installation = slack.build.install(app, team)
        general = slack.general(team)
        alice = slack.person("alice", team, general)
        alice.invite(app, general)
        yield Scene(
            slack=slack,
            clock=clock,
            team=team,
            general=general,
            app=app,
            installation=installation,
            alice=alice,
            client=client(slack, installation.token),
        )


@pytest.fixture
async def bot(scene: Scene) -> AsyncIterator[TinyBot]:
    """A bot that is met over HTTP."""
    tiny = TinyBot(scene.slack, scene.app, scene.installation.token)
    async with over_http(tiny, scene.app):
        yield tiny
