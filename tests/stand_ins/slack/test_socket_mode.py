"""A bolt app met by Socket Mode: hello, envelopes, acknowledgements, and connections that end."""

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError

from tests.stand_ins.slack import NotAcknowledged
from tests.stand_ins.slack.scene import Scene
from tests.stand_ins.slack.tiny_bot import TinyBot, by_socket


@pytest.fixture
def bot(scene: Scene) -> TinyBot:
    return TinyBot(scene.slack, scene.app, scene.installation.token)


async def ask(scene: Scene) -> None:
    await (await scene.alice.command("/paper mesa", scene.general)).acknowledged()


async def test_a_command_and_a_button_work_by_socket_mode(scene: Scene, bot: TinyBot) -> None:
    async with by_socket(bot, scene.app, scene.slack):
        await ask(scene)
        [shown] = scene.slack.ephemerals(scene.general, scene.alice)
        await (await scene.alice.use(shown, "next")).acknowledged()
        await scene.slack.until(lambda: shown.text == "Mesa, page 2")

    assert [each["type"] for each in scene.slack.sockets.envelopes] == ["slash_commands", "interactive"]
    assert scene.slack.sockets.strays == []


@pytest.mark.parametrize("reason", ["warning", "refresh_requested"])
async def test_the_bot_connects_anew_when_it_is_told_to(scene: Scene, bot: TinyBot, reason: str) -> None:
    async with by_socket(bot, scene.app, scene.slack):
        [former] = scene.slack.sockets.connected(scene.app)
        await scene.slack.sockets.disconnect(scene.app, reason)
        await scene.slack.until(lambda: former.lost and scene.slack.sockets.connected(scene.app))
        await ask(scene)

    assert len(scene.slack.journal.of("apps.connections.open")) >= 2


@pytest.mark.parametrize("death", ["drop", "silence"])
async def test_the_bot_connects_anew_when_its_connection_dies(scene: Scene, bot: TinyBot, death: str) -> None:
    async with by_socket(bot, scene.app, scene.slack, ping_interval=0.05):
        [former] = scene.slack.sockets.connected(scene.app)
        getattr(scene.slack.sockets, death)(scene.app)
        await scene.slack.until(lambda: former.lost and scene.slack.sockets.connected(scene.app))
        await ask(scene)


async def test_an_event_lost_in_a_dead_connection_comes_again_over_the_next(
    scene: Scene, bot: TinyBot
) -> None:
    async with by_socket(bot, scene.app, scene.slack, ping_interval=0.05):
        [former] = scene.slack.sockets.connected(scene.app)
        scene.slack.sockets.silence(scene.app)
        await scene.alice.send(scene.general, "see AN #58")
        await scene.slack.until(lambda: former.lost and scene.slack.sockets.connected(scene.app))
        scene.clock.advance(3)
        await scene.slack.until(lambda: bot.heard)

    [lost, received] = scene.slack.sockets.envelopes
    assert lost["payload"] == received["payload"]
    assert (received["retry_attempt"], received["retry_reason"]) == (1, "http_timeout")


async def test_without_a_connection_a_command_fails(scene: Scene) -> None:
    used = await scene.alice.command("/paper mesa", scene.general)
    with pytest.raises(NotAcknowledged, match="connection_failed"):
        await used.acknowledged()


async def test_an_address_opens_one_connection_and_only_for_an_applications_token(scene: Scene) -> None:
    with pytest.raises(SlackApiError, match="not_allowed_token_type"):
        await scene.client.apps_connections_open(app_token=scene.installation.token)
    opened = await scene.client.apps_connections_open(app_token=scene.app.app_token)

    async with aiohttp.ClientSession() as session:
        async with session.ws_connect(opened["url"]) as socket:
            assert (await socket.receive_json())["type"] == "hello"
            await socket.send_json({"envelope_id": "never sent"})
            await scene.slack.until(lambda: scene.slack.sockets.strays)
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(opened["url"])
