"""What whoever runs the bot asks of Discord from the command line."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.model.digests import DigestOptions, Subscription
from bot.model.places import Place
from store import open_store
from tests.adapters.discord.process_scene import Scene, process_scene
from tests.support.processes import finished

pytestmark = pytest.mark.slow

NOW = datetime(2026, 1, 12, tzinfo=UTC)


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    """A server whose channel has a digest."""
    async with process_scene(tmp_path) as made:
        async with open_store(made.database, clock=lambda: NOW) as store:
            await store.subscriptions.add(
                Subscription(id="k3jx92ab", place=place(made), options=DigestOptions(), by="7", by_name="Ada")
            )
        yield made


def place(scene: Scene) -> Place:
    return Place(platform="discord", server=str(scene.channel.guild_id), channel=str(scene.channel.id))


async def anbot(scene: Scene, *arguments: str, **variables: str) -> tuple[int, str]:
    environment = {
        "ANBOT_DB": str(scene.database),
        "DISCORD_TOKEN": scene.app.token,
        "DISCORD_API_URL": scene.discord.api_url,
        **variables,
    }
    return await finished(*arguments, **environment)


async def subscriptions(scene: Scene) -> list[Subscription]:
    async with open_store(scene.database, clock=lambda: NOW) as store:
        return list(await store.subscriptions.all())


@pytest.mark.parametrize("command", ["due", "list"])
async def test_channels_are_named_as_discord_names_them(scene: Scene, command: str) -> None:
    code, shown = await anbot(scene, "digest", command)
    assert code == 0, shown
    here = place(scene)
    assert f"discord/{here.server}/{here.channel} #papers" in shown


@pytest.mark.parametrize(
    "variables",
    [{"DISCORD_TOKEN": "wrong"}, {"DISCORD_TOKEN": ""}, {"DISCORD_API_URL": "http://127.0.0.1:9"}],
)
async def test_a_channel_whose_name_cannot_be_had_is_shown_by_its_id(
    scene: Scene, variables: dict[str, str]
) -> None:
    code, shown = await anbot(scene, "digest", "list", **variables)
    assert code == 0, shown
    assert f"/{place(scene).channel}  New issues" in shown


async def test_the_bot_leaves_a_server_and_forgets_it(scene: Scene) -> None:
    server = place(scene).server
    code, shown = await anbot(scene, "leave", server)
    assert code == 0, shown
    assert f"not on {server} on discord any more, and what was kept of it is deleted (1 row)" in shown
    assert await subscriptions(scene) == []
    assert scene.app.bot.id not in scene.discord.world.guilds[server].members
    assert "nothing was kept of it" in (await anbot(scene, "leave", server))[1]


async def test_nothing_is_forgotten_if_discord_cannot_be_asked(scene: Scene) -> None:
    code, shown = await anbot(scene, "leave", place(scene).server, DISCORD_API_URL="http://127.0.0.1:9")
    assert code == 75
    assert "Discord cannot be reached" in shown
    assert "Traceback" not in shown
    assert len(await subscriptions(scene)) == 1


async def test_a_working_bot_is_backed_up_and_nothing_is_restored_over_it(
    scene: Scene, tmp_path: Path
) -> None:
    copy, moved = tmp_path / "copy.db", tmp_path / "moved.db"
    async with scene.process() as process:
        await process.says("ready discord")
        asked = [await scene.alice.slash("an", {"issue": "58"}, channel=scene.channel) for _ in range(5)]
        assert (await anbot(scene, "backup", str(copy)))[0] == 0
        code, shown = await anbot(scene, "restore", str(copy))
        assert code == 2
        assert f"{scene.database} is in use by a bot or another command" in shown
        code, shown = await anbot(scene, "restore", "--db", str(moved), str(copy))
        assert code == 0, shown
        for used in asked:
            assert "AN #58" in (await used.answer()).embeds[0]["title"]
        assert await process.terminated() == 0
    assert "k3jx92ab" in (await anbot(scene, "digest", "list", "--db", str(moved)))[1]
    code, shown = await anbot(scene, "restore", str(copy))
    assert code == 0, shown
