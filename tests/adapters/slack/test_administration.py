"""What whoever runs the bot asks of Slack from the command line."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.model.digests import DigestOptions, Subscription
from bot.model.places import Place
from store import open_store
from tests.adapters.slack.world import World, world
from tests.stand_ins.slack import Kind
from tests.support.processes import finished, free_port

# slack_sdk sends a client's id and secret in a way aiohttp has begun to warn of.
pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning"),
]


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[World]:
    """A workspace that installed the bot by itself, with a digest in its channel."""
    async with world(tmp_path / "anbot.sqlite", port=free_port()) as made:
        installed = made.slack.world.installed(made.app, made.team)
        assert installed
        bot = {"team_id": made.team.id, "bot_token": installed.token, "bot_id": "B1", "bot_user_id": "U1",
               "app_id": made.app.id, "bot_scopes": ["commands"], "installed_at": 0.0}  # fmt: skip
        async with open_store(made.database, clock=made.now) as store:
            await store.installations.put("slack", made.team.id, json.dumps(bot))
            here = Place(platform="slack", server=made.team.id, channel=made.general.id)
            await store.subscriptions.add(
                Subscription(id="k3jx92ab", place=here, options=DigestOptions(), by="U7", by_name="Ada")
            )
        yield made


async def anbot(place: World, *arguments: str, **variables: str) -> tuple[int, str]:
    environment = {
        **place.environment(SLACK_BOT_TOKEN=""),
        "SLACK_CLIENT_ID": place.app.client_id,
        "SLACK_CLIENT_SECRET": place.app.client_secret,
        "ANBOT_DB": str(place.database),
    }
    return await finished(*arguments, **{**environment, **variables})


async def test_the_bot_uninstalls_itself_and_forgets_the_workspace(place: World) -> None:
    code, shown = await anbot(place, "leave", place.team.id)
    assert code == 0, shown
    assert "what was kept of it is deleted (2 rows)" in shown
    assert place.slack.world.installed(place.app, place.team) is None
    assert await place.subscriptions() == []


async def test_without_the_secret_of_the_app_it_says_where_to_find_it(place: World) -> None:
    code, shown = await anbot(place, "leave", place.team.id, SLACK_CLIENT_SECRET="")
    assert code == 2
    assert "SLACK_CLIENT_SECRET" in shown
    assert len(await place.subscriptions()) == 1


async def test_a_workspace_of_an_organisation_is_not_left_alone(place: World) -> None:
    async with open_store(place.database, clock=place.now) as store:
        whole = {"enterprise_id": "E1", "is_enterprise_install": True, "bot_token": "xoxb-1", "bot_id": "B1",
                 "app_id": "A1", "bot_user_id": "U1", "bot_scopes": [], "installed_at": 0.0}  # fmt: skip
        await store.installations.put("slack", "E1", json.dumps(whole))
        await store.installations.put("slack", "T9", json.dumps({"organisation": "E1"}))
    code, shown = await anbot(place, "leave", "T9")
    assert code == 2
    assert "anbot leave E1" in shown


@pytest.mark.parametrize("command", ["due", "list"])
async def test_a_channel_that_no_command_named_is_shown_by_its_id(place: World, command: str) -> None:
    code, shown = await anbot(place, "digest", command)
    assert code == 0, shown
    assert f"  slack/{place.team.id}/{place.general.id}  " in shown


@pytest.mark.parametrize("command", ["due", "list"])
async def test_a_channel_is_shown_by_the_name_that_the_last_command_told(place: World, command: str) -> None:
    async with place.run():
        await place.command("/digest list")
        await place.whispered()
        place.general.name = "papers"
        await place.command("/an 58")
        await place.posted()
    code, shown = await anbot(place, "digest", command)
    assert code == 0, shown
    assert f"  slack/{place.team.id}/{place.general.id} #papers  " in shown


async def test_the_name_of_a_channel_is_forgotten_when_it_becomes_private(place: World) -> None:
    async with place.run():
        await place.command("/digest list")
        await place.whispered()
        place.general.kind = Kind.PRIVATE
        await place.command("/digest list")
        await place.whispered(2)
    code, shown = await anbot(place, "digest", "list")
    assert code == 0, shown
    assert "#" not in shown
