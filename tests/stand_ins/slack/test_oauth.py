"""Two workspaces, installed by OAuth with bolt's own routes; and what is left when one removes the bot."""

import re
from functools import partial
from html import unescape
from pathlib import Path

import aiohttp
import pytest
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_sdk.errors import SlackApiError
from slack_sdk.oauth.installation_store import FileInstallationStore
from slack_sdk.oauth.state_store import FileOAuthStateStore

from tests.stand_ins.slack import NotPossible, Person
from tests.stand_ins.slack.scene import Scene, error
from tests.stand_ins.slack.tiny_bot import QUIET, TinyBot, client, over_http

# slack_sdk sends a client's id and secret in a way aiohttp has begun to warn of.
pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")
SCOPES = ["commands", "chat:write", "channels:history"]


@pytest.fixture
def bot(scene: Scene, tmp_path: Path) -> TinyBot:
    settings = AsyncOAuthSettings(
        client_id=scene.app.client_id,
        client_secret=scene.app.client_secret,
        scopes=SCOPES,
        installation_store=FileInstallationStore(base_dir=str(tmp_path / "installed"), logger=QUIET),
        state_store=FileOAuthStateStore(
            expiration_seconds=60, base_dir=str(tmp_path / "states"), logger=QUIET
        ),
        state_validation_enabled=True,
    )
    return TinyBot(scene.slack, scene.app, oauth=settings)


async def install(person: Person, address: str) -> str:
    """What the bot's page says once a person has allowed the installation."""
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as browser:
        async with browser.get(f"{address}/slack/install") as page:
            cookie = page.headers["Set-Cookie"].partition(";")[0]
            link = re.search(r'href="(https://slack.com/oauth[^"]+)"', await page.text())
        assert link is not None
        query = person.approve(unescape(link[1])).partition("?")[2]
        callback = f"{address}/slack/oauth_redirect?{query}"
        async with browser.get(callback, headers={"Cookie": cookie}) as page:
            return await page.text()


async def test_each_workspace_gets_a_token_of_its_own_and_sees_nothing_of_the_other(
    scene: Scene, bot: TinyBot
) -> None:
    other = scene.slack.build.team("writers")
    bob = scene.slack.person("bob", other, scene.slack.general(other))
    async with over_http(bot, scene.app) as address:
        for person in (scene.alice, bob):
            assert "Thank you" in await install(person, address)
            channel = scene.slack.general(person.team)
            person.invite(scene.app, channel)
            await (await person.command(f"/say to {person.user.name}", channel)).acknowledged()
            await scene.slack.until(partial(scene.slack.messages, channel))

    assert [each.text for each in scene.slack.messages(scene.general)] == ["to alice"]
    assert [each.text for each in scene.slack.messages(scene.slack.general(other))] == ["to bob"]
    posts = scene.slack.journal.of("chat.postMessage")
    assert [each.team_id for each in posts] == [scene.team.id, other.id]


async def test_a_code_is_good_once_and_for_its_application(scene: Scene) -> None:
    app, api = scene.app, client(scene.slack)
    address = f"https://slack.com/oauth/v2/authorize?client_id={app.client_id}&scope=commands&state=s"
    returned = scene.alice.approve(address)
    assert "state=s" in returned
    match = re.search(r"code=(\w+)", returned)
    assert match is not None

    async def exchange(proof: str = app.client_secret, code: str = match[1]) -> str:
        got = await api.oauth_v2_access(client_id=app.client_id, client_secret=proof, code=code)
        return str(got["scope"])

    with pytest.raises(SlackApiError, match="bad_client_secret"):
        await exchange(proof="guessed")
    with pytest.raises(SlackApiError, match="invalid_code"):
        await exchange(code="guessed")
    assert await exchange() == "commands"
    with pytest.raises(SlackApiError, match="code_already_used"):
        await exchange()


async def test_no_more_can_be_asked_for_than_the_manifest_has(scene: Scene) -> None:
    with pytest.raises(NotPossible):
        scene.alice.approve(f"https://slack.com/?client_id={scene.app.client_id}&scope=admin")


async def test_an_uninstalled_bot_is_told_and_its_token_is_dead(
    scene: Scene, bot: TinyBot, tmp_path: Path
) -> None:
    async with over_http(bot, scene.app) as address:
        scene.slack.uninstall(scene.app, scene.team)
        await install(scene.alice, address)
        token = next(iter(reversed(scene.slack.world.installations)))
        assert list(tmp_path.glob("installed/*/*-latest"))

        scene.slack.uninstall(scene.app, scene.team)
        await scene.slack.until(lambda: all(each.done.is_set() for each in scene.slack.post.sent))
        assert not list(tmp_path.glob("installed/*/*"))

    with pytest.raises(SlackApiError, match="account_inactive"):
        await client(scene.slack, token).auth_test()
    with pytest.raises(NotPossible):
        await scene.alice.command("/paper mesa", scene.general)


async def test_a_revoked_token_is_refused_by_name(scene: Scene) -> None:
    scene.app.request_url = "http://127.0.0.1:1/"
    scene.slack.revoke(scene.app, scene.team)
    with pytest.raises(SlackApiError, match="token_revoked"):
        await scene.client.auth_test()
    assert len(scene.slack.events("tokens_revoked")) == 1


async def test_an_application_may_uninstall_itself(scene: Scene) -> None:
    app = scene.app
    await scene.client.apps_uninstall(client_id=app.client_id, client_secret=app.client_secret)
    with pytest.raises(SlackApiError, match="account_inactive"):
        await scene.client.auth_test()
    assert scene.slack.events("app_uninstalled")


async def test_one_application_cannot_uninstall_another(scene: Scene) -> None:
    other = scene.slack.build.app("other")
    gone = scene.client.apps_uninstall(client_id=other.client_id, client_secret=other.client_secret)
    assert await error(gone) == "client_id_token_mismatch"


async def test_a_code_is_exchanged_with_the_address_it_was_asked_for(scene: Scene) -> None:
    app = scene.app
    asked = f"client_id={app.client_id}&scope=commands&redirect_uri=https%3A%2F%2Fe.org%2Fback"
    returned = scene.alice.approve(f"https://slack.com/oauth/v2/authorize?{asked}")
    assert returned.startswith("https://e.org/back?code=")
    code = returned.partition("code=")[2].partition("&")[0]
    exchange = client(scene.slack).oauth_v2_access(
        client_id=app.client_id, client_secret=app.client_secret, code=code, redirect_uri="https://e.org/"
    )
    assert await error(exchange) == "bad_redirect_uri"


async def test_a_response_url_ends_with_the_installation(scene: Scene) -> None:
    url = (await scene.alice.command("/paper mesa", scene.general)).payload["response_url"]
    scene.slack.uninstall(scene.app, scene.team)
    async with aiohttp.ClientSession() as session, session.post(url, json={"text": "late"}) as response:
        assert (response.status, (await response.json())["error"]) == (404, "expired_url")


async def test_an_application_met_over_http_gets_no_websocket(scene: Scene) -> None:
    scene.app.request_url = "http://127.0.0.1:1/"
    opening = scene.client.apps_connections_open(app_token=scene.app.app_token)
    assert await error(opening) == "socket_mode_not_enabled"
